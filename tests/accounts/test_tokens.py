"""Personal access tokens: told of by mail when they are made, and ended with the password that they were made by."""

import re
from functools import partial

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.actions import MOST_TOKENS
from accounts.models import AccessToken
from tests import make
from tests.base import all_at_once
from tests.staff import logged_in

pytestmark = pytest.mark.django_db
NEW = "another-seat-in-the-balcony"


def just_here(client: Client) -> Client:
    """As after giving the password once more."""
    session = client.session
    at = timezone.now().timestamp()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": at, "reauthenticated": True}]
    session.save()
    return client


def test_whoever_has_an_account_hears_of_a_token(cast):
    make.confirmed_address(cast.ana)
    ana = just_here(logged_in(cast.ana))
    made = ana.post("/accounts/tokens/", {"name": "My telephone", "scope": "write", "lifetime": "30"})
    by_program = ana.post("/api/v1/me/tokens/", {"name": "My clock", "scopes": ["read"]}, "application/json")
    assert (made.status_code, by_program.status_code) == (200, 201)
    assert [letter.to for letter in mail.outbox] == [[cast.ana.email]] * 2
    assert "“My telephone”" in mail.outbox[0].body and "“My clock”" in mail.outbox[1].body
    assert by_program.json()["secret"] not in mail.outbox[1].body


def lets_in(secret: str) -> bool:
    return Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_another_password_ends_all_tokens(cast):
    cast.ana.set_password(make.PASSWORD)
    cast.ana.save(update_fields=["password"])
    stolen, others = make.token(member=cast.ana)[1], make.token(member=cast.bea)[1]
    assert lets_in(stolen)
    said = {"oldpassword": make.PASSWORD, "password1": NEW, "password2": NEW}
    assert logged_in(cast.ana).post("/accounts/password/change/", said).status_code == 302
    assert not lets_in(stolen) and lets_in(others)

    stolen, visitor = make.token(member=cast.ana)[1], Client()
    visitor.post("/accounts/password/reset/", {"email": cast.ana.email})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
    assert link is not None
    form = visitor.get(link[1])["Location"]
    assert visitor.post(form, {"password1": f"{NEW}-2", "password2": f"{NEW}-2"}).status_code == 302
    assert not lets_in(stolen)
    assert AccessToken.objects.filter(member=cast.ana).count() == 0


@pytest.mark.django_db(transaction=True)
def test_there_are_never_too_many_also_when_many_are_made_at_once():
    member = make.member()
    for _number in range(MOST_TOKENS - 1):
        make.token(member=member)
    refused = all_at_once([partial(make.token, member=member) for _number in range(5)])
    assert len(refused) == 4 and AccessToken.objects.filter(member=member).count() == MOST_TOKENS
