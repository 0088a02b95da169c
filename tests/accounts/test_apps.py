"""Apps by OpenID Connect: registering one, being let in, acting for a member, and being shut out."""

import re
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.adapter import get_adapter
from allauth.idp.oidc.models import Token
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from accounts import connecting
from accounts.models import App, SigningKey, User
from reviews.actions.moderating import suspend
from tests import make
from tests.accounts.apps import BACK, answer_to, app_of, asking, browser_of, code_for, let_in, trade
from tests.api import Api
from tests.base import all_at_once
from tests.cast import gather
from tests.staff import moderator
from tests.walk import log_in_afresh

pytestmark = pytest.mark.django_db


def test_an_app_is_let_in_and_acts_for_a_member(cast):
    baby, (app, secret) = make.film(title="Baby Driver"), app_of(cast.bea)
    assert secret == ""  # it runs where anybody could read it

    browser = browser_of(cast.ana)
    question = browser.get(asking(app, "openid profile write"))
    assert "Let Rows in?" in question.text and "bea, a member" in question.text
    assert "Rate, write, list and change things in your name" in question.text
    assert "form-action 'self' https://rows.example.org" in question["Content-Security-Policy"]
    assert "no-store" in question["Cache-Control"]
    given = answer_to(browser, question.text, "grant", ["openid", "profile", "write"])
    back = urlsplit(given["Location"])
    assert given["Location"].startswith(f"{BACK}?") and parse_qs(back.query)["state"] == ["s1"]
    code = parse_qs(back.query)["code"][0]

    assert trade(app, code, code_verifier="somebody-elses" * 4).status_code == 400
    keys = trade(app, code_for(app, cast.ana, "openid profile write")).json()
    assert keys["token_type"] == "Bearer" and keys["expires_in"] == 3600
    api = Api(token=keys["access_token"])
    assert api.get("me/").json()["username"] == "ana"
    assert api.patch(f"films/{baby.slug}/me/", {"stars": 4.5}).json()["stars"] == 4.5
    assert api.get("me/tokens/").json()["code"] == "session_required"  # no app makes itself keys

    told = Client().get("/identity/o/api/userinfo", headers={"Authorization": f"Bearer {keys['access_token']}"}).json()
    assert told == {
        "sub": str(cast.ana.pk), "preferred_username": "ana", "name": "Ana",
        "profile": f"{settings.SITE_URL}/members/ana/",
    }  # fmt: skip
    signed = jwt.PyJWKSet.from_dict(Client().get("/.well-known/jwks.json").json())
    claims = jwt.decode(
        keys["id_token"], signed[jwt.get_unverified_header(keys["id_token"])["kid"]],
        algorithms=["RS256"], audience=app.pk, issuer=settings.SITE_URL,
    )  # fmt: skip
    assert claims["sub"] == str(cast.ana.pk)


def test_it_may_do_what_was_allowed_and_no_more(cast):
    baby, (app, _secret) = make.film(title="Baby Driver"), app_of(cast.bea)
    reading = Api(token=let_in(app, cast.ana, "openid read")["access_token"])
    assert reading.get("me/feed/").status_code == 200
    assert reading.patch(f"films/{baby.slug}/me/", {"liked": True}).json()["code"] == "scope"
    knowing = Api(token=let_in(app, cast.ana, "openid email")["access_token"])
    assert knowing.get("me/").json()["code"] == "scope"
    assert knowing.get("films/").json()["code"] == "scope"
    # The member may untick what it asked for.
    browser = browser_of(cast.cem)
    page = browser.get(asking(app, "openid read write")).text
    answer = answer_to(browser, page, "grant", ["openid", "read"])["Location"]
    keys = trade(app, parse_qs(urlsplit(answer).query)["code"][0]).json()
    assert Api(token=keys["access_token"]).patch(f"films/{baby.slug}/me/", {"liked": True}).json()["code"] == "scope"


def test_reading_all_is_not_the_email_nor_the_copy_of_everything(cast):
    app, _secret = app_of(cast.bea)
    make.export(member=cast.ana)
    for scope, email in (("openid read", None), ("openid read email", cast.ana.email)):
        api = Api(token=let_in(app, cast.ana, scope)["access_token"])
        assert api.get("me/").json()["email"] == email
        assert api.get("me/export/file/").json()["code"] == "session_required"


def test_another_password_shuts_all_apps_out(cast):
    app, _secret = app_of(cast.bea)
    cast.ana.set_password(make.PASSWORD)
    cast.ana.save(update_fields=["password"])
    keys, others = let_in(app, cast.ana, "openid read write"), let_in(app, cast.cem, "openid read")
    new = f"{make.PASSWORD}-2"
    browser = Client()
    browser.force_login(cast.ana)
    said = {"oldpassword": make.PASSWORD, "password1": new, "password2": new}
    assert browser.post("/accounts/password/change/", said).status_code == 302
    assert Api(token=keys["access_token"]).get("me/").json()["code"] == "bad_token"
    renewed = {"grant_type": "refresh_token", "refresh_token": keys["refresh_token"], "client_id": app.pk}
    assert Client().post("/identity/o/api/token", renewed).json()["error"] == "invalid_grant"
    assert Api(token=others["access_token"]).get("me/").status_code == 200


def test_who_says_no_gives_nothing(cast):
    app, _secret = app_of(cast.bea)
    browser = browser_of(cast.ana)
    page = browser.get(asking(app, "openid read")).text
    assert answer_to(browser, page, "cancel", ["openid"])["Location"] == f"{BACK}?error=access_denied&state=s1"
    sent = {"request": re.search(r'name="request" value="([^"]+)"', page)[1], "action": "grant", "scopes": ["openid"]}
    assert browser.post("/identity/o/authorize", sent).status_code == 403  # as another site would send it
    assert not Token.objects.exists()
    assert Client().get(asking(app, "openid"))["Location"].startswith("/accounts/login/?next=/identity/o/authorize")


def test_who_allows_nothing_is_asked_again_and_can_still_answer(cast):
    app, _secret = app_of(cast.bea)
    browser = browser_of(cast.ana)
    page = browser.get(asking(app, "openid read write")).text
    assert page.index("Know who you are") < page.index("Read all that") < page.index("Rate, write")
    again = answer_to(browser, page, "grant", [])
    assert again.status_code == 422 and "Choose what it may do, or say no." in again.text
    assert "form-action 'self' https://rows.example.org" in again["Content-Security-Policy"]
    assert "code=" in answer_to(browser, again.text, "grant", ["openid"])["Location"]


def test_nobody_is_sent_where_the_app_did_not_say(cast):
    app, _secret = app_of(cast.bea)
    browser = browser_of(cast.ana)
    for address in ("https://rows.example.org/elsewhere", "https://evil.example.org/back", "javascript:alert(1)"):
        refused = browser.get(asking(app, "openid", redirect_uri=address))
        assert refused.status_code == 400 and "cannot be let in" in refused.text
    assert browser.get(asking(App(pk="nobody"), "openid")).status_code == 404
    assert browser.get(asking(App(pk="\x00"), "openid")).status_code in {400, 404}
    without = asking(app, "openid").replace("code_challenge", "unasked")
    assert "error=invalid_request" in browser.get(without)["Location"]


def test_silence_is_kept_for_apps_that_were_let_in(cast):
    """What the member allowed to one app, another does not get without asking."""
    rows, seats = app_of(cast.bea)[0], app_of(cast.cem, name="Seats")[0]
    let_in(rows, cast.ana, "openid read")
    browser = browser_of(cast.ana)
    assert browser.get(asking(rows, "openid read", prompt="none"))["Location"].startswith(f"{BACK}?code=")
    assert "Let Seats in?" in browser.get(asking(seats, "openid read", prompt="none"), follow=True).text
    assert "Let Rows in?" in browser.get(asking(rows, "openid write", prompt="none"), follow=True).text


def test_keys_are_renewed_once_and_end(cast):
    app, secret = app_of(cast.bea, keeps_a_secret=True)
    keys = trade(app, code_for(app, cast.ana, "openid read"), client_secret=secret).json()
    asked = {"grant_type": "refresh_token", "refresh_token": keys["refresh_token"], "client_id": app.pk}
    assert Client().post("/identity/o/api/token", asked | {"client_secret": "guessed"}).status_code == 401
    newer = Client().post("/identity/o/api/token", asked | {"client_secret": secret}).json()
    assert Api(token=newer["access_token"]).get("me/").status_code == 200
    assert Client().post("/identity/o/api/token", asked | {"client_secret": secret}).status_code == 400  # used up
    other = connecting.renew_secret(member=cast.bea, app_id=app.pk)
    asked |= {"refresh_token": newer["refresh_token"]}
    assert Client().post("/identity/o/api/token", asked | {"client_secret": secret}).status_code == 401
    last = Client().post("/identity/o/api/token", asked | {"client_secret": other}).json()
    ended = {"token": last["access_token"], "client_id": app.pk, "client_secret": other}
    assert Client().post("/identity/o/api/revoke", ended).status_code == 200
    assert Api(token=last["access_token"]).get("me/").json()["code"] == "bad_token"


@pytest.mark.django_db(transaction=True)
def test_what_is_traded_twice_at_once_is_traded_once():
    people = gather()
    app, _secret = app_of(people.bea)
    code, answers = code_for(app, people.ana, "openid read"), []
    assert all_at_once([lambda: answers.append(trade(app, code)) for _try in range(5)]) == []
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400, 400]
    [keys] = [answer.json() for answer in answers if answer.status_code == 200]
    renewing = {"grant_type": "refresh_token", "refresh_token": keys["refresh_token"], "client_id": app.pk}
    renewed = []
    assert (
        all_at_once([lambda: renewed.append(Client().post("/identity/o/api/token", renewing)) for _ in range(5)]) == []
    )
    assert sorted(answer.status_code for answer in renewed) == [200, 400, 400, 400, 400]


def test_a_member_shuts_it_out(cast):
    app, _secret = app_of(cast.bea)
    keys = let_in(app, cast.ana, "openid read")
    member = Api(as_=cast.ana)
    (told,) = member.get("me/apps/").json()["results"]
    assert told | {"since": None} == {
        "id": app.pk, "name": "Rows", "made_by": {"username": "bea", "name": "Bea"}, "scopes": ["openid", "read"],
        "since": None,
    }  # fmt: skip
    page = member.client.get("/accounts/apps/").text
    assert "Rows" in page and "by Bea" in page and "Read all that you can read" in page
    assert Api(as_=cast.cem).request("DELETE", f"me/apps/{app.pk}/").status_code == 404
    member.client.post(f"/accounts/apps/{app.pk}/revocation/")
    assert Api(token=keys["access_token"]).get("me/").json()["code"] == "bad_token"
    renewed = {"grant_type": "refresh_token", "refresh_token": keys["refresh_token"], "client_id": app.pk}
    assert Client().post("/identity/o/api/token", renewed).json()["error"] == "invalid_grant"
    assert member.get("me/apps/").json()["results"] == []
    let_in(app, cast.ana, "openid read")
    assert member.request("DELETE", f"me/apps/{app.pk}/").status_code == 204
    assert not Token.objects.exists()


def test_the_member_hears_of_it_by_mail_once_and_another_password_ends_it(cast):
    make.confirmed_address(cast.ana)
    app, _secret = app_of(cast.bea)
    keys = let_in(app, cast.ana, "openid read")
    code_for(app, cast.ana, "openid read")
    (letter,) = mail.outbox
    assert letter.to == [cast.ana.email] and "“Rows”" in letter.body and letter.alternatives
    get_adapter().set_password(cast.ana, "another-seat-in-the-balcony")
    assert Api(token=keys["access_token"]).get("me/").json()["code"] == "bad_token"


def test_apps_of_the_suspended_are_over(cast):
    app, _secret = app_of(cast.bea)
    keys = let_in(app, cast.ana, "openid read")
    code = code_for(app, cast.ana, "openid read")
    suspend(moderator=moderator(), member=cast.bea, rule="spam", reason="She was warned.")
    assert Api(token=keys["access_token"]).get("me/").json()["code"] == "bad_token"
    assert trade(app, code).json()["error"] == "invalid_client"
    assert browser_of(cast.ana).get(asking(app, "openid")).status_code == 404


def test_a_suspended_member_is_not_acted_for(cast):
    app, _secret = app_of(cast.bea)
    keys = let_in(app, cast.ana, "openid read")
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert Api(token=keys["access_token"]).get("me/").json()["code"] == "bad_token"


@pytest.mark.parametrize(
    "address",
    [
        "", "back", "//example.org/back", "http://example.org/back", "javascript:alert(1)", "data:text/html,x",
        "https://*.example.org/", "https://example.org/#x", "https://a@example.org/", "https://exa;mple.org/",
        "https://example.org:port/", "myapp:/back", "https://ex ample.org/", f"https://example.org/{'x' * 500}",
    ],
)  # fmt: skip
def test_unsafe_addresses_are_refused(address):
    with pytest.raises(ValidationError):
        connecting.checked_addresses([address])


def test_addresses_of_machines_and_telephones_are_taken():
    taken = ["http://127.0.0.1/back", "http://[::1]:8000/back", "org.example.rows:/back", "https://example.org/a?b=c"]
    assert connecting.checked_addresses([*taken, " ", f" {taken[0]} "]) == taken


def test_a_developer_registers_changes_and_removes(cast):
    browser = Client()
    browser.force_login(cast.ana)
    log_in_afresh(browser)
    wrong = browser.post("/accounts/apps/registration/", {"name": "Rows", "addresses": "ftp://x/y", "kind": "public"})
    assert wrong.status_code == 422 and "ftp://x/y" in wrong.text and "Members cannot be sent to" in wrong.text
    made = browser.post(
        "/accounts/apps/registration/", {"name": "Rows", "addresses": f"{BACK}\n", "kind": "confidential"}
    )
    app = App.objects.get(owner=cast.ana)
    secret = re.search(r'class="secret">([^<]+)<', made.text)[1]
    assert app.pk in made.text and app.check_secret(secret)
    assert "secret" not in browser.get(f"/accounts/apps/{app.pk}/").text.split("class=")[0]
    browser.post(f"/accounts/apps/{app.pk}/", {"name": "Seats", "addresses": "org.example.seats:/back"})
    app.refresh_from_db()
    assert (app.name, app.get_redirect_uris()) == ("Seats", ["org.example.seats:/back"])
    assert Client().get(f"/accounts/apps/{app.pk}/").status_code == 302
    browser.post(f"/accounts/apps/{app.pk}/removal/")
    assert not App.objects.exists()
    for _number in range(connecting.MOST_APPS):
        app_of(cast.ana)
    with pytest.raises(ValidationError, match="10 apps already"):
        app_of(cast.ana)


def test_the_house_says_what_it_does(cast):
    told = Client().get("/.well-known/openid-configuration").json()
    assert told["issuer"] == settings.SITE_URL
    assert told["scopes_supported"] == ["openid", "profile", "email", "read", "write"]
    assert "device_authorization_endpoint" not in told and "end_session_endpoint" not in told
    for name in ("logout", "api/device/code"):
        assert Client().post(f"/identity/o/{name}").status_code == 404


def test_a_key_that_cannot_be_opened_is_followed_by_another(cast, settings):
    first = Client().get("/.well-known/jwks.json").json()
    assert Client().get("/.well-known/jwks.json").json() == first and SigningKey.objects.count() == 1
    assert "PRIVATE KEY" not in SigningKey.objects.get().sealed
    settings.SECRET_KEY = "another secret key, as after a move without the file"
    assert Client().get("/.well-known/jwks.json").json() != first
    assert SigningKey.objects.count() == 2


def test_secrets_cannot_be_tried_for_ever(cast, settings):
    settings.API_REQUESTS_ANONYMOUS = 2
    app, _secret = app_of(cast.bea, keeps_a_secret=True)
    answers = [trade(app, "code", client_secret="guessed") for _try in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert int(answers[-1]["Retry-After"]) > 0
