"""Somebody elsewhere follows, likes and passes on, and takes it back. The other server is a real one."""

import json

import pytest
from django.test import Client

from accounts.federation import switching
from accounts.federation.naming import actor_address
from accounts.models import Actor, Arrival, Follower, Inbox, Reaction, Refusal, Stranger
from reviews.models import Notification
from tests import make
from tests.accounts.peer import ACCEPT, new_key, pem_of
from tests.reviews.federation import address_of, catch_up, followed, only, open_up, told, work

pytestmark = pytest.mark.django_db


def read(address: str, **how: str) -> dict:
    answer = Client().get(address.removeprefix("http://127.0.0.1:8000"), headers={"accept": ACCEPT} | how)
    assert answer.status_code == 200, answer
    return json.loads(answer.content)


def test_a_member_is_found_by_their_name_and_described_by_what_everybody_may_read(cast):
    cast.ana.bio = "I <3 cars.\n\nAnd songs."
    cast.ana.save()
    actor = open_up(cast.ana)
    for resource in (
        "acct:ana@127.0.0.1:8000", "acct:Ana@127.0.0.1:8000", "http://127.0.0.1:8000/members/ana/",
        actor_address(actor.pk),
    ):  # fmt: skip
        found = read(f"/.well-known/webfinger?resource={resource}")
        assert found["subject"] == "acct:ana@127.0.0.1:8000"
        assert found["links"][0]["href"] == actor_address(actor.pk)
    said = read(actor_address(actor.pk))
    assert (said["type"], said["preferredUsername"], said["name"]) == ("Person", "ana", "Ana")
    assert said["summary"] == "<p>I &lt;3 cars.</p>\n\n<p>And songs.</p>"
    assert said["publicKey"]["owner"] == said["id"] and "BEGIN PUBLIC KEY" in said["publicKey"]["publicKeyPem"]
    assert "email" not in json.dumps(said) and str(cast.ana.email) not in json.dumps(said)
    assert read(said["followers"]).keys() >= {"totalItems"} and "first" not in read(said["followers"])


def test_a_page_leads_whoever_asks_for_it_to_what_other_servers_read(cast):
    actor, review = open_up(cast.ana), make.review(member=cast.ana)
    for page, place in (
        ("/members/ana/", actor_address(actor.pk)), (f"/reviews/{review.pk}/", address_of(actor, review)),
    ):  # fmt: skip
        assert Client().get(page).status_code == 200
        answer = Client().get(page, headers={"accept": ACCEPT})
        assert (answer.status_code, answer["Location"]) == (302, place.removeprefix("http://127.0.0.1:8000"))
    assert Client().get("/members/bea/", headers={"accept": ACCEPT}).status_code == 200


def test_whoever_follows_is_let_in_at_once_and_told_so(cast, peer):
    actor = open_up(cast.ana)
    arrival = peer.send(peer.activity("Follow", actor_address(actor.pk)))
    assert arrival.state == "done"
    follower = Follower.objects.get()
    assert (follower.actor, follower.stranger.handle) == (actor, f"@zoe@{peer.host}") and follower.accepted_at
    [(_path, asked)] = peer.asked
    assert "signature" in asked and asked["accept"] == ACCEPT, "servers that ask who asks are answered"
    [accepted] = told(peer)
    assert accepted.kind == "Accept" and accepted.said["object"]["id"] == f"{peer.who('zoe')}#Follow-1"
    assert accepted.is_proved_by(actor.public_key)
    cast.ana.refresh_from_db()
    assert cast.ana.follower_count == 1, "that is Bea alone"
    assert not Notification.objects.exists()


def test_who_wants_to_look_first_lets_in_or_does_not(cast, peer):
    actor = open_up(cast.ana, approves=True)
    for name in ("zoe", "yan"):
        peer.send(peer.activity("Follow", actor_address(actor.pk), by=name), by=name)
    assert told(peer) == []
    make.review(member=cast.ana)
    assert told(peer) == [], "nobody follows yet"
    zoe, yan = Follower.objects.order_by("pk")
    switching.let_follow(member=cast.ana, follower_id=zoe.pk)
    switching.remove_follower(member=cast.ana, follower_id=yan.pk)
    assert sorted(got.kind for got in told(peer)) == ["Accept", "Reject"]
    assert Follower.objects.get() == zoe


def test_following_is_taken_back_by_its_address_or_by_what_it_was(cast, peer):
    for about in (lambda follow: follow["id"], lambda follow: follow):
        actor = open_up(cast.ana)
        follow = peer.activity("Follow", actor_address(actor.pk))
        peer.send(follow)
        assert peer.send(peer.activity("Undo", about(follow))).state == "done"
        assert not Follower.objects.exists()


def test_nobody_takes_back_what_another_did(cast, peer):
    actor = followed(peer, cast.ana)
    follow = peer.activity("Follow", actor_address(actor.pk))
    peer.send(peer.activity("Undo", follow, by="yan"), by="yan")
    peer.send(peer.activity("Undo", Follower.objects.get().activity, by="yan"), by="yan")
    assert Follower.objects.get().stranger.username == "zoe"


def test_likes_and_boosts_are_rows_of_their_own_and_count_nowhere(cast, peer):
    actor, review = followed(peer, cast.ana), make.review(member=cast.ana)
    line = make.viewing(member=cast.ana)
    for kind in ("Like", "Announce", "Like"):
        peer.send(peer.activity(kind, address_of(actor, review)))
    peer.send(peer.activity("Like", address_of(actor, line)))
    assert sorted(Reaction.objects.values_list("kind", "copy__kind")) == [
        ("boost", "review"), ("like", "review"), ("like", "viewing"),
    ]  # fmt: skip
    review.refresh_from_db()
    assert review.like_count == 0
    like = {"type": "Like", "actor": peer.who("zoe"), "object": address_of(actor, review)}
    peer.send(peer.activity("Undo", like | {"id": "https://elsewhere.example.org/1"}))
    assert sorted(Reaction.objects.values_list("kind", flat=True)) == ["boost", "like"]


def test_what_is_not_for_everybody_cannot_be_liked(cast, peer):
    actor = open_up(cast.ana)
    for review in (
        make.review(member=cast.ana, visibility="followers"), make.review(member=cast.ana, draft=True),
        make.review(member=cast.bea),
    ):  # fmt: skip
        assert peer.send(peer.activity("Like", address_of(actor, review))).state == "left"
    assert peer.send(peer.activity("Like", f"{actor_address(actor.pk)}reviews/99999999999999999999/")).state == "left"
    assert not Reaction.objects.exists()


def test_the_same_again_does_nothing_twice(cast, peer):
    actor = open_up(cast.ana)
    follow = peer.activity("Follow", actor_address(actor.pk))
    peer.send(follow)
    peer.send(peer.activity("Undo", follow))
    again = peer.send(follow)
    assert (again.state, again.because) == ("left", "it came before") and not Follower.objects.exists()


def test_whoever_is_deleted_there_leaves_nothing_here(cast, peer):
    actor, review = followed(peer, cast.ana), make.review(member=cast.ana)
    peer.send(peer.activity("Like", address_of(actor, review)))
    peer.status = 410
    assert peer.send(peer.activity("Delete", peer.who("zoe"))).state == "done"
    assert not Stranger.objects.exists() and not Follower.objects.exists() and not Reaction.objects.exists()


def test_of_a_deletion_of_somebody_unknown_nothing_is_kept(cast, peer):
    open_up(cast.ana)
    assert peer.post(peer.activity("Delete", peer.who("zoe"))).status_code == 202
    assert peer.post(peer.activity("Create", {"type": "Note", "content": "Hello"})).status_code == 202
    assert not Arrival.objects.exists() and peer.asked == []


def test_a_new_name_is_looked_up_where_it_is_told(cast, peer):
    followed(peer, cast.ana)
    peer.changed["zoe"] = {"name": "Zoe\u202e\x00 the second"}
    assert peer.send(peer.activity("Update", peer.described("zoe") | {"name": "A lie"})).state == "done"
    assert Stranger.objects.get().name.startswith("Zoe") and "\x00" not in Stranger.objects.get().name
    assert "lie" not in Stranger.objects.get().name and "\u202e" not in Stranger.objects.get().name


def test_who_blocks_a_member_there_follows_no_more(cast, peer):
    actor = followed(peer, cast.ana)
    peer.send(peer.activity("Block", actor_address(actor.pk)))
    assert not Follower.objects.exists()
    make.review(member=cast.ana)
    assert told(peer) == []


def test_a_key_that_was_changed_there_is_looked_up_again(cast, peer):
    actor = followed(peer, cast.ana)
    peer.keys["zoe"] = new_key()
    review = make.review(member=cast.ana)
    assert peer.send(peer.activity("Like", address_of(actor, review))).state == "refused", "just now it was another"
    Stranger.objects.update(fetched_at="2024-01-01T00:00Z")
    assert peer.send(peer.activity("Like", address_of(actor, review))).state == "done"
    assert Stranger.objects.get().public_key == pem_of(peer.keys["zoe"])


def test_a_member_removes_and_blocks_whom_they_like(cast, peer):
    actor, review = followed(peer, cast.ana), make.review(member=cast.ana)
    followed(peer, cast.ana, by="yan")
    peer.send(peer.activity("Like", address_of(actor, review)))
    zoe = Follower.objects.get(stranger__username="zoe")
    switching.refuse(member=cast.ana, follower_id=zoe.pk)
    assert only([got for got in told(peer) if got.kind == "Reject"])["object"]["actor"] == peer.who("zoe")
    assert not Reaction.objects.exists()
    for about in (actor_address(actor.pk), address_of(actor, review)):
        kind = "Like" if "reviews" in about else "Follow"
        assert peer.send(peer.activity(kind, about)).state == "left"
    yan = Follower.objects.get()
    switching.refuse(member=cast.ana, follower_id=yan.pk, whole_server=True)
    assert peer.send(peer.activity("Follow", actor_address(actor.pk), by="xia"), by="xia").state == "left"
    assert Refusal.objects.count() == 2 and not Follower.objects.exists()
    for refusal in Refusal.objects.all():
        switching.lift_refusal(member=cast.ana, refusal_id=refusal.pk)
    assert peer.send(peer.activity("Follow", actor_address(actor.pk))).state == "done"


def test_one_inbox_for_all_of_a_server_is_used_where_there_is_one(cast, peer):
    followed(peer, cast.ana)
    followed(peer, cast.ana, by="yan")
    peer.changed["xia"] = {"endpoints": {"sharedInbox": "https://elsewhere.example.org/inbox"}}
    followed(peer, cast.ana, by="xia")
    make.review(member=cast.ana)
    assert sorted(got.path for got in told(peer)) == ["/inbox", "/users/xia/inbox"]
    assert not Inbox.objects.filter(host__contains="elsewhere").exists()


def test_each_time_it_is_switched_on_the_member_is_somebody_else_there(cast, peer):
    first = followed(peer, cast.ana)
    switching.switch_off(member=cast.ana)
    work()
    catch_up()
    second = open_up(cast.ana)
    assert second.pk != first.pk and second.public_key != first.public_key
    assert not Actor.objects.filter(pk=first.pk).exists(), "with its key"
