"""Servers elsewhere that are away, slow, or want nothing, and what may not leave meanwhile. The peer is a real one."""

import pytest

from accounts.federation import sending
from accounts.models import Actor, Dispatch, Inbox
from accounts.outside import line
from reviews.models import Review
from tests import make
from tests.reviews.federation import address_of, catch_up, edited, followed, only, told, work

pytestmark = pytest.mark.django_db


def test_what_waits_does_not_leave_after_it_was_hidden(cast, peer):
    actor = followed(peer, cast.ana)
    peer.answers = [500, 500]
    review = make.review(member=cast.ana, body="Secret words.")
    told(peer)
    assert Dispatch.objects.waiting().count() == 1
    Review.objects.filter(pk=review.pk).update(visibility="followers")
    Dispatch.objects.waiting().update(due_at="2024-01-01T00:00Z")
    Inbox.objects.update(rests_until=None)
    sending.send_what_waits(Inbox.objects.get(address__endswith="/inbox", address__regex="[0-9]/inbox$").pk)
    assert peer.got == [], "not even before the job has seen to it"
    peer.answers = []
    catch_up()
    assert only(peer.got)["type"] == "Delete" and Dispatch.objects.waiting().count() == 0
    assert actor.ended_at is None


def test_what_waits_leaves_as_it_is_now(cast, peer):
    followed(peer, cast.ana)
    peer.answers = [500]
    review = make.review(member=cast.ana, body="Secret words.")
    told(peer)
    edited(review, body="Open words.")
    catch_up()
    assert [got.kind for got in peer.got] == ["Create", "Update"]
    assert not any("Secret" in got.body.decode() for got in peer.got)


def test_a_server_that_is_away_is_tried_again_and_at_last_left_alone(cast, peer):
    followed(peer, cast.ana)
    peer.answers = [500] * 20
    make.review(member=cast.ana)
    told(peer)
    for _attempt in range(9):
        catch_up()
    assert len(peer.got) == 7 and Dispatch.objects.get(message__copy__isnull=False).state == "failed"
    Inbox.objects.update(failing_since="2024-01-01T00:00Z")
    make.review(member=cast.ana)
    catch_up()
    shared = Inbox.objects.get(gone_at__isnull=False)
    make.review(member=cast.ana)
    assert told(peer)[-1:] and not Dispatch.objects.waiting().filter(inbox=shared).exists()
    peer.answers = []
    peer.send(peer.activity("Like", address_of(Actor.objects.get(), Review.objects.first())))
    make.review(member=cast.ana)
    assert only(told(peer))["type"] == "Create", "somebody there was heard of again"


def test_a_message_that_is_not_wanted_ends_alone(cast, peer):
    followed(peer, cast.ana)
    peer.answers = [422, 410]
    make.review(member=cast.ana)
    make.viewing(member=cast.ana)
    told(peer)
    assert sorted(Dispatch.objects.filter(message__copy__isnull=False).values_list("status", "state")) == [
        (410, "failed"), (422, "failed"),
    ]  # fmt: skip


def test_a_slow_server_holds_up_a_job_for_some_seconds(cast, peer, monkeypatch):
    monkeypatch.setattr(line, "LONGEST", 0.5)
    followed(peer, cast.ana)
    peer.pause = 5
    make.review(member=cast.ana)
    work()
    assert Dispatch.objects.get(message__copy__isnull=False).trouble == "timeout"
