"""Devices that ring: who is rung for what, what the push service gets, and when it ends."""

from base64 import urlsafe_b64decode
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from accounts import actions as people
from accounts.models import Mute, User
from reviews import jobs
from reviews.actions import leaving, pushing
from reviews.actions.hearing import choose_ways, mark_all_read
from reviews.actions.reviewing import like_review
from reviews.actions.talking import delete_comment
from reviews.models import Mailing, Notification, PushDevice
from reviews.models.push_device import MOST_DEVICES
from reviews.notices import Way, all_ways
from reviews.pushing.enciphering import MOST_BYTES, bytes_of, encipher, is_key, text_of
from reviews.pushing.vouching import house_key
from tests import make, staff
from tests.api import program
from tests.reviews.pushed import Browser, let_in, session_of

pytestmark = pytest.mark.django_db
CHOICES = "/accounts/notifications/choices/"


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def comment(cast):
    review = make.review(member=cast.ana, film=make.film(title="Heat", year=1995))
    return lambda: make.comment(member=cast.bea, review=review, body="Is that >!the end!< so?")


def test_a_message_is_enciphered_as_the_rfc_prints_it():
    """RFC 8291, appendix A."""
    key = int.from_bytes(bytes_of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    made = encipher(
        b"When I grow up, I want to be a watermelon",
        public_key="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        secret="BTBZMqHH6r4Tts7J_aSIgg",
        salt=bytes_of("DGv6ra1nlYgDCS1FRnbzlw"),
        own=ec.derive_private_key(key, ec.SECP256R1()),
    )
    assert text_of(made) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_each_message_has_a_key_of_its_own_and_is_never_too_long(browser):
    first, second = (encipher(b"words", **browser.given) for _ in range(2))
    assert first != second and browser.read(first) == browser.read(second) == b"words"
    assert len(encipher(b"x" * MOST_BYTES, **browser.given)) <= 4096
    with pytest.raises(ValueError, match=str(MOST_BYTES + 1)):
        encipher(b"x" * (MOST_BYTES + 1), **browser.given)


def test_a_comment_rings_and_the_push_service_learns_nothing_of_it(cast, comment, browser, receiver):
    device = let_in(cast.ana, browser, receiver)
    said = comment()
    jobs.ring_devices()
    [got] = receiver.got
    message = browser.said(got)
    assert message["body"] == f"{cast.bea.name} comments on your review of Heat (1995)"
    assert message["url"].endswith(said.get_absolute_url()) and message["url"].startswith("http")
    assert b"Heat" not in got.body and "ana" not in str(got.headers) and "the end" not in str(message)
    assert got.headers["content-encoding"] == "aes128gcm" and int(got.headers["ttl"]) == 86400
    assert len(got.headers["topic"]) <= 32
    device.refresh_from_db()
    assert device.rang_at is not None
    jobs.ring_devices()
    assert len(receiver.got) == 1


def test_the_house_vouches_for_itself_as_the_browser_was_told(cast, comment, browser, receiver, settings):
    let_in(cast.ana, browser, receiver)
    comment()
    jobs.ring_devices()
    scheme, token, key = receiver.got[0].headers["authorization"].replace(",", "").split()
    assert (scheme, key) == ("vapid", f"k={house_key()}")
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), urlsafe_b64decode(house_key() + "="))
    audience = f"https://localhost:{receiver.port}"
    claims = jwt.decode(token.removeprefix("t="), point, algorithms=["ES256"], audience=audience)
    assert claims["sub"] == settings.SITE_URL
    assert 0 < claims["exp"] - timezone.now().timestamp() <= 86400
    known = house_key()
    settings.SECRET_KEY = "another house " * 4
    assert house_key() != known


def test_likes_do_not_ring_until_asked_for_and_many_are_one(cast, browser, receiver):
    review = make.review(member=cast.ana, film=make.film(title="Heat", year=1995))
    let_in(cast.ana, browser, receiver)
    assert {kind for kind, way in all_ways(cast.ana).items() if way.push} == set(pushing.FIRST)
    like_review(member=cast.bea, review=review)
    jobs.ring_devices()
    assert receiver.got == []
    choose_ways(member=cast.ana, ways={"review_liked": Way(False, Mailing.NEVER, True)})
    for member in (cast.fay, make.member()):
        like_review(member=member, review=review)
    jobs.ring_devices()
    assert len({browser.said(got)["tag"] for got in receiver.got}) == 1 and len(receiver.got) == 2
    assert not Notification.objects.filter(is_on_site=False).exclude(kind="review_liked").exists()


def _hide(cast, said, why: str) -> None:
    if why == "read":
        mark_all_read(member=cast.ana)
    elif why == "deleted":
        delete_comment(member=cast.bea, comment=said)
    elif why == "muted":
        Mute.objects.create(muter=cast.ana, muted=cast.bea)
    elif why == "blocked":
        people.block(member=cast.ana, other=cast.bea)
    elif why == "suspended":
        User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    elif why == "not wanted any more":
        choose_ways(member=cast.ana, ways={"comment": Way(True, Mailing.NEVER)})
    elif why == "late":
        Notification.objects.update(created_at=timezone.now() - timedelta(minutes=61))


@pytest.mark.parametrize("why", ["read", "deleted", "muted", "blocked", "suspended", "not wanted any more", "late"])
def test_nothing_rings_for_what_is(cast, comment, browser, receiver, why):
    let_in(cast.ana, browser, receiver)
    _hide(cast, comment(), why)
    jobs.ring_devices()
    assert receiver.got == []
    assert not Notification.objects.filter(push=True).exists()


def test_a_new_password_ends_all_of_it_and_a_log_out_that_device(cast, browser, receiver):
    client = Client()
    cast.ana.set_password("a long horse and a staple")
    cast.ana.save()
    client.force_login(cast.ana)
    sent = {"endpoint": f"https://localhost:{receiver.port}/push/mine", **browser.given}
    agent = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
    page = client.post("/accounts/notifications/devices/", sent, headers={"user-agent": agent}, follow=True)
    assert "This device rings for you from now on." in page.text and "Firefox, Android" in page.text
    assert sent["endpoint"] not in page.text and sent["secret"] not in page.text
    let_in(cast.ana, Browser(), receiver, "other")
    cast.ana.refresh_from_db()
    assert len(PushDevice.objects.of(cast.ana)) == 2
    client.post("/accounts/logout/")
    assert [device.endpoint.rpartition("/")[2] for device in PushDevice.objects.of(cast.ana)] == ["other"]
    pushing.forget_silent_devices()
    assert PushDevice.objects.count() == 1
    again = Client()
    again.force_login(cast.ana)
    new = "another long horse and staple"
    said = {"oldpassword": "a long horse and a staple", "password1": new, "password2": new}
    assert again.post("/accounts/password/change/", said).status_code == 302
    cast.ana.refresh_from_db()
    assert not PushDevice.objects.of(cast.ana)


def test_a_browser_that_somebody_else_uses_now_rings_for_them_alone(cast, comment, browser, receiver):
    let_in(cast.ana, browser, receiver)
    let_in(cast.fay, browser, receiver)
    assert PushDevice.objects.get().member == cast.fay
    comment()
    jobs.ring_devices()
    assert receiver.got == []


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_device_that_is_gone_is_forgotten(cast, comment, browser, receiver, status):
    let_in(cast.ana, browser, receiver)
    receiver.answers = [status]
    comment()
    jobs.ring_devices()
    assert not PushDevice.objects.exists() and not Notification.objects.filter(push=True).exists()


@pytest.mark.parametrize("status", [401, 405, 413, 423, 429, 507])
def test_of_one_that_takes_nothing_the_page_says_so_until_it_does(cast, comment, browser, receiver, status):
    device = let_in(cast.ana, browser, receiver)
    ana, choices = staff.logged_in(cast.ana), "/accounts/notifications/choices/"
    assert "has taken nothing since" not in ana.get(choices).text
    receiver.answers = [status, 201]
    comment()
    jobs.ring_devices()
    device.refresh_from_db()
    assert "Its service has taken nothing since" in ana.get(choices).text
    assert program(cast.ana).get("me/devices/").json()["results"][0]["failed_at"] is not None
    PushDevice.objects.update(failed_at=timezone.now() - timedelta(minutes=6))
    jobs.ring_devices()
    assert "has taken nothing since" not in ana.get(choices).text


def test_one_that_cannot_be_reached_is_left_in_peace_and_tried_again(cast, comment, browser, receiver):
    other, device = let_in(cast.ana, browser, receiver, "two"), let_in(cast.ana, browser, receiver)
    receiver.answers = [503, 201]
    comment()
    for _ in range(2):
        jobs.ring_devices()
    device.refresh_from_db()
    assert device.failed_at is not None and device.rang_at is None
    assert [got.path for got in receiver.got] == ["/push/one", "/push/two", "/push/two"]
    PushDevice.objects.update(failed_at=timezone.now() - timedelta(minutes=6))
    jobs.ring_devices()
    assert not Notification.objects.filter(push=True).exists()
    assert len({browser.said(got)["tag"] for got in receiver.got}) == 1  # a browser shows it once
    PushDevice.objects.filter(pk=other.pk).update(failed_at=timezone.now() - timedelta(days=15))
    pushing.forget_silent_devices()
    assert list(PushDevice.objects.all()) == [device]


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example.org/x"}, {"endpoint": "https://10.0.0.1/x"}, {"endpoint": "https://localhost/"},
        {"endpoint": "https://push.example.org/" + "x" * 1000}, {"endpoint": ""}, {"public_key": "BA"}, {"secret": "é"},
        {"secret": ""}, {"public_key": text_of(b"\4" + b"\1" * 64)}, {"session_key": ""},
    ],
)  # fmt: skip
def test_what_no_browser_gives_is_refused_in_words(cast, browser, wrong):
    said = {"endpoint": "https://push.example.org/x", "session_key": session_of(cast.ana)} | browser.given | wrong
    with pytest.raises(ValidationError):
        pushing.add_device(member=cast.ana, **said)
    assert not PushDevice.objects.exists()


def test_keys_are_told_from_what_is_none(browser):
    assert is_key(**browser.given)
    assert not is_key("=" * 88, "A") and not is_key("", "") and not is_key("ü" * 87, browser.given["secret"])


def test_ten_devices_are_enough_and_those_that_ended_do_not_count(cast, browser, receiver):
    for number in range(MOST_DEVICES):
        let_in(cast.ana, browser, receiver, str(number))
    with pytest.raises(ValidationError, match="10 devices ring for you already"):
        let_in(cast.ana, browser, receiver, "one-more")
    let_in(cast.ana, browser, receiver, "0")  # the same again
    PushDevice.objects.filter(endpoint__endswith="/5").update(session_key="ended")
    let_in(cast.ana, browser, receiver, "one-more")
    assert PushDevice.objects.count() == MOST_DEVICES


def test_a_device_is_taken_off_by_its_member_alone(cast, browser, receiver):
    device = let_in(cast.ana, browser, receiver)
    with pytest.raises(PermissionDenied):
        pushing.remove_device(member=cast.bea, device=device)
    client = Client()
    client.force_login(cast.ana)
    answer = client.post(f"/accounts/notifications/devices/{device.pk}/removal/", follow=True)
    assert "That device does not ring any more." in answer.text and "None yet." in answer.text
    assert not PushDevice.objects.exists()


def test_what_leaves_rings_for_those_who_asked(cast, browser, receiver):
    offer = make.availability(film=make.film(title="Heat", year=1995), ends_on=timezone.localdate() + timedelta(days=3))
    make.mark(member=cast.ana, film=offer.film, in_watchlist=True)
    let_in(cast.ana, browser, receiver)
    choose_ways(member=cast.ana, ways={"leaving": Way(False, Mailing.NEVER, True)})
    assert leaving.tell_of_leaving() == 1
    jobs.ring_devices()
    assert "leaves" in browser.said(receiver.got[0])["body"]


def test_the_form_keeps_what_is_ticked(cast):
    client = Client()
    client.force_login(cast.ana)
    ways = {f"{kind}_mailing": way.mailing for kind, way in all_ways(cast.ana).items()}
    client.post(CHOICES, ways | {"comment_push": "on", "reply_on_site": "on"})
    chosen = all_ways(cast.ana)
    assert chosen["comment"].push and not chosen["comment"].on_site and not chosen["reply"].push


def test_the_worker_keeps_no_pages(client):
    answer = client.get("/push.js")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/javascript")
    assert '"fetch"' not in answer.text and "showNotification" in answer.text
