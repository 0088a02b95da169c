"""What is not let in: lies, copies, what is old, what is too much, and whoever leads inside. The peer is a real one."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from accounts.federation import receiving, switching
from accounts.federation.blocking import block_server, checked_domain, listed, unblock_server
from accounts.federation.naming import actor_address
from accounts.models import Arrival, Follower, Inbox, Reaction, ServerBlock, Stranger
from accounts.outside import line
from reviews.federation.arrivals import sweep_arrivals, take_up_arrivals
from reviews.jobs import sweep_elsewhere, take_in_arrival, take_up_elsewhere
from tests import make
from tests.accounts.peer import ACCEPT, new_key
from tests.elsewhere import follower
from tests.reviews.federation import address_of, followed, open_up, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow(cast, peer):
    """A follow of Ana that would hold."""
    return peer.activity("Follow", actor_address(open_up(cast.ana).pk))


def nobody_follows() -> bool:
    return not Follower.objects.exists() and not Stranger.objects.filter(follows__isnull=False).exists()


def test_a_signature_by_another_key_does_not_hold(peer, follow):
    arrival = peer.send(follow, key=new_key())
    assert (arrival.state, arrival.because) == ("refused", "the key does not prove it") and nobody_follows()


def test_nobody_speaks_for_another(peer, follow):
    """Yan signs with his own key what Zoe is to have done."""
    arrival = peer.send(follow, by="yan")
    assert arrival.state == "refused" and nobody_follows()


@pytest.mark.parametrize(
    "said",
    [
        {"id": "https://localhost:1/users/zoe"}, {"publicKey": None}, {"publicKey": {"id": "x", "owner": "x"}},
        {"inbox": "https://elsewhere.example.org/inbox"}, {"inbox": "http://localhost/inbox"}, {"inbox": None},
    ],
)  # fmt: skip
def test_who_is_not_what_they_say_is_not_taken_in(peer, follow, said):
    peer.changed["zoe"] = said
    assert peer.send(follow).state == "refused" and nobody_follows()


def test_the_owner_of_the_key_must_be_who_acts(peer, follow):
    peer.described("zoe")
    key = {"id": f"{peer.who('zoe')}#main-key", "owner": peer.who("yan"), "publicKeyPem": "x"}
    peer.changed["zoe"] = {"publicKey": key}
    assert peer.send(follow).state == "refused" and nobody_follows()


@pytest.mark.parametrize(
    ("how", "told_so"),
    [
        ({"late": timedelta(hours=1, minutes=1)}, "more than an hour"),
        ({"late": -timedelta(hours=1, minutes=1)}, "more than an hour"),
        ({"date": "yesterday"}, "more than an hour"),
        ({"digest": "SHA-256=AAAA"}, "not the SHA-256"),
        ({"names": "(request-target) host date"}, "Sign (request-target)"),
        ({"names": "host date digest"}, "Sign (request-target)"),
    ],
)
def test_what_is_old_or_not_whole_is_told_so_at_once(peer, follow, how, told_so):
    answer = peer.post(follow, **how)
    assert answer.status_code == 401 and told_so in answer.json()["detail"]
    assert not Arrival.objects.exists() and peer.asked == []


def test_what_was_signed_for_another_place_does_not_hold(peer, follow, cast):
    body = json.dumps(follow).encode()
    headers = peer.signed("/federation/inbox/", body)
    elsewhere = Client().post(
        f"/federation/members/{cast.ana.actors.get().pk}/inbox/", body, content_type=ACCEPT, headers=headers
    )
    assert elsewhere.status_code == 202, "only a key can tell"
    arrival = Arrival.objects.get()
    take_in_arrival(arrival.pk)
    arrival.refresh_from_db()
    assert arrival.state == "refused" and nobody_follows()
    other = peer.signed("/federation/inbox/", body) | {"host": "localhost"}
    assert Client().post("/federation/inbox/", body, content_type=ACCEPT, headers=other).status_code == 401


def test_without_a_signature_nothing_is_kept(peer, follow):
    for headers in ({}, {"signature": "x" * 5000}, {"signature": 'keyId="a"'}):
        said = Client().post("/federation/inbox/", json.dumps(follow), content_type=ACCEPT, headers=headers)
        assert said.status_code == 401
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b"{}", b'{"id": 7, "type": "Follow", "actor": 7}',
        b'{"id": "https://a.example.org/1", "type": "Follow", "actor": "https://b.example.org/2"}',
        b'{"id": "http://a.example.org/1", "type": "Follow", "actor": "http://a.example.org/2"}',
        b'{"id": "https://127.0.0.1/1", "type": "Follow", "actor": "https://127.0.0.1/2"}',
        b'{"id": "https://169.254.169.254/1", "type": "Follow", "actor": "https://169.254.169.254/2"}',
        b"[" * 60_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"id": "https://a.example.org/1", "object": ' + b"[" * 30 + b"]" * 30 + b"}",
        b'{"id": "https://a.example.org/\\u0000", "actor": "https://a.example.org/2", "type": "Follow"}',
        b'{"id": ' + b"9" * 5000 + b"}", '{"id": "https://a.example.org/1"}'.encode("utf-16"), b"\xef\xbb\xbf{}",
    ],
)  # fmt: skip
def test_what_is_no_activity_of_a_public_server_is_refused(db, body):
    answer = Client().post("/federation/inbox/", body, content_type=ACCEPT)
    assert answer.status_code == 400 and "server" in answer.json()["detail"]
    assert not Arrival.objects.exists()


def test_what_is_too_large_is_not_read(db):
    answer = Client().post("/federation/inbox/", b"x" * 70_000, content_type=ACCEPT)
    assert answer.status_code == 413


def test_who_posts_too_often_is_asked_to_wait(peer, follow, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_FROM_ADDRESS", 2)
    assert [peer.post(follow).status_code for _again in range(3)] == [202, 202, 429]
    assert int(peer.post(follow)["Retry-After"]) > 0


def test_no_more_is_kept_than_jobs_come_to(peer, follow, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_WAITING_OF_HOST", 1)
    assert [peer.post(follow).status_code for _again in range(2)] == [202, 503]


def test_nobody_is_looked_up_inside(cast, peer, follow, settings):
    settings.FEDERATION_PRIVATE = False
    arrival_of_before = Arrival.objects.count()
    assert peer.post(follow).status_code == 400, "localhost is no public server"
    settings.FEDERATION_PRIVATE = True
    assert peer.post(follow).status_code == 202
    settings.FEDERATION_PRIVATE = False
    arrival = Arrival.objects.get()
    take_in_arrival(arrival.pk)
    arrival.refresh_from_db()
    assert arrival.state == "refused" and peer.asked == [] and arrival_of_before == 0


@pytest.mark.parametrize("undone", [None, 7, [], {}, {"id": 7}, "\x00", "\ud800", {"id": "\x00", "type": "Follow"}])
def test_what_is_taken_back_must_be_said(cast, peer, undone):
    followed(peer, cast.ana)
    assert peer.send(peer.activity("Undo", undone)).state == "left" and Follower.objects.exists()


@pytest.mark.parametrize("about", ["https://[", "http://127.0.0.1:8000/\x00", "http://127.0.0.1:8000", {"id": []}, 7])
def test_an_address_that_leads_nowhere_is_left_aside(cast, peer, about):
    followed(peer, cast.ana)
    assert peer.send(peer.activity("Like", about)).state == "left"


def test_odd_names_are_nobody(cast):
    open_up(cast.ana)
    for odd in ("acct:%00@127.0.0.1:8000", "acct:ana", "acct:ana@elsewhere.example.org", "https://[", "", "acct:@@"):
        assert Client().get(f"/.well-known/webfinger?resource={odd}").status_code in {400, 404}


def test_who_is_about_nobody_here_is_not_looked_up(cast, peer, follow):
    for about in ("https://elsewhere.example.org/users/x", actor_address(999_999), None, {"id": 7}, []):
        assert peer.send(peer.activity("Like", about)).state == "left"
    assert peer.asked == []


@pytest.mark.parametrize("how", ["slow", "500", "bomb", "deep", "none"])
def test_a_server_that_answers_badly_is_tried_again_or_given_up(cast, peer, follow, how, monkeypatch):
    monkeypatch.setattr(line, "LONGEST", 0.5)
    if how == "slow":
        peer.pause = 5
    elif how == "500":
        peer.status = 500
    elif how == "bomb":
        peer.instead = b" " * 300_000
    elif how == "deep":
        peer.instead = b"[" * 100_000
    else:
        peer.status = 404
    arrival = peer.send(follow)
    is_worth_another = how in {"slow", "500", "bomb"}
    assert arrival.state == ("waiting" if is_worth_another else "refused") and nobody_follows()
    for _again in range(5):
        take_in_arrival(arrival.pk)
    arrival.refresh_from_db()
    assert arrival.state == "refused"


def test_a_lost_job_is_asked_for_again_and_what_is_old_is_forgotten(cast, peer, follow):
    peer.post(follow)
    Arrival.objects.update(received_at=timezone.now() - timedelta(hours=1))
    take_up_arrivals()
    take_up_elsewhere()
    Arrival.objects.update(received_at=timezone.now() - timedelta(days=8), state="done")
    sweep_arrivals()
    sweep_elsewhere()
    assert not Arrival.objects.exists()


def test_a_liar_cannot_use_an_address_up_before_it_is_true(peer, follow):
    assert peer.send(follow, key=new_key()).state == "refused"
    Stranger.objects.update(fetched_at="2024-01-01T00:00Z")
    assert peer.send(follow).state == "done" and Follower.objects.exists()


def test_a_server_that_is_blocked_is_gone_at_once_with_all_below_its_name(cast, peer):
    boss = make.member(is_staff=True, is_superuser=True)
    for host in ("social.example.org", "a.social.example.org", "antisocial.example.org", "social.example.org:8443"):
        follower(member=cast.ana, host=host)
    block = block_server(moderator=boss, domain=" https://Social.Example.org/ ", reason="Spam.")
    assert [one.host for one in Stranger.objects.all()] == ["antisocial.example.org"]
    assert Inbox.objects.count() == 2 and Follower.objects.count() == 1
    make.review(member=cast.ana)
    unblock_server(moderator=boss, block=block)
    assert not ServerBlock.objects.exists()
    for wrong in ("", "localhost", "exa mple.org", "*.example.org", "https://example.org/users"):
        with pytest.raises(ValidationError):
            checked_domain(wrong)
    with pytest.raises(PermissionDenied):
        block_server(moderator=cast.ana, domain="example.org", reason="")


def test_from_a_blocked_server_nothing_is_taken_and_nothing_sent_there(cast, peer):
    actor = followed(peer, cast.ana)
    make.review(member=cast.ana)
    ServerBlock.objects.create(domain="localhost", reason="Spam.")
    assert told(peer) == []
    assert peer.post(peer.activity("Like", actor_address(actor.pk))).status_code == 403
    ServerBlock.objects.all().delete()
    assert peer.post(peer.activity("Follow", actor_address(actor.pk))).status_code == 202
    ServerBlock.objects.create(domain="localhost", reason="Spam.")
    arrival = Arrival.objects.latest("pk")
    take_in_arrival(arrival.pk)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.because) == ("left", "its server is blocked")


def test_a_list_of_servers_is_read_as_mastodon_writes_it_or_as_names():
    mastodon = [
        "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate",
        "spam.example.org,suspend,false,false,Spam,false", "loud.example.org,silence,false,false,,false",
        "bad name,suspend,false,false,,false", "",
    ]  # fmt: skip
    assert listed(mastodon) == ({"spam.example.org": "Spam"}, ["bad name"])
    assert listed(["a.example.org", "B.example.org", ""]) == ({"a.example.org": "", "b.example.org": ""}, [])


@pytest.mark.parametrize("how", ["house", "member", "private", "suspended"])
def test_where_it_is_off_there_is_nothing(cast, settings, how):
    actor, review = open_up(cast.ana), make.review(member=cast.ana)
    if how == "house":
        settings.FEDERATION = False
    elif how == "member":
        switching.switch_off(member=cast.ana)
    else:
        fields = {"is_private": True} if how == "private" else {"is_active": False}
        type(cast.ana).objects.filter(pk=cast.ana.pk).update(**fields)
    own = f"/federation/members/{actor.pk}/"
    places = [own, f"{own}outbox/", f"{own}followers/", f"{own}reviews/{review.pk}/"]
    places += ["/.well-known/webfinger?resource=acct:ana@127.0.0.1:8000"]
    if how == "house":
        places += ["/.well-known/nodeinfo", "/nodeinfo/2.1"]
    assert {Client().get(place).status_code for place in places} == {404}
    assert Client().post(f"{own}inbox/", b"{}", content_type=ACCEPT).status_code == 404
    assert Client().get("/members/ana/", headers={"accept": ACCEPT}).status_code in {200, 404}
    if how == "house":
        client = Client()
        client.force_login(cast.bea)
        assert client.get("/accounts/elsewhere/").status_code == 404
        assert "elsewhere/" not in client.get("/accounts/settings/").content.decode()
        with pytest.raises(ValidationError):
            switching.switch_on(member=cast.bea)


def test_a_private_account_cannot_switch_it_on(cast):
    cast.ana.is_private = True
    cast.ana.save()
    with pytest.raises(ValidationError, match="private"):
        switching.switch_on(member=cast.ana)


def test_a_like_of_what_was_hidden_meanwhile_counts_no_more(cast, peer):
    actor, review = followed(peer, cast.ana), make.review(member=cast.ana)
    like = peer.activity("Like", address_of(actor, review))
    type(review).objects.filter(pk=review.pk).update(visibility="private")
    assert peer.send(like).state == "left" and not Reaction.objects.exists()
