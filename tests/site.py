"""The real server on a free port, on the tests' database, and a real browser before it.

A test that drives the browser asks for `page` (or `plain_page`, without JavaScript). What it makes with `tests.make`
is committed, so that the server sees it, and swept away after it: these fixtures ask for `transactional_db`.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright, sync_playwright

from tests import chromium

# What a browser says of an answer that refuses, and of requests without a network.
ASKED_FOR = (
    "the server responded with a status of 4",
    "ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest",
)  # fmt: skip


def environment(**changes: str) -> dict[str, str]:
    """The environment of a process of the site that works on the tests' database."""
    place = connection.settings_dict
    user = f"{quote(place['USER'], safe='')}:{quote(place['PASSWORD'], safe='')}@" if place["USER"] else ""
    address = (
        f"postgresql://{user}/{quote(place['NAME'])}?host={quote(place['HOST'], safe='/')}&port={place['PORT'] or 5432}"
    )
    return os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": address} | changes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(**changes: str) -> Iterator[str]:
    """Run the server as `make run` does, with these settings changed; gives its address."""
    collect_static()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings_now = {"PORT": str(port), "SITE_URL": address, "LOG_FORMAT": "plain"} | changes
    log = Path(settings.DATA_DIR) / f"server-{port}.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "config.serve"],
            cwd=settings.BASE_DIR, env=environment(**settings_now), stdout=output, stderr=output,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"The server did not start:\n{log.read_text()[-3000:]}") from None
                time.sleep(0.1)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(40)


@cache
def collect_static() -> None:
    """The static files as the real site serves them, once a run; tests that run beside each other share them."""
    with open(Path(settings.DATA_DIR) / "static.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "config.prepare", "collect_static"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment(), check=True)


@pytest.fixture(scope="session")
def running_site(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """The address of the running site, `http://127.0.0.1:port`."""
    with django_db_blocker.unblock(), served() as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread, which Django would take for a reason to refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGUMENTS))
    yield started
    started.close()


@contextmanager
def window(browser: Browser, address: str, **options: object) -> Iterator[BrowserContext]:
    """A fresh browser profile at the site. At the end its console must be empty, but for answers the test asked for.

    What a page says of being left, such as that a request was given up, does not count.

    It is left, not closed: now and then Chromium never answers when it is to close one. The browser itself ends soon.
    """
    # A test of what moves asks for motion; the others need not wait for it. Playwright knows each option's own type.
    context = browser.new_context(**{"base_url": address, "reduced_motion": "reduce"} | options)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        wanted = any(words in message.text for words in ASKED_FOR)
        if message.type in {"error", "warning"} and not wanted:
            complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    context.on("console", heard)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    try:
        yield context
    finally:
        for opened in context.pages:
            opened.wait_for_timeout(0)  # to hear what is on its way
        context.remove_listener("console", heard)
        for opened in context.pages:
            _leave(opened)
    assert complaints == [], complaints


def _leave(page: Page) -> None:
    """Go to an empty page; again when a form that was sent last takes the page elsewhere meanwhile.

    Each try is given time, or it would be interrupted by the next one.
    """
    for attempt in range(5):
        try:
            page.goto("about:blank")
        except Error:
            page.wait_for_timeout(500)
            if page.url == "about:blank":
                return
            if attempt == 4:
                raise
        else:
            return


@pytest.fixture
def page(transactional_db: None, running_site: str, browser: Browser) -> Iterator[Page]:
    with window(browser, running_site) as context:
        yield context.new_page()


@pytest.fixture
def plain_page(transactional_db: None, running_site: str, browser: Browser) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    with window(browser, running_site, java_script_enabled=False) as context:
        yield context.new_page()


def what_pages_show(things: Iterable[object]) -> list[tuple[str, str]]:
    """The address and the text of those that are pages, for whoever reads that a test failed."""
    shown = []
    for page in things:
        if isinstance(page, Page):
            try:
                shown.append((page.url, page.inner_text("body", timeout=1_000)[:2_000]))
            except Error as error:
                shown.append((page.url, f"Nothing can be read there: {error.message}"))
    return shown


def sign_in(page: Page, member, address: str, *, afresh: bool = False) -> None:
    """Sign a member in without the form, for tests of something else; `afresh`: as if with their password just now."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    if afresh:
        just_now = {"method": "password", "at": time.time(), "reauthenticated": True}
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [just_now]
        session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}])
