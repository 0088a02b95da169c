"""Who is told, how they choose to hear of things, and what is forgotten."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions as people
from accounts.models import Mute, User
from reviews.actions import hearing
from reviews.actions.notifying import NotInTransaction, notify
from reviews.actions.reviewing import like_review, unlike_review
from reviews.models import FilmMute, Mailing, NoticeChoice, Notification, Review
from reviews.notices import DEFAULTS, Way, unread_count
from tests import make
from tests.notices import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(cast) -> Review:
    return make.review(member=cast.ana, film=make.film(title="Heat", year=1995))


def test_a_like_is_told_once_and_taken_back_while_nobody_has_read_it(cast, review):
    for _ in range(2):
        like_review(member=cast.bea, review=review)
    assert Notification.objects.filter(member=cast.ana, kind="review_liked").count() == 1
    unlike_review(member=cast.bea, review=review)
    assert not Notification.objects.exists()
    like_review(member=cast.bea, review=review)
    hearing.mark_all_read(member=cast.ana)
    unlike_review(member=cast.bea, review=review)
    assert Notification.objects.count() == 1 and texts(cast.ana) == []
    like_review(member=cast.bea, review=review)
    assert Notification.objects.count() == 1 and unread_count(cast.ana) == 0


def test_toggling_a_like_brings_one_mail(cast, review):
    hearing.choose_ways(member=cast.ana, ways={"review_liked": Way(True, Mailing.NOW)})
    like_review(member=cast.bea, review=review)
    Notification.objects.update(mailed_at=timezone.now())
    for _ in range(3):
        unlike_review(member=cast.bea, review=review)
        like_review(member=cast.bea, review=review)
    assert Notification.objects.get().mailed_at is not None


def test_nobody_is_told_outside_a_transaction_of_themselves_or_twice(cast, review):
    with transaction.atomic():
        assert notify(members=[cast.ana], kind="follow", key="x", actor=cast.ana) == 0
        assert notify(members=[cast.ana, cast.fay], kind="follow", key="x", actor=cast.bea) == 2
        assert notify(members=[cast.ana, cast.fay], kind="follow", key="x", actor=cast.bea) == 0
    assert issubclass(NotInTransaction, Exception)


@pytest.mark.parametrize("why", ["blocks", "is blocked by", "mutes", "mutes the film of", "switched off", "suspended"])
def test_nobody_is_told_who(cast, review, why):
    """…does not want to hear of it, or is not there."""
    ana, fay = cast.ana, cast.fay
    {
        "blocks": lambda: people.block(member=ana, other=fay),
        "is blocked by": lambda: people.block(member=fay, other=ana),
        "mutes": lambda: Mute.objects.create(muter=ana, muted=fay),
        "mutes the film of": lambda: FilmMute.objects.create(member=ana, film=review.film),
        "switched off": lambda: hearing.choose_ways(member=ana, ways={"comment": Way(False, Mailing.NEVER)}),
        "suspended": lambda: User.objects.filter(pk=ana.pk).update(is_active=False),
    }[why]()
    ana.refresh_from_db()
    with transaction.atomic():
        assert notify(members=[ana], kind="comment", key="x", actor=fay, film=review.film) == 0
    assert not Notification.objects.exists()


def test_many_are_told_in_as_many_queries_as_one(cast, review):
    crowd = User.objects.bulk_create(User(username=f"crowd{n}", email=f"c{n}@example.org") for n in range(500))

    def queries(members: list[User], key: str) -> int:
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            assert notify(members=members, kind="list_invitation", key=key, actor=cast.bea) == len(members)
        return len(captured)

    assert queries(crowd, "many") <= queries(crowd[:1], "one") <= 12  # the second finds the job waiting: one more


def test_a_choice_holds_for_what_comes_and_for_mails_that_wait(cast):
    rows = {kind: make.notice(member=cast.ana, kind=kind, actor=cast.bea) for kind in ("reply", "comment", "mention")}
    assert {row.mailing for row in rows.values()} == {Mailing.DAILY}
    ways = {
        "reply": Way(True, Mailing.NEVER),
        "comment": Way(False, Mailing.WEEKLY),
        "mention": Way(True, Mailing.NOW),
    }
    after = hearing.choose_ways(member=cast.ana, ways=ways)
    assert after == DEFAULTS | ways
    waits = {row.kind: row.mailing for row in Notification.objects.all()}
    # What moves from a digest to "at once" stays in its digest: nobody gets a week of mails in a minute.
    assert waits == {"reply": Mailing.NEVER, "comment": Mailing.WEEKLY, "mention": Mailing.DAILY}
    later = make.notice(member=cast.ana, kind="comment", actor=cast.bea)
    assert (later.is_on_site, later.mailing) == (False, Mailing.WEEKLY)
    assert NoticeChoice.objects.count() == 3


@pytest.mark.parametrize("ways", [{"gossip": Way(True, "now")}, {"reply": Way(True, "hourly")}])
def test_a_choice_of_what_there_is_not_is_refused(cast, ways):
    with pytest.raises(Exception, match="Choose one of the kinds"):
        hearing.choose_ways(member=cast.ana, ways=ways)
    assert not NoticeChoice.objects.exists()


def test_what_is_old_is_forgotten_once_it_was_read(cast):
    rows = [make.notice(member=cast.ana, kind="thread", actor=cast.bea) for _ in range(5)]
    old, now = timezone.now() - timedelta(days=181), timezone.now()
    for row, changes in zip(
        rows,
        (
            {"created_at": old, "read_at": old},
            {"created_at": old, "is_on_site": False},
            {"created_at": old},
            {"read_at": now},
            {"created_at": now - timedelta(days=4), "mailing": Mailing.NOW},
        ),
        strict=True,
    ):
        Notification.objects.filter(pk=row.pk).update(**changes)
    hearing.forget_old()
    assert set(Notification.objects.values_list("pk", flat=True)) == {row.pk for row in rows[2:]}
    assert Notification.objects.get(pk=rows[4].pk).mailing == Mailing.NEVER
