"""Whoever goes back sees what was done since, and still has what they wrote."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from films.models import Film
from reviews.actions.rating import mark_film
from tests import make
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def film() -> Film:
    return make.film()


@pytest.fixture
def member(page: Page, running_site: str, film: Film) -> User:
    """At the film's page."""
    member = make.member()
    sign_in(page, member, running_site)
    page.goto(film.get_absolute_url())
    return member


def test_going_back_shows_what_was_done_since(page: Page, film: Film, member: User):
    page.get_by_role("link", name="Write a review").click()
    page.get_by_label("Your review").fill("It cuts on the beat.")
    page.get_by_role("radio", name="4 stars", exact=True).check(force=True)
    page.get_by_role("button", name="Post review").click()
    page.wait_for_url("**/reviews/*/")
    page.evaluate("history.go(-2)")
    page.wait_for_url(f"**{film.get_absolute_url()}")
    expect(page.get_by_role("radio", name="4 stars", exact=True)).to_be_checked()
    expect(page.get_by_role("button", name="Watched", exact=True)).to_have_attribute("aria-pressed", "true")


def test_going_back_shows_what_was_pressed_there(page: Page, running_site: str):
    review = make.review()
    sign_in(page, make.member(), running_site)
    page.goto(review.get_absolute_url())
    page.get_by_role("button", name="Like").click()
    expect(page.get_by_text("1 like")).to_be_visible()
    page.get_by_role("banner").get_by_role("link", name="Films").click()
    page.wait_for_url("**/films/")
    page.go_back()
    expect(page.get_by_role("button", name="Like")).to_have_attribute("aria-pressed", "true")


def test_going_back_keeps_what_was_written(page: Page, film: Film, member: User):
    page.get_by_role("link", name="Write a review").click()
    page.get_by_label("Your review").fill("Not yet done.")
    page.get_by_role("banner").get_by_role("link", name="Films").click()
    page.wait_for_url("**/films/")
    page.evaluate("localStorage.setItem('acted', Date.now())")
    page.go_back()
    page.wait_for_timeout(500)
    expect(page.get_by_label("Your review")).to_have_value("Not yet done.")


def test_a_page_that_the_browser_kept_as_it_was_is_read_again(page: Page, film: Film, member: User):
    """Browsers keep pages whole; the one of the tests does not, so it is told that it did."""
    mark_film(member=member, film=film, half_stars=8)
    page.evaluate("localStorage.setItem('acted', Date.now() + 1)")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.get_by_role("radio", name="4 stars", exact=True)).to_be_checked()
