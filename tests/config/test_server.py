"""Through the real server: what the server itself must do, and that the gateway is in place."""

import gzip
import http.client
import re
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import brotli
import psutil
import pytest
from django.conf import settings

from tests.base import wait_until
from tests.site import environment, free_port


def say(site: str, message: bytes, timeout: float = 10) -> bytes:
    """Send raw bytes on one connection and read until it is closed or silent."""
    place = urlsplit(site)
    with socket.create_connection((place.hostname, place.port), timeout) as connection:
        connection.sendall(message)
        answer = b""
        while part := connection.recv(65536):
            answer += part
            if b"\r\n\r\n" in answer:
                break
        return answer


@pytest.mark.parametrize(
    ("message", "status"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200),
        (b"GET /healthz HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", 400),
        (b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 405),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 431),
        (b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"a" * 70_000 + b"\r\n\r\n", 431),
        (b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400),
        (b"GET /no%00where HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404),
        (b"GET /%ff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404),
    ],
)
def test_the_server_answers_odd_requests_in_kind(running_site, message, status):
    assert int(say(running_site, message).split()[1]) == status


def test_static_files_come_pressed_beside_the_pages_and_are_kept_for_ever(running_site):
    """Every one that the front page names, with what the site says beside each answer."""

    def get(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(urlsplit(running_site).netloc, timeout=10)
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    page = get("/accounts/login/")[2].decode()
    named = set(re.findall(r'"(/static/[^"#]+[.](?:css|js|svg))', page))
    assert any(".css" in address for address in named) and any(".js" in address for address in named)
    for address in named:
        _, plain, whole = get(address)
        for encoding, opened in (("br", brotli.decompress), ("gzip", gzip.decompress)):
            status, headers, body = get(address, **{"Accept-Encoding": encoding})
            assert (status, headers["content-encoding"], opened(body)) == (200, encoding, whole), address
            assert headers["vary"] == "Accept-Encoding" and len(body) < len(whole)
        assert "immutable" in plain["cache-control"] and plain["x-content-type-options"] == "nosniff"
        assert get(address, **{"If-None-Match": plain["etag"]})[0] == 304
    assert get(next(iter(named)), Range="bytes=0-9")[0] == 206
    assert "immutable" not in get("/static/css/site.css")[1]["cache-control"]  # no hash in its name


@pytest.mark.django_db(transaction=True)
def test_a_crowd_at_once_waits_its_turn_and_is_answered(running_site):
    place = urlsplit(running_site)
    crowd = [socket.create_connection((place.hostname, place.port), 60) for _ in range(60)]
    for number, connection in enumerate(crowd):  # each asks for a page that is not kept
        connection.sendall(b"GET /search/?q=crowd%d HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % number)
    assert {connection.recv(65536)[9:12] for connection in crowd} == {b"200"}
    for connection in crowd:
        connection.close()


def test_slow_clients_do_not_keep_others_waiting(running_site):
    place = urlsplit(running_site)
    starts = [
        b"",
        b"GET / HTTP/1.1\r\nX-Slow: ",
        b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999\r\n\r\na",
    ]
    slow = [socket.create_connection((place.hostname, place.port), 10) for _ in range(90)]
    for number, connection in enumerate(slow):
        connection.sendall(starts[number % 3])
    try:
        began = time.monotonic()
        assert b" 200 " in say(running_site, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert time.monotonic() - began < 2
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_told_to_stop_while_it_still_loads_stops_at_once():
    command = [sys.executable, "-m", "config.serve"]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment(PORT=str(free_port())))
    try:
        wait_until(lambda: len(psutil.Process(server.pid).children()) == 2, seconds=60)
        time.sleep(0.5)
        began = time.monotonic()
        server.terminate()
        server.wait(30)
        assert time.monotonic() - began < 5
    finally:
        server.kill()
        server.wait()
