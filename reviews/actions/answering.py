"""Telling members that a film which they recommended was seen."""

from django.db.models import Exists, OuterRef

from accounts.models import Follow, User
from reviews.actions.notifying import notify
from reviews.models import Mark, Notice, Tip, Visibility


def tell_of_seeing(mark: Mark) -> None:
    """The member of the mark has just seen its film: whoever recommended it to them hears of that, once, as far as the
    mark is shown to them. Runs in the transaction of the mark; one query where nobody did.
    """
    if mark.visibility == Visibility.PRIVATE:
        return
    tips = Tip.objects.filter(to=mark.member, film=mark.film, removed_at=None)
    tellers = User.objects.active().filter(pk__in=tips.values("member"))
    if mark.member.is_private or mark.visibility == Visibility.FOLLOWERS:
        tellers = tellers.filter(Exists(Follow.objects.filter(follower=OuterRef("pk"), followed=mark.member)))
    if told := list(tellers):
        # Of a film that is taken back and seen again nobody is told twice.
        key = f"tip_seen:{mark.member_id}:{mark.film_id}"
        notify(members=told, kind=Notice.TIP_SEEN, key=key, actor=mark.member, film=mark.film)
