"""A curator locks, decides and takes back; a member suggests and reads the answer. With scripts and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from films import actions
from films.models import Conflict, FactLock, Film, Source
from tests import make, staff
from tests.site import sign_in, window

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def both(
    request: pytest.FixtureRequest, transactional_db: None, running_site: str, browser: Browser
) -> Iterator[tuple[Page, Page]]:
    """A curator and a member, each before a browser of their own."""
    with (
        window(browser, running_site, java_script_enabled=request.param) as desk,
        window(browser, running_site, java_script_enabled=request.param) as seat,
    ):
        curator, member = desk.new_page(), seat.new_page()
        sign_in(curator, staff.curator(username="dora"), running_site, afresh=True)
        sign_in(member, make.member(username="ana"), running_site)
        yield curator, member


def minutes(film: Film) -> int | None:
    return Film.objects.values_list("runtime_minutes", flat=True).get(pk=film.pk)


@pytest.mark.slow
def test_what_a_film_remembers(both: tuple[Page, Page]):
    page, member = both
    film = make.film(title="Baby Driver", year=2017, runtime_minutes=112)

    # A curator locks a fact from its row.
    page.goto(f"/admin/films/film/{film.pk}/change/")
    page.get_by_role("link", name="Sources and locks").click()
    row = page.get_by_role("row", name="Running time in minutes")
    row.get_by_text("Lock…").click()
    row.get_by_label("Why").fill("Read from the disc.")
    row.get_by_role("button", name="Lock").click()
    expect(page.get_by_text("Locked: Running time in minutes.")).to_be_visible()
    expect(row).to_contain_text("Read from the disc.")
    assert FactLock.objects.get().fact == "runtime_minutes"

    # An import runs into it and changes nothing; the curator believes it after all.
    actions.state_facts(film=film, facts={"runtime_minutes": 115}, source=Source.IMDB)
    assert minutes(film) == 112
    page.goto("/admin/")
    page.get_by_role("link", name="conflict with an import").click()
    page.get_by_role("button", name="Take theirs Running time in minutes").click()
    expect(page.get_by_text("Theirs taken. (1)")).to_be_visible()
    assert minutes(film) == 115 and Conflict.objects.get().state == "accepted"

    # And thinks better of it.
    page.goto(f"/admin/films/film/{film.pk}/changes/")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back: Running time in minutes.")).to_be_visible()
    expect(page.get_by_text("Takes back the change of")).to_be_visible()
    assert minutes(film) == 112

    # A member knows it better still.
    member.goto(film.get_absolute_url())
    member.get_by_role("link", name="Suggest a correction").click()
    member.get_by_label("What is wrong or missing").select_option("runtime_minutes")
    member.get_by_label("What it should say").fill("113")
    member.get_by_role("button", name="Send suggestion").click()
    expect(member.get_by_text("Thank you. A curator will look at it")).to_be_visible()
    expect(member.get_by_role("main")).to_contain_text("Waiting")

    page.goto("/admin/")
    page.get_by_role("link", name="suggestion of a member").click()
    page.get_by_role("link", name="Baby Driver (2017): Running time in minutes").click()
    page.get_by_label("Answer to the member").fill("So it is. Thank you.")
    page.get_by_role("button", name="Take it").click()
    assert minutes(film) == 113

    member.reload()
    expect(member.get_by_text("So it is. Thank you.")).to_be_visible()
    expect(member.get_by_role("main")).to_contain_text("Accepted")
    member.goto(film.get_absolute_url())
    member.get_by_role("link", name="Where this comes from").click()
    expect(member.get_by_role("main")).to_contain_text("A curator")
    expect(member.get_by_role("main")).not_to_contain_text("dora")
