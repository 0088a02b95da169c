"""A session is its member's, and ends when they say so, or when the house does."""

import secrets

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from reviews.actions.moderating import reinstate, suspend
from tests import make

pytestmark = pytest.mark.django_db

SETTINGS = "/accounts/settings/"
NEW = "another-seat-in-the-balcony"


@pytest.fixture
def devices(cast) -> tuple[Client, Client]:
    """Two of Ana's."""
    cast.ana.set_password(make.PASSWORD)
    cast.ana.save()
    return logged_in(Client()), logged_in(Client())


def logged_in(device: Client) -> Client:
    answer = device.post("/accounts/login/", {"login": "ana", "password": make.PASSWORD})
    assert answer.status_code == 302
    return device


def is_in(device: Client) -> bool:
    return device.get(SETTINGS).status_code == 200


def test_another_password_ends_every_session_but_the_one_that_set_it(devices):
    here, there = devices
    assert is_in(here) and is_in(there)
    said = {"oldpassword": make.PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/change/", said).status_code == 302
    assert is_in(here) and not is_in(there)


def test_a_suspension_ends_every_session_at_once(cast, devices):
    here, there = devices
    eli = make.allow(cast.eli, "accounts.suspend_user")
    suspend(moderator=eli, member=cast.ana, rule="spam", reason="Nothing but adverts.")
    assert not is_in(here) and not is_in(there)
    reinstate(moderator=eli, member=cast.ana)
    assert is_in(here), "It was the door that was closed, not the session."


def test_logging_out_leaves_nothing_that_would_open_the_door_again(devices):
    here, _there = devices
    key = here.cookies[settings.SESSION_COOKIE_NAME].value
    here.post("/accounts/logout/")
    again = Client()
    again.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(again)


def test_a_session_keeps_a_form_until_the_password_is_given_but_no_megabytes(devices):
    here, _there = devices
    for name, kept in (("My telephone", True), (secrets.token_hex(200_000), False)):
        asked = here.post("/accounts/tokens/", {"name": name, "scope": "read", "lifetime": "30"})
        assert asked["Location"].startswith("/accounts/reauthenticate/")
        stored = Session.objects.get(pk=here.cookies[settings.SESSION_COOKIE_NAME].value).session_data
        assert len(stored) < 20_000
        assert ("account_reauthentication_state" in here.session) is kept
    assert here.post(asked["Location"], {"password": make.PASSWORD})["Location"] == "/accounts/tokens/"


def test_whoever_logs_in_gets_a_session_that_nobody_planted(cast):
    cast.ana.set_password(make.PASSWORD)
    cast.ana.save()
    planted = "k" * 32
    device = Client()
    device.cookies[settings.SESSION_COOKIE_NAME] = planted
    key = logged_in(device).cookies[settings.SESSION_COOKIE_NAME].value
    assert key != planted and len(key) == 32
    visitor = Client()
    visitor.session["seen"] = 1
    before = visitor.session.session_key
    assert logged_in(visitor).cookies[settings.SESSION_COOKIE_NAME].value != before
