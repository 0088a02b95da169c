"""Choosing four favourites by keyboard alone, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from reviews.favourites import favourites_of
from tests import make
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("kind", ["page", "plain_page"])
def test_four_favourites_by_keyboard(request: pytest.FixtureRequest, running_site: str, kind: str):
    page: Page = request.getfixturevalue(kind)
    titles = ["Playtime", "Yi Yi", "Close-Up", "Ronin"]
    for title in titles:
        make.film(title=title)
    ana = make.member(username="ana")
    sign_in(page, ana, running_site)
    page.goto("/accounts/favourites/")
    for title in titles:
        page.get_by_role("searchbox", name="Search films to add").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        page.get_by_role("button", name=f"Add {title}").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=f"Remove {title}")).to_be_visible()
    page.get_by_role("button", name="Up Ronin").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Down Ronin")).to_be_visible()
    page.goto("/members/ana/")
    shown = page.get_by_role("region", name="Four favourites").get_by_role("heading", level=3)
    expect(shown).to_have_text(["Playtime", "Yi Yi", "Ronin", "Close-Up"])
    expect(page.locator(".spill.four img")).to_have_count(4)
    assert [film.title for film in favourites_of(ana, ana)] == ["Playtime", "Yi Yi", "Ronin", "Close-Up"]
