import json
import logging

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import path

from config import errors, logs, request_log
from config.settings import SECURE_CSP

pytestmark = pytest.mark.django_db


def broken(request):
    raise ValueError("a mistake of ours")


def away(request):
    raise OperationalError("the server closed the connection unexpectedly")


def full(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE 'could not extend a file' USING ERRCODE = 'disk_full'; END $$")


def unwritable(request):
    with open("/dev/full", "w") as disk:
        disk.write("words")


VIEWS = (broken, away, full, unwritable)
urlpatterns = [path(f"{where}{view.__name__}", view) for view in VIEWS for where in ("", "api/")]
handler500 = errors.server_error


@pytest.fixture
def breaking(settings):
    """A site whose pages break; its client gets the answer that a visitor would."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status"), [("/healthz", 200), ("/nowhere-at-all/", 404), ("/media/none.webp", 404)]
)
def test_every_answer_carries_the_headers(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert len(answer["X-Request-ID"]) == 32


def test_the_policy_allows_nothing_but_ourselves():
    allowed = {source for sources in SECURE_CSP.values() if isinstance(sources, list) for source in sources}
    assert allowed == {"'none'", "'self'"}


def test_trace_is_refused(client):
    assert client.trace("/").status_code == 405


def test_a_mistake_of_ours_is_a_500_and_the_policy_holds(breaking):
    answer = breaking.get("/broken")
    assert answer.status_code == 500
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"a mistake of ours" not in answer.content


def test_a_database_that_is_away_is_a_503_to_try_again(breaking):
    answer = breaking.get("/away")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    assert b"closed the connection" not in answer.content


@pytest.mark.parametrize("address", ["/full", "/unwritable"])
def test_a_disk_that_is_full_is_said_to_be(breaking, address):
    answer = breaking.get(address)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "300", "no-store")
    assert b"whoever looks after the house has to make room" in answer.content
    assert "no room left" in breaking.get(f"/api{address}").json()["detail"]


@pytest.mark.parametrize(("address", "code"), [("broken", "error"), ("away", "unavailable"), ("full", "unavailable")])
def test_programs_get_json(breaking, address, code):
    assert breaking.get(f"/api/{address}").json()["code"] == code


def logged(caplog, client, address, **headers) -> logging.LogRecord:
    with caplog.at_level(logging.INFO, "intermission.request"):
        client.get(address, headers=headers)
    return next(record for record in caplog.records if record.name == "intermission.request")


def test_a_request_leaves_one_line_without_what_identifies(client, caplog):
    record = logged(caplog, client, "/nowhere\x1b[31m\n/?q=secret")
    line = logs.Json().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["status"], told["method"], told["address"]) == (404, "GET", "127.0.0.0")
    assert "secret" not in line
    assert "\x1b" not in logs.Plain().format(record)
    assert "\n" not in logs.Plain().format(record)


@pytest.mark.parametrize(
    "address", ["/lists/7/link/{}/", "/accounts/notifications/unsubscribe/{}/", "/accounts/password/reset/key/7-{}/"]
)
def test_what_opens_a_page_is_not_written_down(db, client, caplog, address):
    record = logged(caplog, client, address.format("cprbu8-b6a7c2"))
    assert "cprbu8" not in logs.Json().format(record) and "…/" in record.getMessage()


def test_an_id_from_outside_counts_only_behind_a_trusted_proxy(client, settings):
    given = {"X-Request-ID": "0123456789abcdef"}
    assert client.get("/nowhere/", headers=given)["X-Request-ID"] != given["X-Request-ID"]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client.get("/nowhere/", headers=given)["X-Request-ID"] == given["X-Request-ID"]
    assert client.get("/nowhere/", headers={"X-Request-ID": "a\nb" * 9})["X-Request-ID"] != "a\nb" * 9


@pytest.mark.parametrize(
    ("address", "short"),
    [("192.0.2.77", "192.0.2.0"), ("2001:db8:1:2:3::4", "2001:db8:1::"), ("unknown", "")],
)
def test_addresses_are_shortened(address, short):
    assert request_log.shortened(address) == short


def test_json_is_for_programs():
    ask = RequestFactory().get
    assert errors.wants_json(ask("/api/v1/films/"))
    assert not errors.wants_json(ask("/films/"))
