"""Following members, asking those whose account is private, and what others hear of it."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.actions import block
from accounts.models import Follow, FollowRequest, User
from reviews.actions.following import (
    accept_request,
    choose_privacy,
    follow_member,
    refuse_request,
    remove_follower,
    unfollow_member,
)
from reviews.models import Activity, Notification
from tests import make
from tests.base import all_at_once

pytestmark = pytest.mark.django_db


def lines():
    return Activity.objects.filter(kind="followed")


def told(member: User) -> list[tuple[str, int]]:
    return list(Notification.objects.filter(member=member).order_by("pk").values_list("kind", "actor"))


@pytest.fixture
def shy(cast):
    """Fay, whose account is private."""
    choose_privacy(member=cast.fay, is_private=True)
    return cast.fay


def follows(one: User, other: User) -> bool:
    return Follow.objects.filter(follower=one, followed=other).exists()


def asks(one: User, other: User) -> bool:
    return FollowRequest.objects.filter(follower=one, followed=other).exists()


def test_it_follows_once_and_tells_once(cast):
    for _again in range(2):
        assert isinstance(follow_member(member=cast.fay, other=cast.ana), Follow)
    assert told(cast.ana) == [("follow", cast.fay.pk)]
    assert [(line.member_id, line.other_id) for line in lines()] == [(cast.fay.pk, cast.ana.pk)]
    unfollow_member(member=cast.fay, other=cast.ana)
    assert not follows(cast.fay, cast.ana)
    assert not lines().exists()
    follow_member(member=cast.fay, other=cast.ana)
    assert told(cast.ana) == [("follow", cast.fay.pk)]


def test_it_refuses_oneself_and_across_a_block(cast):
    with pytest.raises(ValidationError):
        follow_member(member=cast.ana, other=cast.ana)
    for one, other in ((cast.ana, cast.cem), (cast.cem, cast.ana)):
        with pytest.raises(PermissionDenied):
            follow_member(member=one, other=other)
    assert not lines().exists()


def test_a_private_account_is_asked(cast, shy):
    for _again in range(2):
        assert isinstance(follow_member(member=cast.ana, other=shy), FollowRequest)
    assert asks(cast.ana, shy)
    assert not follows(cast.ana, shy)
    assert told(shy) == [("follow_request", cast.ana.pk)]
    assert not lines().exists()


def test_whoever_followed_before_stays(cast):
    follow_member(member=cast.ana, other=cast.fay)
    choose_privacy(member=cast.fay, is_private=True)
    assert isinstance(follow_member(member=cast.ana, other=cast.fay), Follow)
    assert not asks(cast.ana, cast.fay)


def test_a_request_is_accepted(cast, shy):
    follow_member(member=cast.ana, other=shy)
    for _again in range(2):
        accept_request(member=shy, other=cast.ana)
    assert follows(cast.ana, shy)
    assert not asks(cast.ana, shy)
    assert told(cast.ana) == [("follow_accepted", shy.pk)]
    assert [(line.member_id, line.other_id) for line in lines()] == [(cast.ana.pk, shy.pk)]


def test_only_who_asked_is_accepted(cast, shy):
    with pytest.raises(ValidationError):
        accept_request(member=shy, other=cast.bea)
    follow_member(member=cast.ana, other=shy)
    with pytest.raises(ValidationError):
        accept_request(member=cast.ana, other=shy)  # not the one who was asked
    assert not follows(cast.ana, shy)


def test_a_request_is_refused_in_silence(cast, shy):
    follow_member(member=cast.ana, other=shy)
    for _again in range(2):
        refuse_request(member=shy, other=cast.ana)
    assert not asks(cast.ana, shy)
    assert told(cast.ana) == []
    follow_member(member=cast.ana, other=shy)
    assert told(shy) == [("follow_request", cast.ana.pk)]  # asking again is seen, and not told again


def test_whoever_asks_again_after_an_answer_is_told_of_again(cast, shy):
    for answer in (refuse_request, accept_request, refuse_request):
        follow_member(member=cast.ana, other=shy)
        Notification.objects.filter(member=shy).update(read_at=timezone.now())
        assert told(shy) == [("follow_request", cast.ana.pk)]
        answer(member=shy, other=cast.ana)
        assert told(shy) == []
        remove_follower(member=shy, other=cast.ana)
    follow_member(member=cast.ana, other=shy)
    unfollow_member(member=cast.ana, other=shy)  # taken back before anybody heard of it
    assert told(shy) == []
    follow_member(member=cast.ana, other=shy)
    Notification.objects.filter(member=shy).update(mailed_at=timezone.now())
    unfollow_member(member=cast.ana, other=shy)
    follow_member(member=cast.ana, other=shy)
    assert len(told(shy)) == 1, "no second mail by asking, taking it back and asking"


def test_a_request_is_withdrawn(cast, shy):
    follow_member(member=cast.ana, other=shy)
    unfollow_member(member=cast.ana, other=shy)
    assert not asks(cast.ana, shy)
    with pytest.raises(ValidationError):
        accept_request(member=shy, other=cast.ana)


def test_a_follower_is_removed(cast):
    follow_member(member=cast.bea, other=cast.ana)
    for _again in range(2):
        remove_follower(member=cast.ana, other=cast.bea)
    assert not follows(cast.bea, cast.ana)
    assert not lines().exists()
    assert told(cast.bea) == []


def test_blocking_ends_requests_both_ways(cast, shy):
    choose_privacy(member=cast.ana, is_private=True)
    follow_member(member=cast.ana, other=shy)
    follow_member(member=shy, other=cast.ana)
    block(member=shy, other=cast.ana)
    assert not FollowRequest.objects.exists()


def test_blocking_takes_the_line_back(cast):
    follow_member(member=cast.fay, other=cast.ana)
    block(member=cast.ana, other=cast.fay)
    assert not lines().exists()


def test_a_public_account_lets_everybody_in(cast, shy):
    gone = make.member()
    for one in (cast.ana, cast.bea, gone):
        follow_member(member=one, other=shy)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    choose_privacy(member=shy, is_private=False)
    assert {follow.follower_id for follow in Follow.objects.filter(followed=shy)} == {
        cast.ana.pk, cast.bea.pk, gone.pk,
    }  # fmt: skip
    assert not FollowRequest.objects.exists()
    shy.refresh_from_db()
    assert shy.follower_count == 2  # whoever is suspended counts when they are back
    assert told(cast.ana) == told(cast.bea) == [("follow_accepted", shy.pk)]
    assert lines().count() == 3


def test_what_is_not_chosen_stays(cast):
    choose_privacy(member=cast.ana, comment_policy="followers")
    choose_privacy(member=cast.ana, hides_scores=True)
    cast.ana.refresh_from_db()
    assert (cast.ana.is_private, cast.ana.comment_policy, cast.ana.hides_scores) == (False, "followers", True)
    with pytest.raises(ValidationError):
        choose_privacy(member=cast.ana, comment_policy="friends")


@pytest.mark.django_db(transaction=True)
def test_two_who_follow_each_other_at_once_both_do():
    one, other = make.member(), make.member()

    def meet(member: User, whom: User) -> None:
        for _again in range(20):
            follow_member(member=member, other=whom)
            unfollow_member(member=member, other=whom)
        follow_member(member=member, other=whom)

    assert all_at_once([partial(meet, one, other), partial(meet, other, one)]) == []
    assert follows(one, other)
    assert follows(other, one)


def test_a_member_hides_scores_on_the_page_of_privacy(cast, client):
    client.force_login(cast.fay)
    assert "ide scores until I have rated the film" in client.get("/accounts/privacy/").content.decode()
    sent = {"comment_policy": "anyone", "tip_policy": "nobody", "shelf_policy": "followers"}
    client.post("/accounts/privacy/", sent | {"hides_scores": "on"})
    cast.fay.refresh_from_db()
    assert cast.fay.hides_scores
    client.post("/accounts/privacy/", sent)
    cast.fay.refresh_from_db()
    assert not cast.fay.hides_scores
