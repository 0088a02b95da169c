"""Notices of the house in a real browser: put away by keyboard, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from reviews.actions.noticing import save_notice
from tests import make, staff
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def notice():
    return save_notice(editor=staff.curator(), words="We meet.", link="/lists/", link_words="What for")


def test_a_notice_is_put_away_by_keyboard_and_the_focus_stays_where_it_was(page: Page, running_site: str, notice):
    board = page.get_by_role("complementary", name="Notices of the house")
    for who in ("visitor", "member"):
        if who == "member":
            sign_in(page, make.member(), running_site)
        page.goto("/lists/")
        board.get_by_role("link", name="What for").focus()
        page.keyboard.press("Tab")
        expect(board.get_by_role("link" if who == "visitor" else "button", name="Put away: We meet.")).to_be_focused()
        page.keyboard.press("Enter")
        expect(board.locator("p")).to_be_focused()
        expect(board.locator("p")).to_contain_text("Put away.")
        page.goto("/films/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(board).to_have_count(0)
        page.goto("/house/")
        expect(page.get_by_role("main").get_by_text("We meet.")).to_be_visible()


def test_a_notice_is_put_away_without_scripts(plain_page: Page, running_site: str, notice):
    page = plain_page
    board = page.get_by_role("complementary", name="Notices of the house")
    page.goto("/lists/?q=x")
    board.get_by_role("link", name="Put away: We meet.").click()
    expect(page).to_have_url(f"{running_site}/lists/?q=x")
    expect(board).to_have_count(0)
    sign_in(page, make.member(), running_site)
    page.goto("/lists/")
    board.get_by_role("button", name="Put away: We meet.").click()
    expect(page).to_have_url(f"{running_site}/lists/")
    expect(board).to_have_count(0)
