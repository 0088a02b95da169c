"""Sending webhooks: signed, once and again, given up, and never in anybody's way. The receiver is a real one."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from jsonschema import Draft202012Validator
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.jobs import announce_to_all
from accounts.models import Delivery, Event, User, Webhook
from accounts.webhooks import delivering, registering
from accounts.webhooks.delivering import take_up_deliveries
from config.api.docs import description
from reviews.actions.diary import delete_viewing
from reviews.actions.following import follow_member
from reviews.actions.listing import delete_list
from reviews.actions.rating import mark_film
from reviews.actions.reviewing import delete_review
from reviews.jobs import send_to_webhook
from tests import make
from tests.accounts.receiver import Received, signature_of
from tests.api import FORMATS, Api
from tests.base import wait_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def hook(cast, receiver) -> tuple[Webhook, str]:
    """Ana's at the receiver, and its secret."""
    return make.webhook(member=cast.ana, address=receiver.address)


def hold_to_description(got: Received) -> None:
    """What the API's description says of such a message."""
    said = description()["webhooks"][got.said["type"]]["post"]
    schema = said["requestBody"]["content"]["application/json"]["schema"]
    whole = schema | {"components": description()["components"]}
    Draft202012Validator(whole, format_checker=FORMATS).validate(got.said)
    assert {header["name"] for header in said["parameters"]} <= got.headers.keys()


def jobs() -> list[dict]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="reviews.send_to_webhook")]


def test_a_program_is_told_what_the_api_shows_and_can_tell_who_says_so(cast, receiver, hook):
    webhook, secret = hook
    line = make.viewing(member=cast.ana, stars=4)
    send_to_webhook(webhook.pk)
    rated, logged = receiver.got
    assert (rated.said["type"], logged.said["type"]) == ("rating.changed", "diary.added")
    assert logged.said["data"] == Api(as_=cast.ana).get(f"diary/{line.pk}/").json()
    for got in receiver.got:
        hold_to_description(got)
    assert logged.said["timestamp"].endswith("Z") and logged.said.keys() == {"type", "timestamp", "data"}
    delivery = Delivery.objects.get(event="diary.added")
    assert logged.headers["webhook-id"] == f"msg_{delivery.key.hex}" != rated.headers["webhook-id"]
    assert abs(int(logged.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 10
    assert logged.headers["webhook-signature"] == signature_of(logged, secret)
    assert logged.headers["content-type"] == "application/json" and "authorization" not in logged.headers
    assert (delivery.state, delivery.status, delivery.attempts, delivery.due_at) == ("delivered", 204, 1, None)
    send_to_webhook(webhook.pk)
    assert len(receiver.got) == 2, "once"


def test_every_message_is_as_the_description_has_it(cast, receiver, hook):
    webhook, _secret = hook
    film, made = make.film(), make.film_list(member=cast.ana)
    send_to_webhook(webhook.pk)
    line = make.viewing(member=cast.ana, film=film, stars=3)
    mark_film(member=cast.ana, film=film, in_watchlist=True)
    review = make.review(member=cast.ana, film=film)
    follow_member(member=cast.fay, other=cast.ana)
    send_to_webhook(webhook.pk)
    delete_viewing(member=cast.ana, viewing=line)
    delete_review(member=cast.ana, review=review)
    delete_list(member=cast.ana, film_list=made)
    registering.send_test(member=cast.ana, webhook_id=webhook.pk)
    announce_to_all("film.changed", film.pk, {})
    announce_to_all("film.merged", 99999999, {"slug": "gone-2001", "into": film.pk})
    announce_to_all("film.deleted", 99999998, {"slug": "gone-2002"})
    send_to_webhook(webhook.pk)
    for got in receiver.got:
        hold_to_description(got)
    assert description()["webhooks"].keys() == {*Event.values, "test"}
    assert len({got.said["type"] for got in receiver.got}) == 13


def test_after_a_new_secret_both_sign_for_a_day(cast, receiver, hook):
    webhook, old = hook
    new = registering.renew_webhook_secret(member=cast.ana, webhook_id=webhook.pk)
    registering.send_test(member=cast.ana, webhook_id=webhook.pk)
    send_to_webhook(webhook.pk)
    [got] = receiver.got
    assert got.said["type"] == "test" and got.said["data"] == {}
    assert got.headers["webhook-signature"].split() == [signature_of(got, new), signature_of(got, old)]
    Webhook.objects.update(before_until=timezone.now() - timedelta(minutes=1))
    registering.send_test(member=cast.ana, webhook_id=webhook.pk)
    send_to_webhook(webhook.pk)
    assert receiver.got[1].headers["webhook-signature"] == signature_of(receiver.got[1], new)


def test_what_is_told_is_as_it_is_when_it_is_sent(cast, receiver, hook):
    webhook, _secret = hook
    film = make.film()
    mark_film(member=cast.ana, film=film, half_stars=2)
    mark_film(member=cast.ana, film=film, half_stars=9)
    send_to_webhook(webhook.pk)
    assert [got.said["data"]["stars"] for got in receiver.got] == [4.5]


def test_nothing_is_left_to_tell_of_what_is_gone(cast, receiver, hook):
    webhook, _secret = hook
    line = make.viewing(member=cast.ana)
    type(line).objects.all().delete()
    send_to_webhook(webhook.pk)
    assert Delivery.objects.get(event="diary.added").state == "dropped"
    assert "diary.added" not in [got.said["type"] for got in receiver.got]


def test_the_suspended_are_sent_nothing_until_they_are_back(cast, receiver, hook):
    webhook, _secret = hook
    make.film_list(member=cast.ana)
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    take_up_deliveries()
    send_to_webhook(webhook.pk)
    assert receiver.got == []
    User.objects.filter(pk=cast.ana.pk).update(is_active=True)
    send_to_webhook(webhook.pk)
    assert len(receiver.got) == 1


def test_each_minute_what_is_due_has_a_job_again(cast, receiver, hook):
    webhook, _secret = hook
    make.film_list(member=cast.ana)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    take_up_deliveries()
    take_up_deliveries()
    assert jobs() == [{"number": webhook.pk}]
    for hold in (
        {"rests_until": timezone.now() + timedelta(minutes=1)},
        {"taken_until": timezone.now() + timedelta(minutes=1)},
    ):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
        Webhook.objects.update(**hold)
        take_up_deliveries()
        assert jobs() == []
        send_to_webhook(webhook.pk)
        assert receiver.got == []
        Webhook.objects.update(rests_until=None, taken_until=None)


def test_a_run_ends_after_a_while_and_goes_on_as_another_job(cast, receiver, hook, monkeypatch):
    webhook, _secret = hook
    for _number in range(3):
        make.film_list(member=cast.ana)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    monkeypatch.setattr(delivering, "RUN", 0.0001)
    receiver.drip = 0.001
    send_to_webhook(webhook.pk)
    assert len(receiver.got) <= 1 and jobs() == [{"number": webhook.pk}]
    webhook.refresh_from_db()
    assert webhook.taken_until is None


def test_everybody_hears_of_the_catalogue_by_their_own_eyes(cast, receiver):
    film = make.film()
    hooks = [
        make.webhook(member=member, address=f"{receiver.address}&of={member}")[0] for member in (cast.ana, cast.bea)
    ]
    announce_to_all("film.changed", film.pk, {})
    for webhook in hooks:
        send_to_webhook(webhook.pk)
    assert {got.path for got in receiver.got} == {"/hook?house=1&of=ana", "/hook?house=1&of=bea"}
    assert {got.said["data"]["slug"] for got in receiver.got} == {film.slug}


@pytest.mark.django_db(transaction=True)
def test_of_two_jobs_at_once_one_sends(receiver):
    member = make.member()
    webhook = make.webhook(member=member, address=receiver.address, events=["list.changed"])[0]
    for _number in range(3):
        make.film_list(member=member)
    receiver.drip = 0.002

    def run() -> None:
        send_to_webhook(webhook.pk)
        connection.close()

    together = [threading.Thread(target=run) for _number in range(3)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    numbers = [json.loads(got.body)["data"]["id"] for got in receiver.got]
    assert sorted(numbers) == sorted(set(numbers)) and len(numbers) == 3


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_while_somebody_elses_machine_thinks(receiver):
    member = make.member()
    webhook = make.webhook(member=member, address=receiver.address, events=["list.changed"])[0]
    make.film_list(member=member)
    receiver.drip = 0.05

    def run() -> None:
        send_to_webhook(webhook.pk)
        connection.close()

    sending = threading.Thread(target=run)
    sending.start()
    wait_until(lambda: receiver.got)
    registering.switch_webhook(member=member, webhook_id=webhook.pk, on=False)
    make.film_list(member=member)
    assert sending.is_alive(), "it is still being sent"
    sending.join()
    assert webhook.deliveries.get().state == "failed", "what was switched off meanwhile stays so"
