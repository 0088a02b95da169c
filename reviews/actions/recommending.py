"""Recommending a film to another member, and taking that back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import hold_both
from accounts.freshness import by_tag, near
from accounts.legible import one_line
from accounts.models import User
from films.actions.holding import hold_film
from films.models import Film
from reviews.actions.flagging import flag
from reviews.actions.forgetting import forget_in_merges
from reviews.actions.limiting import check_may_comment, check_may_post, hold_posts
from reviews.actions.notifying import notify, untell
from reviews.actions.quoting import quote_reported
from reviews.lengths import too_long
from reviews.models import Case, Dismissal, Mark, Notice, Posting, Tip
from reviews.models.tip import LONGEST_WORDS
from reviews.tips import may_be_told_by, seen_by


@near(lambda given: (by_tag(given["member"].pk), by_tag(given["to"].pk)))
@transaction.atomic
def recommend_film(*, member: User, to: User, film: Film, words: str = "") -> Tip:
    """Tell another member that they should see a film, once: a second call gives the first, whatever it says.

    They are told, unless they mute the member or the film, do not want it, or have seen it and show that to others
    only: of that the member learns nothing. Raises PermissionDenied for whom they may not tell, and for words of
    whoever is banned from commenting; ValidationError for oneself, for who is known to have seen it, and for words that
    are too long; LimitReached.
    """
    if to.pk == member.pk:
        raise ValidationError(
            {"to": [_("You cannot recommend a film to yourself. Put it on your watchlist.")]}, code="self"
        )
    line = one_line(words)
    if told := too_long(line, LONGEST_WORDS):
        raise ValidationError({"words": [told]})
    hold_posts(member=member)
    film = hold_film(film)
    member, to = hold_both(member, to)
    if not may_be_told_by(member).filter(pk=to.pk).exists():
        raise PermissionDenied(_("You cannot recommend films to this member."))
    if (standing := Tip.objects.filter(member=member, to=to, film=film).first()) is not None:
        return standing
    if seen_by(member, film, [to]):
        raise ValidationError({"to": [_("%(name)s has seen it already.") % {"name": to.name}]}, code="seen")
    if line:
        check_may_comment(member=member)
    check_may_post(member=member, kind=Posting.Kind.TIP, words=line)
    tip = Tip.objects.create(member=member, to=to, film=film, words=line)
    if _is_wanted(tip):
        notify(members=[to], kind=Notice.TIP, key=_key(tip), actor=member, film=film)
    flag(text=tip)
    return tip


def _is_wanted(tip: Tip) -> bool:
    about = {"member": tip.to, "film": tip.film}
    return not (Dismissal.objects.filter(**about).exists() or Mark.objects.watched().filter(**about).exists())


def _key(tip: Tip) -> str:
    """One for the pair and the film: who takes a recommendation back and gives it anew is not heard twice."""
    return f"tip:{tip.member_id}:{tip.film_id}"


@near(lambda given: (by_tag(given["member"].pk), by_tag(given["tip"].to_id)))
@transaction.atomic
def withdraw_tip(*, member: User, tip: Tip) -> None:
    """Take a recommendation back; may be repeated. What moderators have open about it keeps a copy of the words."""
    if tip.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s recommendation."))
    forget_in_merges(member, tip.film, of=Tip)  # first, as undoing a merge holds that before the tips
    quote_reported(member=member, text=tip)
    Tip.objects.filter(pk=tip.pk).delete()
    untell(member=tip.to, key=_key(tip))


def part_tips(*, member: User, other: User) -> None:
    """The member blocks the other: neither recommends anything to the other any more. In the transaction of that."""
    theirs = Tip.objects.filter(member__in=[member, other], to__in=[member, other])
    for tip in theirs.filter(pk__in=Case.objects.open().filter(tip__isnull=False).values("tip")):
        quote_reported(member=member, text=tip)
    theirs.delete()
