"""Webhooks that are changed: who hears of it, and what can be changed of one that could not be registered today."""

import pytest
from django.core import mail

from accounts.models import Webhook
from tests import make
from tests.accounts.test_webhooks import ADDRESS, PAGE, here, in_session

pytestmark = pytest.mark.django_db


def test_another_address_is_told_by_mail(cast):
    """Whoever came in for a moment could have what happens told to a machine of theirs."""
    make.confirmed_address(cast.ana)
    webhook, _secret = make.webhook(member=cast.ana, address=ADDRESS, events=["list.changed"])
    own, api = f"{PAGE}{webhook.pk}/", in_session(cast.ana)
    here(cast.ana).post(own, {"address": ADDRESS, "events": ["diary.added"]})
    api.patch(f"me/webhooks/{webhook.pk}/", {"address": ADDRESS, "on": True})
    assert mail.outbox == []
    here(cast.ana).post(own, {"address": "https://one.example.org/", "events": ["diary.added"]})
    api.patch(f"me/webhooks/{webhook.pk}/", {"address": "https://two.example.org/"})
    assert ["one.example.org" in letter.body for letter in mail.outbox] == [True, False]
    assert "two.example.org" in mail.outbox[1].body


def test_one_whose_address_would_be_refused_today_can_be_switched_off(cast):
    webhook, _secret = make.webhook(member=cast.ana)
    Webhook.objects.update(address="https://10.0.0.1/hook")
    off = in_session(cast.ana).patch(f"me/webhooks/{webhook.pk}/", {"on": False})
    assert (off.status_code, off.json()["on"]) == (200, False)
