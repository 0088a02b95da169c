"""Filling a list together: who is asked, what they may do, and how it ends."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.actions import block
from reviews.actions.filling import add_film, change_entry, move_entry, remove_film, reorder
from reviews.actions.helping import answer_invitation, invite_collaborator, part_from_list
from reviews.models import Collaborator, Notification, Posting
from reviews.trust import LIMITS, Level, LimitReached
from tests import make
from tests.reviews.letters import OTHERS_LIST, entry, letters, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def abc(cast):
    return letters(member=cast.ana)


def test_only_its_own_member_and_helpers_fill_it(cast, abc):
    make.helper(film_list=abc, member=cast.bea)
    invite_collaborator(member=cast.ana, film_list=abc, other=cast.dora)
    one = entry(abc, "A")
    for other in (cast.cem, cast.dora, cast.fay, cast.eli):  # a stranger, one who has not answered, a moderator
        for act in (
            lambda: add_film(member=other, film_list=abc, film=make.film()),  # noqa: B023
            lambda: change_entry(member=other, entry=one, note="Mine"),  # noqa: B023
            lambda: move_entry(member=other, entry=one, position=3),  # noqa: B023
            lambda: remove_film(member=other, entry=one),  # noqa: B023
            lambda: reorder(member=other, film_list=abc, entries=[]),  # noqa: B023
        ):
            with pytest.raises(PermissionDenied):
                act()
    assert titles(abc) == ["A", "B", "C"]
    added, _new = add_film(member=cast.bea, film_list=abc, film=make.film(title="D"), note="Mine")
    assert (added.added_by, added.noted_by) == (cast.bea, cast.bea)
    move_entry(member=cast.bea, entry=added, position=1)
    assert titles(abc) == ["D", "A", "B", "C"]


def test_who_is_blocked_or_kept_out_helps_no_more(cast, abc):
    make.helper(film_list=abc, member=cast.bea)
    block(member=cast.bea, other=cast.ana)
    with pytest.raises(PermissionDenied):
        add_film(member=cast.bea, film_list=abc, film=make.film())
    abc.removed_at = timezone.now()
    abc.save()
    make_helper = Collaborator.objects.create(film_list=abc, member=cast.fay, accepted_at=timezone.now())
    with pytest.raises(PermissionDenied):
        add_film(member=make_helper.member, film_list=abc, film=make.film())


def test_somebody_is_asked_and_says_yes(cast, abc):
    for _again in range(2):
        invite_collaborator(member=cast.ana, film_list=abc, other=cast.fay)
    told = Notification.objects.get(member=cast.fay)
    assert (told.kind, told.actor, told.film_list, told.mailing) == ("list_invitation", cast.ana, abc, "now")
    for _again in range(2):
        assert answer_invitation(member=cast.fay, film_list=abc, accept=True).accepted_at
    add_film(member=cast.fay, film_list=abc, film=make.film(title="D"))
    part_from_list(member=cast.fay, film_list=abc, other=cast.fay)
    with pytest.raises(PermissionDenied):
        add_film(member=cast.fay, film_list=abc, film=make.film())
    assert titles(abc) == ["A", "B", "C", "D"]


def test_somebody_says_no_and_is_not_told_again(cast, abc):
    invite_collaborator(member=cast.ana, film_list=abc, other=cast.fay)
    assert answer_invitation(member=cast.fay, film_list=abc, accept=False) is None
    assert not Collaborator.objects.exists()
    invite_collaborator(member=cast.ana, film_list=abc, other=cast.fay)
    assert Notification.objects.filter(member=cast.fay).count() == 1


def test_its_own_member_ends_the_help(cast, abc):
    make.helper(film_list=abc, member=cast.fay)
    with pytest.raises(PermissionDenied, match="decide who helps"):
        part_from_list(member=cast.bea, film_list=abc, other=cast.fay)
    part_from_list(member=cast.ana, film_list=abc, other=cast.fay)
    with pytest.raises(PermissionDenied, match="Nobody asks you"):
        answer_invitation(member=cast.fay, film_list=abc, accept=True)


def test_not_everybody_can_be_asked(cast, abc):
    gus = make.member(is_active=False)
    with pytest.raises(ValidationError, match="your own list"):
        invite_collaborator(member=cast.ana, film_list=abc, other=cast.ana)
    for other in (cast.cem, gus):
        with pytest.raises(PermissionDenied, match="cannot ask"):
            invite_collaborator(member=cast.ana, film_list=abc, other=other)
    with pytest.raises(PermissionDenied, match=OTHERS_LIST):
        invite_collaborator(member=cast.bea, film_list=abc, other=cast.fay)
    with pytest.raises(PermissionDenied, match="Nobody asks you"):
        answer_invitation(member=cast.fay, film_list=abc, accept=True)
    assert not Collaborator.objects.exists()


def test_there_is_a_limit_to_asking(cast, abc, monkeypatch):
    monkeypatch.setattr("reviews.actions.helping.MOST_HELPERS", 2)
    for _n in range(2):
        make.helper(film_list=abc)
    with pytest.raises(ValidationError, match="At most 2"):
        make.helper(film_list=abc)


def test_whom_one_asks_counts_also_when_it_is_taken_back(cast, abc):
    for _number in range(LIMITS[Level.MEMBER].most["invite"]):
        other = make.member()
        invite_collaborator(member=cast.ana, film_list=abc, other=other)
        part_from_list(member=cast.ana, film_list=abc, other=other)
    with pytest.raises(LimitReached, match="members to ask for help"):
        invite_collaborator(member=cast.ana, film_list=make.film_list(member=cast.ana), other=cast.fay)
    Posting.objects.update(made_at=timezone.now() - timedelta(hours=25))
    make.helper(film_list=abc)
