"""Every page of the site, opened once, for the tests that look at what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test import Client

from config.writes import is_write
from tests.base import rows_for_a_module
from tests.house import House, furnish
from tests.mistakes import MISTAKES, Mistake
from tests.walk import PAGES, Page, address_of, client_of


@dataclass(frozen=True)
class Look:
    """What came of opening a page."""

    status: int
    kind: str  # its Content-Type
    moved: str  # where it sent the reader instead
    text: str
    written: tuple[str, ...]  # but for who is there: sessions, when a device was last seen, limits


class Opened(NamedTuple):
    pages: dict[Page, Look]
    mistaken: list[tuple[Mistake, Look]]


@pytest.fixture(scope="session")
def opened(django_db_setup: None, django_db_blocker: Any) -> Opened:
    """One house for all. The modules that ask for it share the group `pages`, so that one process does it."""
    with rows_for_a_module(django_db_blocker):
        house = furnish()
        clients = {who: client_of(who, house) for who in {page.who for page in PAGES}}
        pages = {page: look_at(page, clients[page.who], house) for page in PAGES}
        clients = {who: client_of(who, house) for who in {mistake.who for mistake in MISTAKES}}
        return Opened(pages, [(mistake, send(mistake, clients[mistake.who], house)) for mistake in MISTAKES])


@pytest.fixture(scope="session")
def looks(opened: Opened) -> dict[Page, Look]:
    """By page."""
    return opened.pages


@pytest.fixture(scope="session")
def mistaken(opened: Opened) -> list[tuple[Mistake, Look]]:
    """What came of forms that were sent with mistakes, after all pages were looked at."""
    return opened.mistaken


def look_at(page: Page, client: Client, house: House) -> Look:
    written: list[str] = []

    def watching(execute: Any, sql: Any, *rest: Any) -> Any:
        if is_write(str(sql)):
            written.append(str(sql)[:200])
        return execute(sql, *rest)

    with connection.execute_wrapper(watching):
        answer = client.get(address_of(page, house))
    return _look(answer, written)


def send(mistake: Mistake, client: Client, house: House) -> Look:
    return _look(client.post(House(house).address(mistake.address), mistake.sent))


def _look(answer: Any, written: Sequence[str] = ()) -> Look:
    kind, moved = answer["Content-Type"], answer.get("Location", "")
    return Look(answer.status_code, kind, moved, answer.content.decode(), tuple(written))
