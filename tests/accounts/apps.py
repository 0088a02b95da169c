"""Apps, and what a browser and an app do when a member lets one in."""

import base64
import hashlib
import re
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from accounts import connecting
from accounts.models import App, User

BACK = "https://rows.example.org/back"
VERIFIER = "a-verifier-of-more-than-forty-three-signs-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def app_of(member: User, *, name: str = "Rows", keeps_a_secret: bool = False, back: str = BACK) -> tuple[App, str]:
    return connecting.register_app(member=member, name=name, addresses=[back], keeps_a_secret=keeps_a_secret)


def browser_of(member: User) -> Client:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)
    return browser


def asking(app: App, scope: str, **more: str) -> str:
    asked = {
        "client_id": app.pk, "response_type": "code", "scope": scope, "redirect_uri": BACK, "state": "s1",
        "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    }  # fmt: skip
    return f"/identity/o/authorize?{urlencode(asked | more)}"


def answer_to(browser: Client, page: str, action: str, scopes: list[str]):
    sent = {
        "request": re.search(r'name="request" value="([^"]+)"', page)[1],
        "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1],
        "scopes": scopes, "action": action,
    }  # fmt: skip
    return browser.post("/identity/o/authorize", sent)


def code_for(app: App, member: User, scope: str, **more: str) -> str:
    browser = browser_of(member)
    page = browser.get(asking(app, scope, **more)).text
    return parse_qs(urlsplit(answer_to(browser, page, "grant", scope.split())["Location"]).query)["code"][0]


def trade(app: App, code: str, **more: str):
    sent = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": app.pk,
        "code_verifier": VERIFIER,
    }  # fmt: skip
    return Client().post("/identity/o/api/token", sent | more)


def let_in(app: App, member: User, scope: str) -> dict[str, str]:
    return trade(app, code_for(app, member, scope)).json()
