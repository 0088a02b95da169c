"""A curator makes one film of two, and two again. With scripts and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from films.models import Film
from tests import make, staff
from tests.site import sign_in, window

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def curator(
    request: pytest.FixtureRequest, transactional_db: None, running_site: str, browser: Browser
) -> Iterator[Page]:
    with window(browser, running_site, java_script_enabled=request.param) as context:
        page = context.new_page()
        sign_in(page, staff.curator(username="dora"), running_site, afresh=True)
        yield page


def test_two_films_become_one_and_two_again(curator: Page):
    page = curator
    cast = [("Ansel Elgort", "Baby"), ("Lily James", "Debora")]
    kept = make.film(title="Baby Driver", cast=cast, renown=900_000)
    gone = make.film(title="Baby Driver", cast=cast, runtime_minutes=113)
    review = make.review(film=gone, body="Loud, quick, exact.")

    page.goto("/admin/films/duplicate/")
    page.get_by_role("button", name="Look for duplicates now").click()
    page.get_by_role("link", name="Baby Driver (2017) = Baby Driver (2017)?").click()
    expect(page.get_by_role("row", name="Running time in minutes").get_by_text("taken from the other")).to_be_visible()
    expect(page.get_by_text("Reviews: 1")).to_be_visible()
    page.get_by_role("button", name="Make them one").click()
    expect(page.get_by_text("is part of “Baby Driver (2017)” now")).to_be_visible()

    page.goto(f"/films/{gone.slug}/")
    assert page.url.endswith(f"/films/{kept.slug}/")
    expect(page.get_by_text(review.body).first).to_be_visible()

    page.goto("/admin/films/merge/")
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").first.select_option("undo")
    page.locator("button[name=index]").first.click()
    expect(page.get_by_text("Undone: 1.")).to_be_visible()
    page.goto(f"/films/{gone.slug}/")
    assert page.url.endswith(f"/films/{gone.slug}/")
    expect(page.get_by_text(review.body).first).to_be_visible()
    assert Film.objects.count() == 2
