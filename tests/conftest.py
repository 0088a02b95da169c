"""Fixtures for every test."""

import gc
from collections.abc import Generator

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import SimpleTestCase

from tests import site, template

# Found by their names here, and known to all tests from here on.
from tests.accounts.peer import peer  # noqa: F401 -- fixtures
from tests.accounts.receiver import receiver  # noqa: F401 -- fixtures
from tests.cast import cast  # noqa: F401 -- fixtures
from tests.looks import looks, mistaken, opened  # noqa: F401 -- fixtures
from tests.reviews.webdav import cloud, own_place  # noqa: F401 -- fixtures
from tests.site import browser, page, plain_page, playwright, running_site  # noqa: F401 -- fixtures


def pytest_configure(config: pytest.Config) -> None:
    if not _has_workers(config):
        gc.disable()  # until the tests are found: what is imported and collected is no garbage
    _hurry_database()
    if _has_workers(config) and not config.option.collectonly and not config.option.reuse_db:
        template.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _has_workers(config):
        template.drop()


def _has_workers(config: pytest.Config) -> bool:
    """Whether this is the process that hands the tests out to others."""
    return bool(getattr(config.option, "numprocesses", None)) and not hasattr(config, "workerinput")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this before it makes a database: here it learns what to copy."""
    connection.settings_dict["TEST"]["TEMPLATE"] = template.wait()


def pytest_itemcollected(item: pytest.Item) -> None:
    """A file's tests share a browser and rows, also where tests run beside each other.

    Long ones of the browser go to whoever is free, and what was made for a module is not made by each process.
    """
    together = not item.get_closest_marker("long") if drives_browser(item) else has_rows_for_its_module(item)
    if together and not item.get_closest_marker("xdist_group"):
        item.add_marker(pytest.mark.xdist_group(f"{item.path.parent.name}-{item.path.stem}"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs no database comes first, while one is made.

    Browser tests come last: once Playwright has started its event loop, no test can start another in that thread.
    Of these, long ones come first, so that at the end nobody waits for one.
    """
    items.sort(key=_turn)
    for item in items:
        _show_group(item)


def pytest_collection_finish() -> None:
    """What was found lives as long as the process does: nobody need go through it again in search of garbage.

    Nor look for garbage that often: nearly all that a page leaves goes by itself, and the search was a twelfth of its
    time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)  # new ones, instead of 2,000
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport]:
    """A browser test that fails tells where its pages were, and what stood there."""
    report = yield
    if report.failed and call.when == "call" and hasattr(report.longrepr, "addsection"):
        for address, text in site.what_pages_show(getattr(item, "funcargs", {}).values()):
            report.longrepr.addsection(address, text)
    return report


def _show_group(item: pytest.Item) -> None:
    """pytest-xdist tells groups by the end of an item's id, and pytest 9.2 keeps ids where xdist 3.8 does not know."""
    group = item.get_closest_marker("xdist_group")
    if group and getattr(item.config.option, "loadgroup", False) and "@" not in item.nodeid.rpartition("]")[2]:
        item._id = type(item._id).parse(f"{item.nodeid}@{group.args[0]}")


def _turn(item: pytest.Item) -> int:
    if drives_browser(item):
        return 2 if item.get_closest_marker("long") else 3
    return 1 if needs_database(item) else 0


def needs_database(item: pytest.Item) -> bool:
    is_case = isinstance(item, pytest.Function) and item.cls is not None and issubclass(item.cls, SimpleTestCase)
    asked = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return is_case or bool(asked) or item.get_closest_marker("django_db") is not None


def has_rows_for_its_module(item: pytest.Item) -> bool:
    made = getattr(item, "_fixtureinfo", None)
    return made is not None and any(
        fixture.scope == "module" and fixture.baseid == item.parent.nodeid  # its own, in the file
        for fixtures in made.name2fixturedefs.values()
        for fixture in fixtures
    )


def drives_browser(item: pytest.Item) -> bool:
    return "e2e" in item.path.parts or "browser" in getattr(item, "fixturenames", ())


def _hurry_database() -> None:
    """The tests' own embedded server need not survive a power cut, nor clean up after itself.

    What a test undoes it would sweep up beside the next one, and whoever wants to know a table meanwhile waits for
    it. One given by TEST_DATABASE_URL is left as it is.
    """
    place = settings.DATABASES["default"]
    if str(settings.DATA_DIR) not in place["HOST"]:
        return
    with psycopg.connect(host=place["HOST"], user=place["USER"], dbname="postgres", autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(autouse=True)
def _forget_rate_limits(request: pytest.FixtureRequest):
    """Each test starts with nothing in the cache, so that no limit reached in one is felt in the next."""
    if databases := [name for name in ("transactional_db", "db") if name in request.fixturenames]:
        request.getfixturevalue(databases[0])  # asked for here, it is still there when this one cleans up
    yield
    if databases:
        cache.clear()
