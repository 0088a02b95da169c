"""Asking a private account, being let in, and hearing of it in the feed. With scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from reviews.actions.following import choose_privacy
from tests import make
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["page", "plain_page"])
def guest(request: pytest.FixtureRequest) -> Page:
    """A page of a browser with JavaScript, and then of one without."""
    return request.getfixturevalue(request.param)


def test_a_request_is_accepted_and_the_feed_says_so(guest: Page, running_site: str):
    film = make.film(title="Baby Driver", directors=["Edgar Wright"])
    shy, reader = make.member(username="shy", display_name="Sol"), make.member(username="reader", display_name="Rui")
    choose_privacy(member=shy, is_private=True)
    make.review(member=shy, film=film, body="It starts before the engine does.")

    sign_in(guest, reader, running_site)
    guest.goto("/members/shy/")
    expect(guest.get_by_role("heading", name="This account is private")).to_be_visible()
    guest.get_by_role("button", name="Follow", exact=True).click()
    expect(guest.get_by_role("button", name="Requested")).to_have_attribute("aria-pressed", "true")
    guest.goto("/")
    expect(guest.get_by_role("main")).not_to_contain_text("It starts before the engine does.")

    sign_in(guest, shy, running_site)
    guest.goto("/")
    guest.get_by_role("button", name="Menu").click()
    guest.get_by_role("link", name="Follow requests 1").click()
    guest.get_by_role("button", name="Accept Rui").click()
    expect(guest.get_by_text("Rui follows you now.")).to_be_visible()
    expect(guest.get_by_role("heading", name="Nobody is waiting")).to_be_visible()

    sign_in(guest, reader, running_site)
    guest.goto("/")
    feed = guest.get_by_role("region", name="From people you follow")
    expect(feed).to_contain_text("It starts before the engine does.")
    guest.get_by_text("What to show").click()
    guest.get_by_role("checkbox", name="Follows", exact=True).check(force=True)
    guest.get_by_role("checkbox", name="Reviews", exact=True).uncheck(force=True)
    guest.get_by_role("button", name="Show these").click()
    expect(feed).to_contain_text("Rui follows Sol")
    expect(feed).not_to_contain_text("It starts before the engine does.")
    guest.goto("/members/shy/")
    expect(guest.get_by_role("button", name="Following")).to_be_visible()
