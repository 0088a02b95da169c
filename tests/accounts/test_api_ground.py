"""What all endpoints share: who asks, limits, errors, conditional reads."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccessToken, User
from accounts.models.limit import count_request
from tests import make
from tests.api import Api, program
from tests.base import all_at_once

pytestmark = pytest.mark.django_db


# Who asks


def test_a_token_that_may_only_read_does_not_write(cast):
    film = make.film()
    reader = program(cast.ana, "read")
    assert reader.get(f"films/{film.slug}/me/").status_code == 200
    answer = reader.patch(f"films/{film.slug}/me/", {"stars": 4})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope")
    assert program(cast.ana, "write").patch(f"films/{film.slug}/me/", {"stars": 4}).status_code == 200


@pytest.mark.parametrize("secret", ["int_wrong", "", "x" * 5000, "int_é"])
def test_an_unknown_token_is_refused(cast, secret):
    answer = Api(token=secret or " ").get("films/")
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_token")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_ends(cast):
    token, secret = make.token(member=cast.ana)
    assert Api(token=secret).get("me/").status_code == 200
    AccessToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Api(token=secret).get("me/").status_code == 401
    AccessToken.objects.filter(pk=token.pk).update(expires_at=None)
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert Api(token=secret).get("me/").status_code == 401


def test_it_notes_the_use_of_a_token_once_a_minute(cast):
    token, secret = make.token(member=cast.ana)
    Api(token=secret).get("me/")
    first = AccessToken.objects.get(pk=token.pk).last_used_at
    Api(token=secret).get("me/")
    assert AccessToken.objects.get(pk=token.pk).last_used_at == first is not None
    AccessToken.objects.update(last_used_at=first - timedelta(minutes=2))
    Api(token=secret).get("me/")
    assert AccessToken.objects.get(pk=token.pk).last_used_at > first


def test_a_session_writes_only_with_its_csrf_token(cast):
    film = make.film()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.ana)
    path = f"/api/v1/films/{film.slug}/me/"
    answer = browser.patch(path, {"stars": 4}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    page = browser.get("/api/docs/")
    csrf = page.context["csrf_token"]
    allowed = browser.patch(path, {"stars": 4}, content_type="application/json", headers={"X-CSRFToken": str(csrf)})
    assert allowed.status_code == 200


def test_an_app_logs_in_without_a_browser(cast):
    cast.ana.set_password(make.PASSWORD)
    cast.ana.save()
    sent = {"username": "ana", "password": make.PASSWORD}
    answer = Client().post("/_allauth/app/v1/auth/login", sent, content_type="application/json")
    token = answer.json()["meta"]["session_token"]
    assert Api(**{"X-Session-Token": token}).get("me/").json()["username"] == "ana"
    refused = Api(**{"X-Session-Token": "gone"}).get("films/")
    assert (refused.status_code, refused.json()["code"]) == (401, "bad_session")


# Limits


def test_it_counts_every_request_and_says_when_to_come_back(cast, settings):
    settings.API_REQUESTS_ANONYMOUS = 3
    codes = [Api().get("films/").status_code for _number in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    refused = Api().get("films/")
    assert refused.json()["code"] == "throttled"
    assert 0 < int(refused["Retry-After"]) <= 301
    assert program(cast.ana).get("films/").status_code == 200  # members have their own count
    elsewhere = Api(**{"X-Forwarded-For": "203.0.113.9"})
    assert elsewhere.get("films/").status_code == 429  # nobody in front says so, so it is not believed


def test_refusals_count_too(settings):
    settings.API_REQUESTS_ANONYMOUS = 2
    codes = [Api().post("reviews/").status_code for _number in range(2)]
    codes += [Api(token="int_wrong").get("films/").status_code, Api().get("nowhere/").status_code]
    assert codes == [401, 401, 429, 429]


def test_a_member_has_one_count_for_all_tokens(cast, settings):
    settings.API_REQUESTS_MEMBER = 2
    assert [program(cast.ana).get("me/").status_code for _number in range(3)] == [200, 200, 429]
    assert program(cast.bea).get("me/").status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True), ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
     ("::ffff:192.0.2.1", "192.0.2.1", True), ("192.0.2.1", "192.0.2.2", False)],
)  # fmt: skip
def test_a_home_of_ipv6_is_one_address(settings, first, second, same):
    settings.API_REQUESTS_ANONYMOUS = 1
    assert Client().get("/api/v1/films/", REMOTE_ADDR=first).status_code == 200
    assert Client().get("/api/v1/films/", REMOTE_ADDR=second).status_code == (429 if same else 200)


@pytest.mark.django_db(transaction=True)
def test_the_count_is_exact_when_many_ask_at_once():
    seen: list[int] = []

    def ask() -> None:
        seen.extend(count_request("address:test", 7) for _number in range(20))

    assert all_at_once([ask] * 20) == []
    assert sorted(seen) == list(range(1, 401))
    assert count_request("address:test", 8) == 1


# Errors and hostile input


HOSTILE = {
    "deep": b"[" * 200_000,
    "deep object": b'{"a":' * 100_000,
    "nul": b'{"body": "a\\u0000b"}',
    "lone surrogate": b'{"body": "\\ud800"}',
    "surrogate as a name": b'{"\\udfff": 1}',
    "not a number": b'{"stars": NaN}',
    "infinite": b'{"stars": Infinity}',
    "not json": b"stars=4",
    "not text": b"\xff\xfe{}",
    "cut short": b'{"stars": ',
    "a list": b"[1, 2]",
    "a number": b"7",
    "nothing": b"",
    "long number": b'{"stars": ' + b"9" * 10_000 + b"}",
    "huge number": b'{"stars": 1e400}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_refuses_hostile_json(cast, name):
    film = make.film()
    answer = program(cast.ana).request("PATCH", f"films/{film.slug}/me/", HOSTILE[name])
    assert answer.status_code in ({200} if name == "nothing" else {400}), answer.content
    assert film.marks.filter(half_stars__isnull=False).count() == 0


def test_it_takes_json_alone(cast):
    film = make.film()
    _token, secret = make.token(member=cast.ana)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = Client().generic(
            "PATCH",
            f"/api/v1/films/{film.slug}/me/",
            b'{"stars": 4}',
            kind,
            headers={"Authorization": f"Bearer {secret}"},
        )
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_it_refuses_a_body_that_is_too_large(cast, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = Api(token=make.token(member=cast.ana)[1]).client.generic(
        "POST", "/api/v1/reviews/", b'{"body": "' + b"x" * 2000 + b'"}', "application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("path", "status"),
    [("films/%00/", 404), ("reviews/99999999999999999999/", 404), ("reviews/0/", 404), ("nowhere/", 404),
     ("films/%ED%A0%80/", 404), ("films/?search=%00", 400), ("films/?%00=1", 400), ("members/%F0%9F%8D%BF/", 404)],
)  # fmt: skip
def test_it_survives_strange_addresses(path, status):
    answer = Api().get(path)
    assert answer.status_code == status
    assert set(answer.json()) == {"detail", "code"}


def test_every_refusal_has_the_same_shape():
    for answer in (Api().put("films/"), Api().delete("films/"), Api().request("OPTIONS", "films/")):
        assert answer.status_code in {401, 405}
        assert set(answer.json()) == {"detail", "code"}
    assert Api().get("films").status_code == 301


def test_it_says_where_to_begin():
    places = Api().get("").json()
    assert places["films"] == "http://testserver/api/v1/films/"
    assert all(Api().get(address).status_code in {200, 400, 401} for address in places.values())


# Conditional reads


def test_it_answers_304_until_something_changes(cast):
    film = make.film()
    first = Api().get(f"films/{film.slug}/")
    assert first["ETag"].startswith('"')
    assert "Last-Modified" in first
    again = Api().get(f"films/{film.slug}/", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    make.mark(member=cast.ana, film=film, stars=4)
    changed = Api().get(
        f"films/{film.slug}/", **{"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    )
    assert changed.status_code == 200
    # A date cannot see a tally: by itself it never hides a change.
    assert Api().get(f"films/{film.slug}/", **{"If-Modified-Since": first["Last-Modified"]}).status_code == 200


def test_what_is_for_one_member_is_kept_for_nobody_else(cast):
    answer = program(cast.ana).get("me/")
    assert {"Authorization", "Cookie", "X-Session-Token"} <= {word.strip() for word in answer["Vary"].split(",")}
    assert "private" in answer["Cache-Control"]
    made = program(cast.ana).patch("me/", {})
    assert made["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer
