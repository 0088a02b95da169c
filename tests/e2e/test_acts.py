"""What one does on a page is done once it is pressed: on a slow line, in a hurry, and when it comes to nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from films.models import Film
from reviews.models import Mark
from tests import make
from tests.base import wait_until
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SLOW = 600  # milliseconds until a request is on its way


@pytest.fixture
def film() -> Film:
    return make.film()


@pytest.fixture
def member(page: Page, running_site: str, film: Film) -> User:
    """At the film's page."""
    member = make.member(username="ana", password=make.PASSWORD)
    sign_in(page, member, running_site)
    page.goto(film.get_absolute_url())
    return member


def make_slow(page: Page, milliseconds: int = SLOW) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)


def marked(member: User, film: Film) -> Callable[..., bool]:
    return lambda **how: Mark.objects.filter(member=member, film=film, **how).exists()


def test_all_that_is_pressed_in_a_hurry_is_done_and_shown(page: Page, film: Film, member: User):
    make_slow(page)
    for name in ("Watched", "Like", "Watchlist"):
        page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("radio", name="3 stars", exact=True).check(force=True)
    page.get_by_role("radio", name="4½ stars", exact=True).check(force=True)
    is_so = marked(member, film)
    wait_until(
        lambda: is_so(watched_at__isnull=False, liked_at__isnull=False, watchlisted_at__isnull=False, half_stars=9)
    )
    expect(page.get_by_role("button", name="Clear rating")).to_be_visible()
    for name in ("Watched", "Like", "Watchlist"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("radio", name="4½ stars", exact=True)).to_be_checked()


def test_a_button_shows_at_once_that_it_is_pressed_and_can_be_pressed_again(page: Page, film: Film, member: User):
    make_slow(page)
    like = page.get_by_role("button", name="Like", exact=True)
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true", timeout=SLOW / 2)
    like.click()
    expect(like).to_have_attribute("aria-pressed", "false", timeout=SLOW / 2)
    is_so = marked(member, film)
    wait_until(lambda: is_so(liked_at__isnull=False))
    wait_until(lambda: not is_so(liked_at__isnull=False))
    expect(like).to_have_attribute("aria-pressed", "false")


def test_a_rating_that_is_cleared_at_once_stays_so(page: Page, film: Film, member: User):
    page.get_by_role("radio", name="3 stars", exact=True).check(force=True)
    clear = page.get_by_role("button", name="Clear rating")
    expect(clear).to_be_visible()
    make_slow(page, 1_500)  # longer than the arrow keys rest
    page.get_by_role("radio", name="3 stars", exact=True).focus()
    page.keyboard.press("ArrowRight")
    clear.click()
    is_so = marked(member, film)
    wait_until(lambda: is_so(half_stars=None))
    expect(clear).to_be_hidden()
    page.wait_for_timeout(1_000)
    assert is_so(half_stars=None)


def test_a_rating_counts_whatever_link_is_followed_meanwhile(page: Page, film: Film, member: User):
    page.get_by_role("radio", name="3 stars", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("banner").get_by_role("link", name="Films").click()
    page.wait_for_url("**/films/")
    wait_until(lambda: marked(member, film)(half_stars=7))


def test_what_waits_for_its_turn_is_done_whatever_link_is_followed_meanwhile(page: Page, film: Film, member: User):
    make_slow(page)
    for name in ("Watched", "Like"):
        page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("banner").get_by_role("link", name="Films").click()
    page.wait_for_url("**/films/")
    wait_until(lambda: marked(member, film)(watched_at__isnull=False, liked_at__isnull=False))


def test_without_a_network_it_says_so_and_shows_what_is_so(page: Page, film: Film, member: User):
    page.context.set_offline(True)
    page.get_by_role("radio", name="3 stars", exact=True).click(force=True)
    expect(page.get_by_role("alert")).to_contain_text("No answer came.")
    expect(page.get_by_role("radio", name="3 stars", exact=True)).not_to_be_checked()
    like = page.get_by_role("button", name="Like", exact=True)
    like.click()
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(like).to_have_attribute("aria-pressed", "false")
    page.context.set_offline(False)
    like.click()
    wait_until(lambda: marked(member, film)(liked_at__isnull=False))
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(like).to_have_attribute("aria-pressed", "true")


def test_what_is_refused_is_told_in_the_words_of_the_house(page: Page, film: Film, member: User):
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Like", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("load the page again and send it once more")
    expect(page.get_by_role("button", name="Like", exact=True)).to_have_attribute("aria-pressed", "false")
    assert not marked(member, film)()


def test_whoever_was_logged_out_meanwhile_logs_in_and_is_back(page: Page, film: Film, member: User):
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Like", exact=True).click()
    page.get_by_label("Username or email").fill("ana")
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(film.title)
    expect(page.get_by_role("button", name="Like", exact=True)).to_have_attribute("aria-pressed", "false")


def test_a_filter_that_gets_no_answer_says_so(page: Page, film: Film):
    page.goto("/films/")
    page.context.set_offline(True)
    page.get_by_label("Sort").select_option("title")
    expect(page.get_by_role("alert")).to_contain_text("No answer came.")
    page.context.set_offline(False)
    page.get_by_label("Sort").select_option("newest")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.wait_for_url("**/films/?sort=newest")
