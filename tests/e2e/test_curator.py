"""A curator's afternoon: a film with its poster and cast, put on the front page. With scripts and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from films.models import Film
from tests import make, staff
from tests.site import sign_in, window

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def guest(
    request: pytest.FixtureRequest, transactional_db: None, running_site: str, browser: Browser
) -> Iterator[Page]:
    with window(browser, running_site, java_script_enabled=request.param) as context:
        page = context.new_page()
        sign_in(page, staff.curator(username="dora"), running_site, afresh=True)
        yield page


def test_a_curator_adds_a_film_and_puts_it_on_the_front_page(guest: Page):
    page = guest
    make.person(name="Ana Known")
    page.goto("/admin/films/film/add/")
    page.locator("[name=title]").fill("The Last Reel")
    page.locator("[name=year]").fill("1998")
    picture = staff.picture()
    page.locator("[name=picture]").set_input_files(
        {"name": "poster.png", "mimeType": "image/png", "buffer": picture.read()}
    )
    page.locator("[name=poster_alt]").fill("A reel on a table")
    page.locator("[name=credits-0-person]").fill("Ana Known")
    page.locator("[name=credits-0-character]").fill("Ada")
    page.locator("[name=_save]").first.click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    film = Film.objects.get(slug="the-last-reel-1998")
    assert film.poster_key
    assert film.credits.get().character == "Ada"

    page.goto("/admin/films/film/")
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").first.select_option("put_into_collection")
    page.locator("button[name=index]").first.click()
    page.locator("[name=title]").fill("Tonight")
    page.locator("[name=on_front_page]").check()
    page.get_by_role("main").locator("[type=submit]").first.click()
    expect(page.get_by_text("New in “Tonight”: 1.")).to_be_visible()

    page.goto("/")
    front = page.get_by_role("region", name="Tonight")
    expect(front.get_by_role("link", name="The Last Reel")).to_be_visible()
    front.get_by_role("link", name="The Last Reel").click()
    expect(page.get_by_role("heading", level=1, name="The Last Reel")).to_be_visible()
    expect(page.get_by_role("link", name="Ana Known")).to_be_visible()
