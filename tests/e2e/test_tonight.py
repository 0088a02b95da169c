"""An evening in a living room: a host at a desk, a second member, a guest on a telephone, from the link to the log."""

import pytest
from playwright.sync_api import Browser, Page, expect

from reviews.models import Evening, Viewing
from tests import make
from tests.base import wait_until
from tests.site import sign_in, window

pytestmark = [pytest.mark.e2e, pytest.mark.long, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"too wide: {page.url}"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.slow
def test_three_people_find_a_film(transactional_db: None, running_site: str, browser: Browser):
    for n in range(9):
        make.film(title=f"Known {n}", renown=100 - n, runtime_minutes=80)
    film = make.film(title="Paprika", runtime_minutes=90)
    make.film(title="Satantango", runtime_minutes=439)
    ana, bea = (make.member(username=name, display_name=name.capitalize()) for name in ("ana", "bea"))
    for member in (ana, bea):
        make.mark(member=member, film=film, in_watchlist=True)
    with (
        window(browser, running_site) as one,
        window(browser, running_site) as two,
        window(browser, running_site, viewport=PHONE, has_touch=True) as three,
    ):
        host, second, guest = one.new_page(), two.new_page(), three.new_page()
        sign_in(host, ana, running_site)
        sign_in(second, bea, running_site)

        host.goto("/")
        host.get_by_role("button", name="Menu").click()
        host.get_by_role("link", name="Tonight: choose a film together").click()
        expect(host.get_by_role("heading", name="Start an evening")).to_be_visible(timeout=30_000)
        host.get_by_label("What to call it").fill("Friday at Ana’s")
        host.get_by_label("No longer than, in minutes").fill("120")
        press(host, "Start and get the link")
        expect(host.get_by_text("You are alone so far. Pass the link on.")).to_be_visible()
        link = host.get_by_label("The link to pass on").input_value()
        assert link == f"{running_site}/tonight/{Evening.objects.get().key}/"
        host.get_by_text("Show it as a square for a camera").click()
        expect(host.get_by_role("img", name="The link as a square for a camera")).to_be_visible()

        second.goto(link)
        press(second, "Take a seat as Bea")
        guest.goto(link)
        fits(guest)
        guest.get_by_label("Your name").fill("Gil")
        press(guest, "Take a seat")
        expect(guest.get_by_text("Gil", exact=True)).to_be_visible()
        # Whoever was there before sees them come, without doing anything.
        expect(host.get_by_text("Gil", exact=True)).to_be_visible(timeout=15_000)
        expect(host.get_by_text("Guest", exact=False).first).to_be_visible()

        guest.get_by_role("searchbox", name="Search films to name").fill("papri")
        guest.get_by_role("button", name="I want it Paprika").click()
        expect(guest.get_by_role("heading", name="You named")).to_be_visible()
        guest.get_by_role("searchbox", name="Search films to name").fill("known 0")
        guest.get_by_role("button", name="Seen it Known 0").click()
        expect(guest.get_by_role("button", name="Take back Known 0")).to_be_visible()
        fits(guest)
        for page in (guest, second):
            press(page, "I am ready")
            expect(page.get_by_role("button", name="I am not ready yet")).to_be_focused()
        expect(host.get_by_text("2 of 3 are ready.")).to_be_visible(timeout=15_000)
        press(host, "I am ready")

        for page in (host, second, guest):
            expect(page.get_by_role("heading", name="The shortlist is made.")).to_be_visible(timeout=15_000)
            expect(page.get_by_role("listitem").filter(has_text="Paprika")).to_contain_text("all of you want it")
            expect(page.get_by_text("Known 0")).to_have_count(0)
            expect(page.get_by_text("Satantango")).to_have_count(0)
        fits(guest)
        guest.get_by_role("button", name="Strike out Known 1").click()
        expect(guest.get_by_role("button", name="You struck it out Known 1")).to_be_focused()
        expect(second.get_by_role("listitem").filter(has_text="Known 1")).to_contain_text("Struck out", timeout=15_000)
        press(guest, "I am ready")
        press(host, "Draw now")
        for page in (host, second, guest):
            expect(page.get_by_role("heading", name="Paprika")).to_be_visible(timeout=15_000)
            expect(page.get_by_text("All of you wanted it.")).to_be_visible()
        fits(guest)

        press(second, "We watched it")
        expect(second.get_by_text("Paprika is in your diary.")).to_be_visible()
        host.get_by_label("Those who log it too may see that I was there").check()
        press(host, "We watched it")
        expect(host.get_by_text("Paprika is in your diary.")).to_be_visible()
        expect(second.get_by_text("Watched and logged by Ana, Bea")).to_be_visible(timeout=15_000)
        expect(guest.get_by_text("Members log it in their diaries.")).to_be_visible()
        wait_until(lambda: Viewing.objects.count() == 2)
        assert set(Viewing.objects.values_list("member__username", "film__title")) == {
            ("ana", "Paprika"),
            ("bea", "Paprika"),
        }
        press(host, "End the evening")
        expect(host.get_by_role("heading", name="What you watched together")).to_be_visible()
        expect(guest.get_by_role("heading", name="No seat here")).to_be_visible(timeout=15_000)
