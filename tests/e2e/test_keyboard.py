"""The site without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from reviews.models import Mark
from tests import make
from tests.base import wait_until
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText.trim() || document.activeElement.value || ''")


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Press Tab until what is called so has the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if name in focused(page):
            return
    raise AssertionError(f"{name!r} is not within {most} presses of Tab")


def test_the_first_key_skips_to_the_main_part(page: Page):
    page.goto("/films/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the main part"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_rating_by_the_arrow_keys(page: Page, running_site: str):
    film, member = make.film(), make.member()
    sign_in(page, member, running_site)
    page.goto(film.get_absolute_url())
    page.get_by_role("radio", name="½ star", exact=True).focus()
    for _press in range(6):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="3½ stars", exact=True)).to_be_checked()
    expect(page.get_by_role("button", name="Clear rating")).to_be_visible()
    wait_until(lambda: Mark.objects.filter(member=member, film=film, half_stars=7).exists())
    expect(page.get_by_role("radio", name="3½ stars", exact=True)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    wait_until(lambda: Mark.objects.filter(member=member, film=film, half_stars=6).exists())
    tab_to(page, "Clear rating")
    page.keyboard.press("Enter")
    wait_until(lambda: Mark.objects.filter(member=member, film=film, half_stars=None).exists())


def test_the_toggles_keep_the_focus(page: Page, running_site: str):
    film, member = make.film(), make.member()
    sign_in(page, member, running_site)
    page.goto(film.get_absolute_url())
    page.get_by_role("button", name="Watchlist", exact=True).focus()
    for pressed in ("true", "false"):
        page.keyboard.press("Space")
        button = page.get_by_role("button", name="Watchlist", exact=True)
        expect(button).to_have_attribute("aria-pressed", pressed)
        expect(button).to_be_focused()


def test_the_menu_opens_and_shuts_by_keys(page: Page, running_site: str):
    sign_in(page, make.member(), running_site)
    page.goto("/")
    menu, log_out = page.get_by_role("button", name="Menu"), page.get_by_role("button", name="Log out")
    menu.focus()
    page.keyboard.press("Enter")
    expect(log_out).to_be_visible()
    page.keyboard.press("Escape")
    expect(log_out).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "Log out")
    page.keyboard.press("Enter")
    expect(page.get_by_role("banner").get_by_role("link", name="Log in")).to_be_visible()


def test_focus_is_always_to_be_seen(page: Page, running_site: str):
    """Whatever Tab reaches on a busy page has an outline, and none of it is hidden."""
    film, member = make.film(directors=["Edgar Wright"]), make.member()
    make.review(film=film)
    sign_in(page, member, running_site)
    page.goto(film.get_absolute_url())
    for _press in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const here = document.activeElement;
                const rings = [here, here.closest("label"), here.nextElementSibling].filter(Boolean).map((each) => {
                    const style = getComputedStyle(each);
                    return style.outlineStyle !== "none" || style.boxShadow !== "none";
                });
                return here === document.body || rings.some(Boolean) ? "" : here.outerHTML.slice(0, 120);
            }"""
        )
        assert seen == ""


def test_a_covered_ending_opens_by_key(page: Page):
    review = make.review(body="It is slow. >!The driver dies.!< And loud.")
    page.goto(review.get_absolute_url())
    ending = page.get_by_text("The driver dies.")
    expect(ending).to_be_hidden()
    page.get_by_role("article", name="The review").locator("summary, button").first.focus()
    page.keyboard.press("Enter")
    expect(ending).to_be_visible()
