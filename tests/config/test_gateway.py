"""The gateway, asked as the server would ask it. Through the real server it is asked in test_server.py."""

import asyncio
import json
import threading
import time

import pytest
from django.http import FileResponse

from config import gateway
from config.gateway import Gateway


def application(environ, start_response):
    """Answers with what it was asked; `/slow` only when it is let go."""
    if environ["PATH_INFO"] == "/slow":
        application.gate.wait(5)
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Length", environ["CONTENT_LENGTH"])])
    application.seen = environ
    return [b"<", body, b">"]


@pytest.fixture(autouse=True)
def _gate():
    application.gate = threading.Event()
    yield
    application.gate.set()


def small(application=application, **changes) -> Gateway:
    return Gateway(application, **{"threads": 1, "waiting": 1, "largest_body": 1000} | changes)


async def ask(
    site: Gateway, *chunks: bytes, path: str = "/", headers: dict | None = None, method: str = "POST", pause=0.0
):
    """Send a request with its body in these chunks; gives status, headers, body."""
    sent = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    if chunks and not headers:
        sent.append((b"transfer-encoding", b"chunked"))
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "http_version": "1.1",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"a=1",
        "headers": sent,
        "client": ("192.0.2.7", 1),
        "server": ("127.0.0.1", 80),
    }
    waiting = list(chunks) or [b""]
    answered: list[dict] = []

    async def receive():
        await asyncio.sleep(pause)
        if not waiting:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message):
        answered.append(message)

    await site(scope, receive, send)
    if not answered:
        return None
    return answered[0]["status"], dict(answered[0]["headers"]), b"".join(part["body"] for part in answered[1:])


def test_a_body_in_pieces_arrives_whole_with_its_length():
    status, headers, body = asyncio.run(ask(small(), b"one ", b"two ", b"three"))
    assert (status, body, headers[b"x-length"]) == (200, b"<one two three>", b"13")


def test_the_application_sees_the_request_as_it_was_sent():
    headers = {
        "Host": "films.example.org",
        "Cookie": "a=1",
        "X-Forwarded-For": "192.0.2.9",
        "X_Forwarded_Proto": "https",
    }
    asyncio.run(ask(small(), path="/films/am%C3%A9lie-2001/", headers=headers, method="GET"))
    seen = application.seen
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/films/amélie-2001/"
    assert (seen["REMOTE_ADDR"], seen["QUERY_STRING"], seen["HTTP_COOKIE"]) == ("192.0.2.7", "a=1", "a=1")
    assert "HTTP_X_FORWARDED_PROTO" not in seen  # an underscore must not pass for a dash


def test_a_head_request_gets_no_body():
    assert asyncio.run(ask(small(), method="HEAD"))[2] == b""


def test_a_file_of_the_disk_is_sent_itself_and_stays_as_it_is(tmp_path):
    stored = tmp_path / "large.gz"
    stored.write_bytes(b"0123456789" * 100_000)

    def answer(environ, start_response):
        file = stored.open("rb")
        file.read(3)
        start_response("200 OK", [("Content-Length", "999997")])
        answered.append(FileResponse(file))
        return answered[-1]

    answered: list[FileResponse] = []
    status, _headers, body = asyncio.run(ask(small(application=answer), method="GET"))
    assert (status, len(body), body[:4]) == (200, 999_997, b"3456") and answered[0].closed
    assert asyncio.run(ask(small(application=answer), method="HEAD"))[2] == b""
    assert stored.stat().st_size == 1_000_000


def test_a_body_announced_too_large_is_refused_before_it_comes():
    status, headers, body = asyncio.run(ask(small(), headers={"Content-Length": "1001"}))
    assert (status, headers[b"connection"]) == (413, b"close")
    assert b"too large" in body


def test_a_body_that_grows_too_large_is_refused():
    assert asyncio.run(ask(small(), b"x" * 600, b"x" * 600))[0] == 413


def test_programs_are_told_by_a_code_of_its_own_that_a_body_is_too_large():
    body = asyncio.run(ask(small(), path="/api/v1/films/", headers={"Content-Length": "1001"}))[2]
    assert json.loads(body)["code"] == "too_large"


def test_a_body_of_the_largest_size_is_taken():
    assert asyncio.run(ask(small(), b"x" * 600, b"x" * 400))[0] == 200


def test_a_body_that_does_not_come_is_given_up(monkeypatch):
    monkeypatch.setattr(gateway, "BODY_SECONDS", 0.2)
    began = time.monotonic()
    assert asyncio.run(ask(small(), b"a", b"b", pause=0.15))[0] == 408
    assert time.monotonic() - began < 2


def test_a_client_that_goes_away_costs_nothing_more():
    site = small()
    assert asyncio.run(ask(site, headers={"Content-Length": "9"}, pause=0)) is not None
    assert site.inside == 0


def test_more_requests_than_may_wait_are_refused_at_once_and_health_is_not():
    async def crowd():
        site = small(threads=1, waiting=1)
        first = [asyncio.ensure_future(ask(site, path="/slow", method="GET", pause=9)) for _ in range(2)]
        await asyncio.sleep(0.1)
        began = time.monotonic()
        refused = await ask(site, path="/", method="GET")
        took = time.monotonic() - began
        health = asyncio.ensure_future(ask(site, path="/healthz", method="GET"))
        await asyncio.sleep(0)
        application.gate.set()
        return (
            refused,
            took,
            [answer[0] for answer in await asyncio.gather(*first, health)],
            await ask(site, method="GET"),
        )

    (status, headers, _), took, served, after = asyncio.run(crowd())
    assert (status, headers[b"retry-after"]) == (503, b"2")
    assert took < 0.1
    assert served == [200, 200, 200]
    assert after[0] == 200


def test_requests_that_would_wait_too_long_are_refused_while_there_is_room():
    async def crowd():
        site = small(threads=1, waiting=9, patience=0.3)
        site.pace = 0.2
        first = [asyncio.ensure_future(ask(site, path="/slow", method="GET", pause=9)) for _ in range(2)]
        await asyncio.sleep(0.05)
        refused = await ask(site, path="/api/v1/films/", method="GET")
        application.gate.set()
        return refused, [answer[0] for answer in await asyncio.gather(*first)]

    (status, headers, body), served = asyncio.run(crowd())
    assert (status, headers[b"retry-after"], json.loads(body)["code"]) == (503, b"2", "busy")
    assert served == [200, 200]


def test_what_is_at_hand_passes_those_who_wait():
    async def crowd():
        site = small(threads=1, waiting=1, at_hand=lambda scope: scope["path"] == "/kept")
        slow = [asyncio.ensure_future(ask(site, path="/slow", method="GET", pause=9)) for _ in range(2)]
        await asyncio.sleep(0.05)
        passed = [(await ask(site, path=path, method="GET"))[0] for path in ("/kept", "/other")]
        waits = [one.done() for one in slow]
        application.gate.set()
        return passed, waits, [answer[0] for answer in await asyncio.gather(*slow)]

    assert asyncio.run(crowd()) == ([200, 503], [False, False], [200, 200])


def test_the_pace_is_learnt_from_those_who_waited():
    async def crowd():
        site = small(threads=1, waiting=9)
        application.gate.set()
        await ask(site, method="GET")
        alone = site.pace
        application.gate.clear()
        application.gate.wait = lambda seconds: time.sleep(0.05)
        await asyncio.gather(*(ask(site, path="/slow", method="GET", pause=9) for _ in range(5)))
        return alone, site.pace

    alone, pace = asyncio.run(crowd())
    assert alone == 0 and 0.03 < pace < 0.5


def test_a_request_whose_wait_became_too_long_is_refused_and_not_run():
    async def crowd():
        site = small(threads=1, waiting=9, patience=0.1)
        first = asyncio.ensure_future(ask(site, path="/slow", method="GET"))
        second = asyncio.ensure_future(ask(site, path="/late", method="GET", pause=1))
        await asyncio.sleep(0.4)
        application.gate.set()
        return [answer[0] for answer in await asyncio.gather(first, second)]

    assert asyncio.run(crowd()) == [200, 503]
    assert application.seen["PATH_INFO"] == "/slow"


def test_a_request_whose_client_left_while_it_waited_is_not_run():
    async def crowd():
        site = small(threads=1, waiting=9)
        first = asyncio.ensure_future(ask(site, path="/slow", method="GET"))
        await asyncio.sleep(0.05)
        gone = await ask(site, path="/left", method="GET", pause=0.02)
        application.gate.set()
        return gone, (await first)[0], site.inside

    assert asyncio.run(crowd()) == (None, 200, 0)
    assert application.seen["PATH_INFO"] == "/slow"
