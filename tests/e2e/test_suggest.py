"""The search box offers what may be meant, by the keys of a combobox; without JavaScript it is a form."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from films.models import Film
from films.search import refresh_search
from tests import make
from tests.e2e.test_accessibility import RULES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_it_leads_from_the_box_to_a_film_and_back_to_what_was_typed(page: Page, running_site: str):
    for title in ("Baby Driver", "Babel", "Babette’s Feast"):
        make.film(title=title, year=2017, renown=900 - len(title))
    make.member(username="babs")
    refresh_search(Film.objects.all())
    page.goto(f"{running_site}/collections/")
    box = page.get_by_role("searchbox", name="Search films, people, members")
    options = page.get_by_role("option")
    box.press_sequentially("bab")
    expect(options).to_have_text(
        ["Babel 2017", "Baby Driver 2017", "Babette’s Feast 2017", "BA babs @babs", "See all for “bab”"]
    )
    expect(page.get_by_role("status").filter(has_text="4 suggestions")).to_be_attached()
    assert Axe().run(page, options=RULES).response["violations"] == []

    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id") or "none")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("bab")
    expect(box).to_be_focused()

    box.press("ArrowDown")  # opens it again
    box.press("ArrowUp")  # from the box to the last
    box.press("Enter")
    expect(page).to_have_url(f"{running_site}/search/?q=bab")
    box = page.get_by_role("searchbox", name="Search films, people, members")
    box.press("End")
    box.press_sequentially("y dr")
    expect(options.first).to_have_text("Baby Driver 2017")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(f"{running_site}/films/baby-driver-2017/")


def test_it_is_a_form_without_javascript(plain_page: Page, running_site: str):
    make.film(title="Baby Driver", year=2017)
    plain_page.goto(f"{running_site}/collections/")
    box = plain_page.get_by_role("searchbox", name="Search films, people, members")
    box.fill("baby")
    box.press("Enter")
    expect(plain_page.get_by_role("link", name="Baby Driver")).to_be_visible()
