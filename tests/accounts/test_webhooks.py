"""Webhooks: what a member does with theirs, on the pages, in the API and at the desk."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Delivery, Event, User, Webhook
from accounts.models.webhook import TEST
from accounts.webhooks import registering
from accounts.webhooks.delivering import KEPT, sweep_deliveries
from accounts.webhooks.signing import secrets_of
from tests import make, staff
from tests.api import Api, assert_golden
from tests.base import all_at_once
from tests.walk import log_in_afresh

pytestmark = pytest.mark.django_db
ADDRESS = "https://programs.example.org/hook"
PAGE = "/accounts/webhooks/"


def here(member: User) -> Client:
    client = staff.logged_in(member)
    log_in_afresh(client)
    return client


def in_session(member: User) -> Api:
    api = Api(as_=member)
    log_in_afresh(api.client)
    return api


def test_a_member_registers_one_and_sees_its_secret_once(cast):
    make.confirmed_address(cast.ana)
    ana = here(cast.ana)
    assert "No webhooks yet" in ana.get(PAGE).text
    answer = ana.post(f"{PAGE}registration/", {"address": ADDRESS, "events": ["diary.added", "film.merged"]})
    webhook = Webhook.objects.get()
    [secret] = re.findall(r"whsec_[A-Za-z0-9+/=]+", answer.text)
    assert (webhook.member, webhook.address, webhook.events) == (cast.ana, ADDRESS, ["diary.added", "film.merged"])
    assert secrets_of(webhook, timezone.now()) == [secret] and secret not in webhook.sealed
    page = ana.get(f"{PAGE}{webhook.pk}/")
    assert secret not in page.text and ADDRESS in page.text and "no-store" in page["Cache-Control"]
    assert "programs.example.org" in ana.get(PAGE).text and "2 events" in ana.get(PAGE).text
    [letter] = mail.outbox
    assert letter.to == [cast.ana.email] and "programs.example.org" in letter.body and "/hook" not in letter.body


def test_what_cannot_be_had_is_told_and_stays_in_the_form(cast):
    ana = here(cast.ana)
    wrong = ana.post(f"{PAGE}registration/", {"address": "http://example.org/hook", "events": ["diary.added"]})
    assert wrong.status_code == 422 and "begins with https://" in wrong.text
    assert 'value="http://example.org/hook"' in wrong.text and "checked" in wrong.text
    nothing = ana.post(f"{PAGE}registration/", {"address": ADDRESS})
    assert nothing.status_code == 422 and "Choose at least one of the events." in nothing.text
    unknown = ana.post(f"{PAGE}registration/", {"address": ADDRESS, "events": ["diary.burnt"]})
    assert unknown.status_code == 422
    make.webhook(member=cast.ana, address=ADDRESS)
    twice = ana.post(f"{PAGE}registration/", {"address": ADDRESS, "events": ["diary.added"]})
    assert twice.status_code == 422 and "already. Change that one." in twice.text
    assert Webhook.objects.count() == 1
    make.webhook(member=cast.bea, address=ADDRESS)  # somebody else may have the same


def test_one_is_changed_switched_tested_renewed_and_removed(cast):
    ana, (webhook, old) = here(cast.ana), make.webhook(member=cast.ana)
    own = f"{PAGE}{webhook.pk}/"
    assert ana.post(own, {"address": ADDRESS, "events": ["list.changed"]}).status_code == 302
    webhook.refresh_from_db()
    assert (webhook.address, webhook.events) == (ADDRESS, ["list.changed"])

    assert "It is on its way." in ana.post(f"{own}test/", follow=True).text
    ana.post(f"{own}test/")
    assert [one.event for one in webhook.deliveries.all()] == [TEST], "two presses, one test"

    page = ana.post(f"{own}secret/").text
    [new] = re.findall(r"whsec_[A-Za-z0-9+/=]+", page)
    webhook.refresh_from_db()
    assert secrets_of(webhook, timezone.now()) == [new, old]
    assert secrets_of(webhook, timezone.now() + timedelta(hours=25)) == [new]

    off = ana.post(f"{own}switch/", {"on": "0"}, follow=True).text
    assert "You switched it off." in off and "Switch it on" in off and "Send again" not in off
    assert webhook.deliveries.get().state == "failed"
    assert "It is switched on." in ana.post(f"{own}switch/", {"on": "1"}, follow=True).text
    ana.post(f"{own}deliveries/{webhook.deliveries.get().pk}/")
    assert webhook.deliveries.get().state == "waiting"

    ana.post(f"{own}removal/")
    assert not Webhook.objects.exists() and not Delivery.objects.exists()
    assert ana.post(f"{own}removal/").status_code == 302


def test_a_test_of_one_that_is_off_is_refused_with_a_sentence(cast):
    ana, (webhook, _secret) = here(cast.ana), make.webhook(member=cast.ana)
    registering.switch_webhook(member=cast.ana, webhook_id=webhook.pk, on=False)
    assert "Switch it on first." in ana.post(f"{PAGE}{webhook.pk}/test/", follow=True).text
    refused = in_session(cast.ana).post(f"me/webhooks/{webhook.pk}/test/")
    assert (refused.status_code, refused.json()["code"]) == (400, "off")


def test_nobody_floods_an_address_by_hand(cast, monkeypatch):
    monkeypatch.setattr(registering, "MOST_BY_HAND", 2)
    ana, (webhook, _secret) = here(cast.ana), make.webhook(member=cast.ana)
    for _time in range(2):
        assert "It is on its way." in ana.post(f"{PAGE}{webhook.pk}/test/", follow=True).text
    refused = ana.post(f"{PAGE}{webhook.pk}/deliveries/{webhook.deliveries.get().pk}/", follow=True).text
    assert "You have sent 2 messages by hand in five minutes." in refused
    assert in_session(cast.ana).post(f"me/webhooks/{webhook.pk}/test/").json()["code"] == "limit"


def test_those_of_others_are_not_there(cast):
    webhook, _secret = make.webhook(member=cast.bea, sent=True)
    delivery = webhook.deliveries.get()
    ana, api = here(cast.ana), in_session(cast.ana)
    assert "programs.example.org" not in ana.get(PAGE).text
    assert ana.get(f"{PAGE}{webhook.pk}/").status_code == 404
    for act in ("secret", "switch", "test", f"deliveries/{delivery.pk}"):
        assert ana.post(f"{PAGE}{webhook.pk}/{act}/").status_code == 404, act
    ana.post(f"{PAGE}{webhook.pk}/removal/")
    own, _secret = make.webhook(member=cast.ana)
    assert ana.post(f"{PAGE}{own.pk}/deliveries/{delivery.pk}/").status_code == 404
    assert api.get("me/webhooks/").json()["results"][0]["id"] == own.pk
    for method, path in (
        ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "secret/"), ("POST", "test/"), ("GET", "deliveries/"),
        ("POST", f"deliveries/{delivery.pk}/"),
    ):  # fmt: skip
        assert api.request(method, f"me/webhooks/{webhook.pk}/{path}", {}).status_code == 404, (method, path)
    assert api.post(f"me/webhooks/{own.pk}/deliveries/{delivery.pk}/").status_code == 404
    assert Webhook.objects.filter(pk=webhook.pk, off_at=None).exists()


def test_programs_do_the_same(cast):
    api = in_session(cast.ana)
    made = api.post("me/webhooks/", {"address": ADDRESS, "events": ["diary.added", "rating.changed"]})
    assert made.status_code == 201 and made.json()["secret"].startswith("whsec_")
    number = made.json()["id"]
    own = f"me/webhooks/{number}/"
    assert "secret" not in api.get(own).json()
    assert_golden("webhook", api.get(own))
    assert api.get("me/webhooks/").json()["results"] == [api.get(own).json()]
    assert api.patch(own, {"events": ["list.changed"]}).json()["events"] == ["list.changed"]
    off = api.patch(own, {"on": False}).json()
    assert (off["on"], off["off_because"], off["address"]) == (False, "member", ADDRESS)
    on = api.patch(own, {"on": True}).json()
    assert (on["on"], on["off_because"], on["off_at"]) == (True, None, None)
    assert api.post(f"{own}secret/").json().keys() == {"secret"}
    assert api.post(f"{own}test/").status_code == 202
    assert_golden("deliveries", api.get(f"{own}deliveries/"))
    sent = api.get(f"{own}deliveries/").json()
    again = api.post(f"{own}deliveries/{sent['results'][0]['id']}/")
    assert (again.status_code, again.json()["message_id"]) == (202, sent["results"][0]["message_id"])
    assert api.delete(own).status_code == 204 and api.get(own).status_code == 404


def test_programs_are_told_what_is_wrong(cast):
    api = in_session(cast.ana)
    for sent, field in (
        ({"address": "http://example.org", "events": ["diary.added"]}, "address"),
        ({"address": "https://10.0.0.1/", "events": ["diary.added"]}, "address"),
        ({"address": ADDRESS, "events": []}, "events"),
        ({"address": ADDRESS, "events": ["diary.burnt"]}, "events"),
        ({"events": ["diary.added"]}, "address"),
    ):
        refused = api.post("me/webhooks/", sent)
        assert refused.status_code == 400 and field in refused.json(), sent
    webhook, _secret = make.webhook(member=cast.ana)
    assert "address" in api.patch(f"me/webhooks/{webhook.pk}/", {"address": "https://localhost/"}).json()


def test_a_secret_is_shown_once_also_when_the_request_comes_twice(cast):
    api = in_session(cast.ana)
    body = {"address": ADDRESS, "events": ["diary.added"]}
    first, second = (api.post("me/webhooks/", body, **{"Idempotency-Key": "k1"}) for _time in range(2))
    assert (first.status_code, second.status_code) == (201, 409) and "secret" not in second.json()
    assert Webhook.objects.count() == 1


def test_no_token_and_no_old_login_registers_one(cast):
    body = {"address": ADDRESS, "events": ["diary.added"]}
    webhook, _secret = make.webhook(member=cast.ana)
    by_token = Api(token=make.token(member=cast.ana)[1])
    for method, path in (("GET", "me/webhooks/"), ("POST", "me/webhooks/"), ("GET", f"me/webhooks/{webhook.pk}/")):
        assert by_token.request(method, path, body).json()["code"] == "session_required"
    cast.ana.set_password(make.PASSWORD)
    cast.ana.save(update_fields=["password"])
    old = Api(as_=cast.ana)
    for method, path in (
        ("POST", "me/webhooks/"), ("PATCH", f"me/webhooks/{webhook.pk}/"), ("POST", f"me/webhooks/{webhook.pk}/secret/")
    ):  # fmt: skip
        assert old.request(method, path, body).json()["code"] == "reauthenticate"
    assert staff.logged_in(cast.ana).get(f"{PAGE}{webhook.pk}/")["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.django_db(transaction=True)
def test_there_are_never_too_many_also_when_many_are_made_at_once():
    member = make.member()
    for _number in range(registering.MOST_WEBHOOKS - 1):
        make.webhook(member=member)
    refused = all_at_once([partial(make.webhook, member=member) for _number in range(5)])
    assert len(refused) == 4 and Webhook.objects.filter(member=member).count() == registering.MOST_WEBHOOKS
    assert all(isinstance(one, ValidationError) and one.code == "most" for one in refused)


def test_another_password_switches_them_off(cast):
    cast.ana.set_password(make.PASSWORD)
    cast.ana.save(update_fields=["password"])
    (stolen, _one), (others, _two) = make.webhook(member=cast.ana, sent=True), make.webhook(member=cast.bea)
    new = f"{make.PASSWORD}-2"
    said = {"oldpassword": make.PASSWORD, "password1": new, "password2": new}
    assert staff.logged_in(cast.ana).post("/accounts/password/change/", said).status_code == 302
    stolen.refresh_from_db()
    others.refresh_from_db()
    assert (stolen.is_on, stolen.off_because, others.is_on) == (False, "password", True)
    assert stolen.deliveries.get().state == "failed"


def test_the_database_holds_what_a_webhook_is(cast):
    webhook, _secret = make.webhook(member=cast.ana, address=ADDRESS, sent=True)
    delivery = webhook.deliveries.get()
    rows, sent = Webhook.objects.filter(pk=webhook.pk), Delivery.objects.filter(pk=delivery.pk)
    wrong = (
        (rows, {"address": "http://example.org"}, "webhook_by_https"),
        (rows, {"events": []}, "webhook_wants_something"),
        (rows, {"off_at": timezone.now()}, "webhook_off_says_why"),
        (rows, {"off_because": "member"}, "webhook_off_says_why"),
        (sent, {"due_at": None}, "delivery_due_while_it_waits"),
        (sent, {"state": "delivered"}, "delivery_due_while_it_waits"),
        (sent, {"gone": {"id": 1}}, "delivery_gone_with_what_is_gone"),
    )
    for of, change, name in wrong:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            of.update(**change)
    with pytest.raises(IntegrityError, match="webhook_one_an_address"), transaction.atomic():
        Webhook.objects.create(member=cast.ana, address=ADDRESS, events=["diary.added"])
    with pytest.raises(IntegrityError, match="delivery_one_untried"), transaction.atomic():
        Delivery.objects.create(webhook=webhook, event=TEST, about=webhook.pk)


def test_what_is_old_is_swept(cast):
    webhook, _secret = make.webhook(member=cast.ana, sent=True)
    Delivery.objects.update(created_at=timezone.now() - KEPT + timedelta(minutes=1))
    sweep_deliveries()
    assert Delivery.objects.count() == 1
    Delivery.objects.update(created_at=timezone.now() - KEPT - timedelta(minutes=1))
    sweep_deliveries()
    assert Delivery.objects.count() == 0 and Webhook.objects.filter(pk=webhook.pk).exists()


def test_the_desk_shows_hosts_alone_and_switches_off(cast):
    webhook, secret = make.webhook(member=cast.ana, address="https://hooks.example.org/of-ana/s3cr3t", sent=True)
    boss = staff.logged_in(staff.administrator())
    desk = "/admin/accounts/webhook/"
    for page in (desk, staff.page_of(webhook), f"{desk}?state=on", f"{desk}?q=ana"):
        words = boss.get(page).text
        assert "hooks.example.org" in words and "s3cr3t" not in words and webhook.sealed not in words, page
    assert boss.get(f"{desk}?address__startswith=https://hooks.example.org/of").status_code in {302, 400}
    assert "hooks.example.org" not in boss.get(f"{desk}?state=off").text
    staff.act(boss, desk, "switch_off", [webhook])
    webhook.refresh_from_db()
    assert (webhook.is_on, webhook.off_because) == (False, "house")
    for somebody in (staff.curator(), staff.moderator()):
        assert staff.logged_in(somebody).get(desk).status_code == 403


def test_events_have_names_that_stay():
    assert Event.values == [
        "diary.added", "diary.changed", "diary.deleted", "review.posted", "review.changed", "review.deleted",
        "essay.posted", "essay.changed", "essay.deleted",
        "rating.changed", "watchlist.changed", "list.changed", "list.deleted", "follower.added",
        "film.added", "film.changed", "film.merged", "film.deleted",
    ]  # fmt: skip


def test_a_page_with_very_many_messages_costs_what_one_costs(cast, django_assert_max_num_queries):
    webhook, _secret = make.webhook(member=cast.ana, sent=True)
    Delivery.objects.bulk_create(
        Delivery(webhook=webhook, event="diary.added", about=number, attempts=1) for number in range(300)
    )
    ana = here(cast.ana)
    ana.get(f"{PAGE}{webhook.pk}/")
    with django_assert_max_num_queries(12):
        page = ana.get(f"{PAGE}{webhook.pk}/").text
    assert page.count("Send again") == 30
