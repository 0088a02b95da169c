"""Every page of the site, opened once, for the tests that look at what came."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from config.writes import is_write
from tests.base import rows_for_a_module
from tests.house import House, furnish
from tests.walk import PAGES, Page, address_of, client_of


@dataclass(frozen=True)
class Look:
    """What came of opening a page."""

    status: int
    kind: str  # its Content-Type
    moved: str  # where it sent the reader instead
    text: str
    written: tuple[str, ...]  # but for who is there: sessions, when a device was last seen, limits


@pytest.fixture(scope="session")
def looks(django_db_setup: None, django_db_blocker: Any) -> dict[Page, Look]:
    """By page. The modules that ask for it share the group `pages`, so that one process does it."""
    with rows_for_a_module(django_db_blocker):
        house = furnish()
        clients = {who: client_of(who, house) for who in {page.who for page in PAGES}}
        return {page: look_at(page, clients[page.who], house) for page in PAGES}


def look_at(page: Page, client: Client, house: House) -> Look:
    written: list[str] = []

    def watching(execute: Any, sql: Any, *rest: Any) -> Any:
        if is_write(str(sql)):
            written.append(str(sql)[:200])
        return execute(sql, *rest)

    with connection.execute_wrapper(watching):
        answer = client.get(address_of(page, house))
    kind, moved = answer["Content-Type"], answer.get("Location", "")
    return Look(answer.status_code, kind, moved, answer.content.decode(), tuple(written))
