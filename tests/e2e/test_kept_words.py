"""What somebody writes is theirs until it is posted: neither a log-out, nor an outage, nor a shut window loses it."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from reviews.models import Comment, Review
from tests import make
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WORDS = "It cuts on the beat, and then it does not."
BACK = "This is what you had written here and not posted."


@pytest.fixture
def member(page: Page, running_site: str) -> User:
    member = make.member(username="ana", password=make.PASSWORD)
    sign_in(page, member, running_site)
    return member


@pytest.fixture
def address(page: Page, member: User) -> str:
    """Of the form, with words in it that are not posted."""
    address = f"/films/{make.film().slug}/review/"
    page.goto(address)
    page.get_by_label("Your review").fill(WORDS)
    return address


def log_in(page: Page) -> None:
    page.get_by_label("Username or email").fill("ana")
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_a_session_that_ended_loses_no_review(page: Page, address: str, member: User):
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Post review").click()
    log_in(page)
    page.wait_for_url(f"**{address}")
    expect(page.get_by_label("Your review")).to_have_value(WORDS)
    expect(page.get_by_text(BACK)).to_be_visible()
    page.get_by_role("button", name="Post review").click()
    page.wait_for_url("**/reviews/*/")
    assert Review.objects.get(member=member).body == WORDS
    page.goto(address)
    expect(page.get_by_text(BACK)).to_be_hidden()


def test_a_session_that_ended_loses_no_comment(page: Page, member: User):
    page.goto(make.review().get_absolute_url())
    page.get_by_label("Add a comment").fill(WORDS)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Post comment").click()
    log_in(page)
    expect(page.get_by_label("Add a comment")).to_have_value(WORDS)
    page.get_by_role("button", name="Post comment").click()
    page.wait_for_url("**?comment=*")
    expect(page.get_by_label("Add a comment")).to_have_value("")
    expect(page.get_by_text(BACK)).to_be_hidden()
    assert Comment.objects.get(member=member).body == WORDS


@pytest.mark.parametrize("address", ["/lists/new/", "/reviews/{review}/report/", "/films/{film}/suggest/"])
def test_other_words_are_kept_too(page: Page, member: User, address: str):
    review = make.review()
    address = address.format(review=review.pk, film=review.film.slug)
    page.goto(address)
    page.locator("form[data-keep] textarea").first.fill(WORDS)
    page.close()
    page = page.context.new_page()
    page.goto(address)
    expect(page.locator("form[data-keep] textarea").first).to_have_value(WORDS)


def test_an_outage_loses_nothing(page: Page, address: str):
    page.context.set_offline(True)
    page.get_by_role("button", name="Post review").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(address)
    expect(page.get_by_label("Your review")).to_have_value(WORDS)


def test_a_window_that_was_shut_loses_nothing_and_it_can_be_thrown_away(page: Page, address: str):
    page.close()
    page = page.context.new_page()
    page.goto(address)
    expect(page.get_by_label("Your review")).to_have_value(WORDS)
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_label("Your review")).to_be_focused()
    page.reload()
    expect(page.get_by_label("Your review")).to_have_value("")
    expect(page.get_by_text(BACK)).to_be_hidden()


def test_a_mistake_gives_the_words_back_once(page: Page, address: str):
    page.get_by_label("Watched on").fill("2999-01-01")
    page.get_by_role("button", name="Post review").click()
    expect(page.get_by_label("Watched on")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Your review")).to_have_value(WORDS)
    expect(page.get_by_text(BACK)).to_be_hidden()


def test_another_member_at_the_same_browser_does_not_see_it(page: Page, address: str, running_site: str):
    page.goto("/films/")
    sign_in(page, make.member(), running_site)
    page.goto(address)
    expect(page.get_by_label("Your review")).to_have_value("")


def test_whoever_logs_out_leaves_nothing_in_the_browser(page: Page, address: str):
    page.goto("/films/")
    assert page.evaluate("JSON.stringify(localStorage)").count(WORDS) == 1
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Log in")).to_be_visible()
    assert WORDS not in page.evaluate("JSON.stringify(localStorage)")
