"""Coming in, going out, and the doors that stay shut."""

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["page", "plain_page"])
def guest(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("said", ["ana", "ANA", "ana@example.org"])
def test_a_member_logs_in_by_name_or_address_and_out_by_the_menu(page: Page, said: str):
    make.member(username="ana", display_name="Ana", password=make.PASSWORD)
    page.goto("/films/")
    page.get_by_role("banner").get_by_role("link", name="Log in").click()
    page.get_by_label("Username or email").fill(said)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="So, what did you think, Ana?")).to_be_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Log in")).to_be_visible()
    page.goto("/accounts/settings/")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_logging_in_leads_back_to_where_one_was(guest: Page):
    make.member(username="ana", password=make.PASSWORD)
    film = make.film(title="Dunkirk")
    guest.goto(film.get_absolute_url())
    guest.get_by_role("link", name="Log in to rate").click()
    guest.get_by_label("Username or email").fill("ana")
    guest.get_by_label("Password").fill("a wrong one")
    guest.get_by_role("button", name="Log in").click()
    expect(guest.get_by_text("That username and password do not belong together")).to_be_visible()
    expect(guest.get_by_label("Username or email")).to_have_value("ana")
    guest.get_by_label("Password").fill(make.PASSWORD)
    guest.get_by_role("button", name="Log in").click()
    expect(guest.get_by_role("heading", level=1)).to_contain_text("Dunkirk")
    expect(guest.get_by_role("group", name="Your rating")).to_be_visible()


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(guest: Page, running_site: str):
    member, review = make.member(username="ana", password=make.PASSWORD), make.review()
    sign_in(guest, member, running_site)
    guest.goto(review.get_absolute_url())
    guest.get_by_label("Add a comment").fill("Nobody will read this.")
    guest.context.clear_cookies(name="sessionid")
    guest.get_by_role("button", name="Post comment").click()
    guest.get_by_label("Username or email").fill("ana")
    guest.get_by_label("Password").fill(make.PASSWORD)
    guest.get_by_role("button", name="Log in").click()
    expect(guest.get_by_label("Add a comment")).to_be_visible()


def test_a_member_does_not_get_behind_the_screen(guest: Page, running_site: str):
    sign_in(guest, make.member(), running_site)
    guest.goto("/admin/")
    expect(guest.get_by_role("heading", name="Not this door")).to_be_visible()
    guest.goto("/")
    expect(guest.get_by_role("link", name="Admin")).to_have_count(0)


def test_a_form_without_its_token_says_what_to_do(guest: Page, running_site: str):
    sign_in(guest, make.member(), running_site)
    guest.goto("/accounts/settings/")
    guest.get_by_label("Display name").fill("Somebody")
    guest.context.clear_cookies(name="csrftoken")
    guest.get_by_role("button", name="Save profile").click()
    expect(guest.get_by_role("heading", name="This form has gone stale")).to_be_visible()
