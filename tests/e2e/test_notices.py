"""What members are told, in a real browser: the count that rises by itself, and all of it without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from reviews.actions.reviewing import like_review
from reviews.models import Notification
from reviews.notices import Way, all_ways
from reviews.unsubscribing import token_of
from tests import make
from tests.site import sign_in, window

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def review():
    writer = make.member(username="ana", display_name="Ana")
    return make.review(member=writer, film=make.film(title="Heat", year=1995))


def test_the_count_rises_without_loading_the_page_again(page: Page, browser: Browser, running_site: str, review):
    bea = make.member(username="bea", display_name="Bea")
    sign_in(page, review.member, running_site)
    page.clock.install()
    page.goto("/articles/")
    header = page.get_by_role("banner")
    expect(header.get_by_role("link", name="Notifications", exact=True)).to_be_visible()
    page.evaluate("window.stays = true")
    with window(browser, running_site) as other:
        theirs = other.new_page()
        sign_in(theirs, bea, running_site)
        theirs.goto(review.get_absolute_url())
        with theirs.expect_response("**/like/"):  # the button is pressed before the site has heard of it
            theirs.get_by_role("main").get_by_role("button", name=re.compile("Like")).first.click()
        expect(theirs.get_by_role("main").get_by_role("button", pressed=True)).to_be_visible()
    page.clock.fast_forward(31_000)
    link = header.get_by_role("link", name="Notifications, 1 unread")
    expect(link).to_be_visible()
    assert page.evaluate("window.stays")
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status) if "/count/" in answer.url else None)
    page.clock.fast_forward(31_000)  # nothing new: nothing is swapped, and nothing is read out again
    page.wait_for_timeout(500)
    assert asked == [204]
    link.click()
    page.get_by_role("button", name="Bea likes your review of Heat (1995)").click()
    expect(page).to_have_url(re.compile(review.get_absolute_url()))
    expect(header.get_by_role("link", name="Notifications", exact=True)).to_be_visible()


def test_all_of_it_works_without_scripts(plain_page: Page, running_site: str, review):
    page, ana = plain_page, review.member
    for name in ("bea", "cleo", "dan"):
        like_review(member=make.member(username=name, display_name=name.capitalize()), review=review)
    sign_in(page, ana, running_site)
    page.goto("/articles/")
    page.get_by_role("banner").get_by_role("link", name="Notifications, 3 unread").click()
    expect(page.get_by_role("button", name="Dan and 2 others like your review of Heat (1995)")).to_be_visible()
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_role("link", name="Dan and 2 others like your review of Heat (1995)")).to_be_visible()
    assert not Notification.objects.filter(read_at=None).exists()

    page.get_by_role("link", name="How you hear of things").click()
    page.get_by_label("By mail: Somebody likes your review").select_option("weekly")
    page.get_by_label("On the site: Somebody likes your list").uncheck()
    page.get_by_role("button", name="Keep these choices").click()
    expect(page.get_by_text("Your choices are kept.")).to_be_visible()
    ways = all_ways(ana)
    assert (ways["review_liked"], ways["list_liked"].on_site) == (Way(True, "weekly"), False)

    page.context.clear_cookies()
    page.goto(f"/accounts/notifications/unsubscribe/{token_of(ana.pk, 'weekly')}/")
    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", name="No more of these mails")).to_be_visible()
    assert all_ways(ana)["review_liked"] == Way(True, "never")
