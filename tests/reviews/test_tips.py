"""Recommending a film to a member: to whom, what they are told, and what the teller hears of it."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.actions import follow, mute, suspend_member, unblock, unfollow
from accounts.models import User
from films.actions.merging import merge_films
from films.actions.unmerging import undo_merge
from reviews.actions.departing import delete_account
from reviews.actions.diary import log_viewing
from reviews.actions.dismissing import dismiss_film, undo_dismissal
from reviews.actions.erasing import erase_account
from reviews.actions.following import choose_privacy
from reviews.actions.hushing import mute_film
from reviews.actions.parting import block_member
from reviews.actions.rating import mark_film
from reviews.actions.recommending import recommend_film, withdraw_tip
from reviews.models import Departure, Notification, Posting, Tip
from reviews.models.tip import LONGEST_WORDS
from reviews.notices import told_to
from reviews.tips import heard_by, may_be_told_by
from reviews.trust import LimitReached
from tests import make, staff
from tests.base import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return make.film(title="Baby Driver", year=2017)


def told(member: User, kind: str = "tip") -> int:
    return told_to(member).filter(kind=kind).count()


def test_it_tells_who_follows_one_once_with_a_line(cast, film):
    ana, bea = cast.ana, cast.bea
    tip = recommend_film(member=ana, to=bea, film=film, words="  The first\n six minutes.  ")
    assert (tip.member, tip.to, tip.film, tip.words) == (ana, bea, film, "The first six minutes.")
    assert recommend_film(member=ana, to=bea, film=film, words="Again.") == tip and told(bea) == 1
    assert Tip.objects.get().words == "The first six minutes." and Posting.objects.filter(kind="tip").count() == 1
    assert list(heard_by(bea)) == [tip] and not heard_by(ana).exists() and not heard_by(cast.fay).exists()


def test_whom_one_may_tell_is_theirs_to_choose(cast, film):
    ana, bea, fay = cast.ana, cast.bea, cast.fay
    follow(member=ana, other=fay)
    may = lambda: set(may_be_told_by(ana))  # noqa: E731 -- read anew each time
    assert may() == {bea}, "who follows one"
    choose_privacy(member=fay, tip_policy="circle")
    assert may() == {bea, fay}, "and who lets followers"
    for policy in ("nobody", "followed"):
        choose_privacy(member=fay, tip_policy=policy)
        with pytest.raises(PermissionDenied):
            recommend_film(member=ana, to=fay, film=film)
    choose_privacy(member=bea, tip_policy="nobody")
    assert may() == set()
    with pytest.raises(ValidationError):
        choose_privacy(member=bea, tip_policy="friends")
    with pytest.raises(ValidationError):
        recommend_film(member=ana, to=ana, film=film)
    choose_privacy(member=bea, tip_policy="followed")
    User.objects.filter(pk=bea.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        recommend_film(member=ana, to=bea, film=film)
    assert not Tip.objects.exists() and not Posting.objects.filter(kind="tip").exists()


def test_of_what_the_other_keeps_to_themselves_the_teller_learns_nothing(cast, film):
    """Mutes, dismissals and films seen in private: it is taken as ever, and the other is left in peace."""
    ana, bea = cast.ana, cast.bea
    secret = make.film()
    mark_film(member=bea, film=secret, watched=True, visibility="private")
    hushed, unwanted = make.film(), make.film()
    mute_film(member=bea, film=hushed)
    dismiss_film(member=bea, film=unwanted)
    for each in (secret, hushed, unwanted):
        assert recommend_film(member=ana, to=bea, film=each).pk
    assert told(bea) == 0 and [tip.film for tip in heard_by(bea)] == [secret]
    mute(member=bea, other=ana)
    assert recommend_film(member=ana, to=bea, film=film).pk and told(bea) == 0 and not heard_by(bea).exists()
    assert Tip.objects.visible_to(ana).count() == 4 and told(ana, "tip_seen") == 0


def test_what_one_may_see_that_they_have_seen_is_not_recommended(cast, film):
    make.mark(member=cast.bea, film=film, watched=True)
    with pytest.raises(ValidationError, match="Bea has seen it already"):
        recommend_film(member=cast.ana, to=cast.bea, film=film)


def test_who_recommended_it_hears_once_that_it_was_seen(cast, film):
    ana, bea, fay = cast.ana, cast.bea, cast.fay
    follow(member=bea, other=fay)
    for teller in (ana, fay):
        recommend_film(member=teller, to=bea, film=film)
    mark_film(member=bea, film=film, in_watchlist=True)
    assert told(ana, "tip_seen") == 0
    log_viewing(member=bea, film=film, watched_on=timezone.localdate(), half_stars=9)
    assert told(ana, "tip_seen") == told(fay, "tip_seen") == 1 and told(bea, "tip_seen") == 0
    one = Notification.objects.get(member=ana, kind="tip_seen")
    mark_film(member=bea, film=film, half_stars=None)
    bea.viewings.all().delete()
    mark_film(member=bea, film=film, watched=False)
    assert told(ana, "tip_seen") == 0, "it was taken back"
    mark_film(member=bea, film=film, half_stars=8)
    assert list(told_to(ana).filter(kind="tip_seen")) == [one], "the same, and no second one"


@pytest.mark.parametrize(
    ("is_private", "visibility", "hears_of_it"),
    [
        (False, "public", {"ana", "fay"}), (False, "followers", {"fay"}), (False, "private", set()),
        (True, "public", {"fay"}), (True, "followers", {"fay"}),
    ],
)  # fmt: skip
def test_only_who_may_see_the_mark_hears_that_it_was_seen(cast, film, is_private, visibility, hears_of_it):
    follow(member=cast.bea, other=cast.fay)
    follow(member=cast.fay, other=cast.bea)
    for teller in (cast.ana, cast.fay):
        recommend_film(member=teller, to=cast.bea, film=film)
    User.objects.filter(pk=cast.bea.pk).update(is_private=is_private)
    cast.bea.refresh_from_db()
    mark_film(member=cast.bea, film=film, half_stars=9, visibility=visibility)
    assert {name for name in ("ana", "fay") if told(getattr(cast, name), "tip_seen")} == hears_of_it
    mark_film(member=cast.bea, film=film, visibility="private")
    assert not told(cast.ana, "tip_seen") and not told(cast.fay, "tip_seen"), "nor afterwards"


def test_taken_back_it_is_nowhere_and_given_anew_it_is_not_told_anew(cast, film):
    ana, bea = cast.ana, cast.bea
    tip = recommend_film(member=ana, to=bea, film=film)
    with pytest.raises(PermissionDenied):
        withdraw_tip(member=bea, tip=tip)
    Notification.objects.update(read_at=timezone.now())
    for _twice in range(2):
        withdraw_tip(member=ana, tip=tip)
    assert not Tip.objects.exists() and told(bea) == 0
    recommend_film(member=ana, to=bea, film=film)
    assert Notification.objects.filter(member=bea, kind="tip").count() == told(bea) == 1
    assert Posting.objects.filter(kind="tip").count() == 2, "what is taken back counts for the day"


def test_what_is_not_for_them_stays_away_for_good_and_nobody_is_told(cast, film):
    ana, bea, fay = cast.ana, cast.bea, cast.fay
    follow(member=bea, other=fay)
    recommend_film(member=ana, to=bea, film=film)
    dismiss_film(member=bea, film=film)
    assert told(bea) == 0 and not heard_by(bea).exists() and Notification.objects.exclude(member=bea).count() == 0
    recommend_film(member=fay, to=bea, film=film)
    assert told(bea) == 0 and not heard_by(bea).exists()
    undo_dismissal(member=bea, film=film)
    assert heard_by(bea).count() == 2


def test_blocks_end_it_and_suspensions_hide_it(cast, film):
    ana, bea = cast.ana, cast.bea
    recommend_film(member=ana, to=bea, film=film)
    boss = staff.administrator()
    suspend_member(moderator=boss, member=ana)
    assert not heard_by(bea).exists() and told(bea) == 0
    User.objects.filter(pk=ana.pk).update(is_active=True)
    assert heard_by(bea).count() == 1
    block_member(member=bea, other=ana)
    unblock(member=bea, other=ana)
    assert not Tip.objects.exists() and told(bea) == 0
    unfollow(member=bea, other=ana)
    with pytest.raises(PermissionDenied):
        recommend_film(member=ana, to=bea, film=film)


def test_a_line_has_an_end_and_a_day_has_a_number(cast, film):
    with pytest.raises(ValidationError, match="Shorten it to 280"):
        recommend_film(member=cast.ana, to=cast.bea, film=film, words="m" * (LONGEST_WORDS + 1))
    newcomer = make.member(date_joined=timezone.now())
    follow(member=cast.bea, other=newcomer)
    with pytest.raises(ValidationError, match="at most 2 links"):
        recommend_film(member=newcomer, to=cast.bea, film=film, words="https://a.org https://b.org https://c.org")
    Posting.objects.bulk_create(Posting(member=newcomer, kind="tip") for _each in range(9))
    Posting.objects.update(made_at=timezone.now() - timedelta(hours=1))
    recommend_film(member=newcomer, to=cast.bea, film=film)
    with pytest.raises(LimitReached, match="10 recommendations in 24 hours"):
        recommend_film(member=newcomer, to=cast.bea, film=make.film())


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_is_one(cast, film):
    send = partial(recommend_film, member=cast.ana, to=cast.bea, film=film, words="Go.")
    assert all_at_once([send, send, send]) == []
    assert Tip.objects.count() == Posting.objects.filter(kind="tip").count() == told(cast.bea) == 1


def test_two_films_that_become_one_keep_one_of_it_and_come_apart_again(cast, film):
    cora, gone = staff.curator(username="cora"), make.film(title="Baby Driver", year=2018)
    follow(member=cast.fay, other=cast.ana)
    make.tip(member=cast.ana, to=cast.bea, film=film, words="Of the one.")
    make.tip(member=cast.ana, to=cast.bea, film=gone, words="Of the other.")
    make.tip(member=cast.ana, to=cast.fay, film=gone, words="To Fay.")
    before = list(Tip.objects.order_by("pk").values_list("to", "film", "words"))
    merge = merge_films(curator=cora, kept=film, gone=gone)
    assert set(Tip.objects.values_list("film", "words")) == {(film.pk, "Of the one."), (film.pk, "To Fay.")}
    assert told(cast.bea) == 2 and told(cast.fay) == 1
    undo_merge(curator=cora, merge=merge)
    assert list(Tip.objects.order_by("pk").values_list("to", "film", "words")) == before
    merge = merge_films(curator=cora, kept=film, gone=gone)
    withdraw_tip(member=cast.ana, tip=Tip.objects.get(member=cast.ana, to=cast.bea))
    merge.refresh_from_db()
    assert "Of the other." not in str(merge.record), "what was taken back is not kept by the merge"


@pytest.mark.parametrize("who", ["ana", "bea"])
def test_it_goes_with_the_account_of_either(cast, film, who):
    recommend_film(member=cast.ana, to=cast.bea, film=film)
    delete_account(member=getattr(cast, who))
    other = cast.bea if who == "ana" else cast.ana
    assert not Tip.objects.visible_to(other).exists()
    erase_account(Departure.objects.get().pk)
    assert not Tip.objects.exists() and not Notification.objects.filter(kind="tip").exists()
