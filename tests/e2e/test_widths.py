"""Pages on screens of every width."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from reviews.actions.charting import draw_charts
from reviews.actions.following import follow_member
from reviews.actions.housekeeping import save_page, say_words
from reviews.actions.noticing import save_notice
from reviews.models import Playing
from tests import make, staff
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 390, 640, 768, 900, 1024, 1100, 1184, 1248, 1280, 1440, 2560)
IN_THE_BAR = """() => {
    const bar = document.querySelector(".site-head-in"), tools = document.querySelector(".site-tools");
    const end = bar.getBoundingClientRect().right - parseFloat(getComputedStyle(bar).paddingInlineEnd);
    return tools.getBoundingClientRect().right <= end + 1;
}"""


# Words that begin or end beyond the screen, where they are cut off.
BEYOND = """() => [...document.querySelectorAll("main :is(p, h1, h2, a), footer :is(p, a)")]
    .filter(part => part.getClientRects().length && !part.closest(".shelf"))
    .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
    .map(part => part.textContent.slice(0, 40))"""


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_bar_holds_its_tools_and_the_main_links_are_there_or_in_the_menu(
    page: Page, running_site: str, signed_in: bool
):
    if signed_in:
        sign_in(page, make.member(), running_site)
    page.goto("/films/")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page) and page.evaluate(IN_THE_BAR), width
        if not page.get_by_role("navigation", name="Main", exact=True).is_visible():
            page.get_by_role("button", name="Menu").click()
            menu = page.get_by_role("navigation", name="Main, in the menu")
            expect(menu.get_by_role("link", name="Charts")).to_be_visible()
            page.keyboard.press("Escape")


def test_a_long_list_of_the_admin_and_its_pages_fit_a_telephone(page: Page, running_site: str):
    make.film(cast=[(f"Somebody {n}", "") for n in range(501)])
    sign_in(page, staff.curator(), running_site)
    page.goto("/admin/films/credit/?job__exact=actor")
    expect(page.get_by_role("navigation", name="Pagination").get_by_text("11", exact=True)).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page), width


def test_long_names_of_those_whom_one_follows_stay_in_their_panel(page: Page, running_site: str):
    film, me = make.film(), make.member()
    for letter in "ab":
        other = make.member(username=letter * 30)
        follow_member(member=me, other=other)
        make.mark(member=other, film=film, stars=5, liked=True)
    sign_in(page, me, running_site)
    page.goto(film.get_absolute_url())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        panel = page.get_by_role("region", name="People you follow")
        end = panel.evaluate("panel => panel.getBoundingClientRect().right")
        for name in panel.get_by_role("link").all():
            assert name.evaluate("name => name.getBoundingClientRect().right") <= end, width
        assert fits(page), width


def test_the_filters_of_a_chart_are_folded_on_a_telephone(page: Page, running_site: str):
    film = make.film(genres=["Drama"], year=1999)
    for _each in range(3):
        make.mark(member=make.member(), film=film, stars=4)
    draw_charts()
    page.goto("/charts/top/")
    genre = page.get_by_role("combobox", name="Genre")
    expect(genre).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(genre).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    expect(genre).to_be_visible()


def test_settings_are_open_beside_their_pages_and_folded_above_them_on_a_telephone(page: Page, running_site: str):
    sign_in(page, make.member(), running_site)
    page.goto("/accounts/privacy/")
    settings = page.get_by_role("navigation", name="Settings")
    expect(settings.get_by_role("link", name="Privacy")).to_have_attribute("aria-current", "page")
    expect(settings.get_by_text("All settings")).to_be_hidden()
    expect(settings.get_by_role("list", name="Logging in").get_by_role("link")).to_have_count(4)
    page.set_viewport_size({"width": 390, "height": 800})
    expect(settings.get_by_role("link")).to_have_count(0)
    settings.get_by_text("All settings").press("Enter")
    assert fits(page) and page.evaluate(BEYOND) == []
    settings.get_by_role("link", name="Second step").click()
    expect(page).to_have_url(f"{running_site}/accounts/2fa/")


def test_very_long_words_of_a_house_and_its_members_stay_on_a_telephone(page: Page, running_site: str):
    word = "Donaudampfschifffahrtsgesellschaftskapitaen" * 3
    boss, me = staff.administrator(), make.member()
    say_words(editor=boss, line=word, welcome=word, contact=f"https://example.org/{word}")
    about = save_page(editor=boss, title=word[:80], body=f"## {word}\n\n{word}\n\n## More\n\n`{word}`", published=True)
    save_notice(editor=boss, words=word, link="/house/", link_words=word[:40])
    make.webhook(member=me, address=f"https://{'a' * 60}.{'b' * 60}.example.org/")
    player = make.player(member=me, name=word[:60])[0]
    Playing.objects.create(player=player, title=word, outcome="waiting", watched_on=date(2026, 11, 30))
    waits = f"{player.get_absolute_url()}playings/{player.playings.get().pk}/"
    film = make.film()
    page.set_viewport_size({"width": 390, "height": 800})
    for address in ("/", film.get_absolute_url(), "/house/", about.get_absolute_url(), "/accounts/signup/"):
        page.goto(address)
        assert fits(page) and page.evaluate(BEYOND) == [], address
    sign_in(page, me, running_site)
    for address in ("/accounts/webhooks/", "/accounts/players/", player.get_absolute_url(), waits):
        page.goto(address)
        assert fits(page) and page.evaluate(BEYOND) == [], address


@pytest.mark.parametrize("lights", ["up", "down"])
def test_no_message_of_the_admin_has_a_picture_over_its_words(page: Page, running_site: str, lights: str):
    sign_in(page, staff.curator(), running_site)
    page.context.add_cookies([{"name": "lights", "value": lights, "url": running_site}])
    page.goto("/admin/films/duplicate/")
    page.get_by_role("button", name="Look for duplicates now").click()
    message = page.locator(".messagelist li.info")
    expect(message).to_contain_text("Looked through all films. New pairs: 0.")
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert message.evaluate("line => getComputedStyle(line).backgroundImage") == "none" and fits(page), width
