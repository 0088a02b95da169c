"""Webhooks that fail: tried again, left in peace, given up, switched off, and their members told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Webhook
from accounts.webhooks import registering
from accounts.webhooks.delivering import GIVEN_UP_AFTER, MOST_ATTEMPTS, PAUSES, send_what_waits
from reviews.actions.stopping import tell_that_webhook_stopped
from reviews.jobs import mail_at_once, send_to_webhook
from reviews.models import Notification
from tests import make, staff
from tests.accounts.receiver import signature_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hook(cast, receiver) -> tuple[Webhook, str]:
    """Ana's at the receiver, and its secret."""
    return make.webhook(member=cast.ana, address=receiver.address)


def as_if_rested(webhook: Webhook) -> None:
    """As when the next attempt is due."""
    webhook.deliveries.waiting().update(due_at=timezone.now())
    Webhook.objects.filter(pk=webhook.pk).update(rests_until=None)


def test_a_failure_is_tried_again_later_under_the_same_number(cast, receiver, hook):
    webhook, _secret = hook
    make.film_list(member=cast.ana)
    receiver.answers = [503]
    send_to_webhook(webhook.pk)
    webhook.refresh_from_db()
    delivery = webhook.deliveries.get()
    assert (delivery.state, delivery.status, delivery.trouble, delivery.attempts) == ("waiting", 503, "status", 1)
    assert timedelta(0) < delivery.due_at - timezone.now() <= PAUSES[0]
    assert webhook.failing_since and webhook.rests_until > timezone.now()
    send_to_webhook(webhook.pk)
    assert len(receiver.got) == 1, "it is left in peace"
    as_if_rested(webhook)
    send_to_webhook(webhook.pk)
    first, second = receiver.got
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    webhook.refresh_from_db()
    assert (webhook.failing_since, webhook.failures, webhook.rests_until) == (None, 0, None)
    assert webhook.deliveries.get().state == "delivered"


def test_one_message_is_given_up_after_eight_attempts_in_about_a_day(cast, receiver, hook):
    webhook, _secret = hook
    assert timedelta(hours=23) < sum(PAUSES, timedelta()) < timedelta(hours=26) and MOST_ATTEMPTS == 8
    make.film_list(member=cast.ana)
    receiver.answers = [500] * 9
    for _attempt in range(9):
        as_if_rested(webhook)
        send_to_webhook(webhook.pk)
    delivery = webhook.deliveries.get()
    assert (delivery.state, delivery.attempts, len(receiver.got)) == ("failed", 8, 8)


def test_a_dead_address_is_asked_once_whatever_waits_for_it(cast, receiver, hook):
    webhook, _secret = hook
    for _number in range(4):
        make.viewing(member=cast.ana, film=make.film())
    receiver.answers = [500] * 9
    send_to_webhook(webhook.pk)
    send_to_webhook(webhook.pk)
    assert len(receiver.got) == 1


def test_one_that_failed_for_days_is_switched_off_and_its_member_is_told_once(cast, receiver, hook):
    webhook, _secret = hook
    make.confirmed_address(cast.ana)
    make.film_list(member=cast.ana)
    receiver.answers = [500, 500]
    Webhook.objects.update(failing_since=timezone.now() - GIVEN_UP_AFTER + timedelta(minutes=5), failures=30)
    send_to_webhook(webhook.pk)
    webhook.refresh_from_db()
    assert webhook.is_on
    Webhook.objects.update(failing_since=timezone.now() - GIVEN_UP_AFTER - timedelta(minutes=5))
    as_if_rested(webhook)
    send_to_webhook(webhook.pk)
    webhook.refresh_from_db()
    assert (webhook.is_on, webhook.off_because) == (False, "failing")
    assert webhook.deliveries.get().state == "failed"
    [told] = Notification.objects.visible_to(cast.ana)
    assert (told.kind, told.is_on_site, told.mailing) == ("stopped", True, "now")
    mail_at_once()
    ana = staff.logged_in(cast.ana)
    assert "Nothing is sent to your webhook at localhost" in ana.get("/accounts/notifications/").text
    assert ana.post(f"/accounts/notifications/{told.pk}/")["Location"] == "/accounts/webhooks/"
    [letter] = mail.outbox
    assert letter.to == [cast.ana.email] and "localhost" in letter.subject and "nothing but errors" in letter.body
    assert "/accounts/webhooks/" in letter.body and "house=1" not in letter.body
    make.film_list(member=cast.ana)
    assert not webhook.deliveries.waiting().exists()
    registering.switch_webhook(member=cast.ana, webhook_id=webhook.pk, on=True)
    webhook.refresh_from_db()
    assert webhook.is_on and webhook.failing_since is None


def test_one_that_says_it_is_gone_is_believed_at_once(cast, receiver, hook):
    webhook, _secret = hook
    make.film_list(member=cast.ana)
    receiver.answers = [410]
    send_to_webhook(webhook.pk)
    webhook.refresh_from_db()
    assert webhook.off_because == "gone"


def test_a_test_is_tried_once_and_so_is_what_is_sent_again(cast, receiver, hook):
    webhook, _secret = hook
    test = registering.send_test(member=cast.ana, webhook_id=webhook.pk)
    receiver.answers = [500]
    send_to_webhook(webhook.pk)
    test.refresh_from_db()
    assert (test.state, test.status) == ("failed", 500)
    registering.send_again(member=cast.ana, webhook_id=webhook.pk, delivery_id=test.pk)
    send_to_webhook(webhook.pk)
    test.refresh_from_db()
    assert test.state == "delivered" and receiver.got[0].headers["webhook-id"] == receiver.got[1].headers["webhook-id"]


def test_with_another_key_of_the_site_nothing_is_sent_unsigned(cast, receiver, hook, settings):
    webhook, _secret = hook
    make.film_list(member=cast.ana)
    settings.SECRET_KEY = "another-one-altogether"
    send_to_webhook(webhook.pk)
    webhook.refresh_from_db()
    assert receiver.got == [] and webhook.off_because == "secret"
    secret = registering.renew_webhook_secret(member=cast.ana, webhook_id=webhook.pk)
    registering.switch_webhook(member=cast.ana, webhook_id=webhook.pk, on=True)
    registering.send_test(member=cast.ana, webhook_id=webhook.pk)
    send_to_webhook(webhook.pk)
    assert receiver.got[0].headers["webhook-signature"] == signature_of(receiver.got[0], secret)


def test_what_a_killed_job_had_begun_is_sent_by_another(cast, receiver, hook):
    webhook, _secret = hook
    made = make.film_list(member=cast.ana)

    def cut_off(*_given: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_what_waits(webhook.pk, cut_off, tell_that_webhook_stopped)
    delivery = webhook.deliveries.get()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    as_if_rested(webhook)
    send_to_webhook(webhook.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 2)
    assert [got.said["data"]["id"] for got in receiver.got] == [made.pk]


def test_one_message_that_is_never_taken_does_not_hold_up_the_others(cast, receiver, hook):
    webhook, _secret = hook
    first, second = make.film_list(member=cast.ana), make.film_list(member=cast.ana)
    receiver.answers = [500, 204]
    send_to_webhook(webhook.pk)
    Webhook.objects.update(rests_until=None)
    send_to_webhook(webhook.pk)
    assert [got.said["data"]["id"] for got in receiver.got] == [first.pk, second.pk]
    assert list(webhook.deliveries.order_by("pk").values_list("state", flat=True)) == ["waiting", "delivered"]
