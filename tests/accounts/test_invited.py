"""While sign-up is by invitation nobody comes in without one, whichever door they try."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Invite, User
from tests.base import all_at_once

pytestmark = pytest.mark.django_db
PASSWORD = "popcorn-and-a-balcony-seat"


@pytest.fixture
def code(cast, settings) -> str:
    settings.SIGNUP = "invite"
    return Invite.objects.create(created_by=cast.dora).code


def by_program(**said: str):
    sent = {"email": "zoe@example.org", "username": "zoe", "password": PASSWORD} | said
    return Client().post("/_allauth/app/v1/auth/signup", json.dumps(sent), content_type="application/json")


def test_a_program_signs_up_with_a_code_and_not_without(code):
    for said, wrong in (({}, "required"), ({"invite": "none-such"}, "invite")):
        refused = by_program(**said)
        told = [(error["param"], error["code"]) for error in refused.json()["errors"]]
        assert (refused.status_code, told) == (400, [("invite", wrong)])
    assert not User.objects.filter(username="zoe").exists()
    assert by_program(invite=code).json()["meta"]["is_authenticated"]
    assert Invite.objects.get().used_by == User.objects.get(username="zoe")
    assert by_program(invite=code, email="yan@example.org", username="yan").status_code == 400


def test_the_page_asks_for_the_code_last(client, code):
    page = client.get("/accounts/signup/")
    assert list(page.context["form"].fields) == ["email", "username", "password1", "invite"]
    sent = {"email": "zoe@example.org", "username": "zoe", "password1": PASSWORD}
    refused = client.post("/accounts/signup/", sent | {"invite": "none-such"})
    assert "Ask whoever invited you for another" in refused.text and 'value="none-such"' in refused.text
    assert client.post("/accounts/signup/", sent | {"invite": f" {code} "}).status_code == 302
    assert Invite.objects.get().used_by.username == "zoe"


@pytest.mark.django_db(transaction=True)
def test_of_two_with_one_code_one_comes_in(code):
    statuses = []

    def sign_up(name: str):
        sent = {"email": f"{name}@example.org", "username": name, "password1": PASSWORD, "invite": code}
        statuses.append(Client().post("/accounts/signup/", sent).status_code)

    assert all_at_once([lambda: sign_up("zoe"), lambda: sign_up("yan")]) == []
    assert statuses.count(302) == 1
    assert User.objects.filter(username__in=["zoe", "yan"]).count() == 1


ASKED = """
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.forms import SignupForm
from allauth.socialaccount.models import SocialLogin
from accounts.models import User
login = SocialLogin(user=User(), email_addresses=[])
print(get_adapter().is_auto_signup_allowed(None, login), "invite" in SignupForm(sociallogin=login).fields)
"""


@pytest.mark.parametrize(("signup", "said"), [("open", "True False"), ("invite", "False True")])
def test_whoever_comes_from_another_service_is_asked_too(signup, said):
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "SIGNUP": signup}
    env |= {"GITHUB_CLIENT_ID": "id", "GITHUB_CLIENT_SECRET": "secret"}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", ASKED]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True)
    assert done.stdout.split() == said.split(), done.stderr
