"""A member makes a list, fills it and puts it in order; another likes it and takes a copy. With scripts and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from reviews.models import FilmList, ListEntry
from tests import make
from tests.base import wait_until
from tests.site import sign_in, window

TALL = {"width": 1280, "height": 1500}  # a mouse reaches what is on the screen
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def seats(
    request: pytest.FixtureRequest, transactional_db: None, running_site: str, browser: Browser
) -> Iterator[tuple[Page, Page, bool]]:
    """Two members, each before a browser of their own."""
    with (
        window(browser, running_site, java_script_enabled=request.param, viewport=TALL) as one,
        window(browser, running_site, java_script_enabled=request.param, viewport=TALL) as other,
    ):
        ana, fay = one.new_page(), other.new_page()
        sign_in(ana, make.member(username="ana", display_name="Ana"), running_site)
        sign_in(fay, make.member(username="fay", display_name="Fay"), running_site)
        yield ana, fay, request.param


def order() -> list[str]:
    entries = ListEntry.objects.filter(film_list__title="Loud films").order_by("position")
    return list(entries.values_list("film__title", flat=True))


def becomes(*titles: str) -> None:
    def it_is_so() -> bool:
        return order() == list(titles)

    wait_until(it_is_so)


def add(page: Page, title: str) -> None:
    search = page.get_by_role("searchbox", name="Search films to add")
    search.fill(title)
    search.press("Enter")
    page.get_by_role("button", name=f"Add {title}").click()
    expect(page.get_by_text(f"{title} (2017) is on the list")).to_be_visible()


@pytest.mark.slow
def test_an_evening_with_a_list(seats: tuple[Page, Page, bool]):
    page, other, scripted = seats
    for title in ("Whiplash", "Sinners", "Drive"):
        make.film(title=title)
    page.goto("/lists/")
    page.get_by_role("link", name="New list").click()
    page.get_by_role("button", name="Make list").click()
    expect(page.get_by_role("alert")).to_contain_text("Give the list a name.")
    page.get_by_label("Name of the list").fill("Loud films")
    page.get_by_label("Ranked: the first is the best").check()
    page.get_by_role("button", name="Make list").click()

    for title in ("Whiplash", "Sinners", "Drive"):
        add(page, title)
    becomes("Whiplash", "Sinners", "Drive")

    # By the buttons, with the keyboard; by the number of the place; with scripts by the handle's keys, and dragged.
    page.get_by_role("button", name="Up Drive").press("Enter")
    becomes("Whiplash", "Drive", "Sinners")
    if scripted:
        expect(page.locator("[data-arrange-says]")).to_have_text("Drive is at place 2 now.")
        expect(page.get_by_role("button", name="Up Drive")).to_be_focused()
    page.get_by_label("Place of Drive").fill("1")
    page.get_by_role("button", name="Move Drive").and_(page.locator("[value=move]")).click()
    becomes("Drive", "Whiplash", "Sinners")
    if scripted:
        handle = page.get_by_role("button", name="Handle of Drive")
        handle.press("ArrowDown")
        becomes("Whiplash", "Drive", "Sinners")
        expect(handle).to_be_focused()
        first = page.locator("[data-entry]").first
        page.locator("[data-entry]").last.locator("[data-handle]").hover()
        page.mouse.down()
        box = first.bounding_box()
        assert box
        page.mouse.move(box["x"] + 40, box["y"] + 20, steps=8)
        page.mouse.up()
        becomes("Sinners", "Whiplash", "Drive")
        expect(page.locator("[data-place]").first).to_have_text("1")
        page.get_by_role("banner").get_by_role("link", name="Films").click()
        page.wait_for_url("**/films/")
        page.go_back()
        becomes("Sinners", "Whiplash", "Drive")
    else:
        expect(page.locator("[data-handle]").first).to_be_hidden()
        page.get_by_role("button", name="Up Sinners").click()
        page.get_by_role("button", name="Up Sinners").click()
        becomes("Sinners", "Drive", "Whiplash")

    # A note, behind a curtain.
    page.locator("summary", has_text="Add a note on Sinners").click()
    page.get_by_label("Why Sinners is here").fill("They *all* sing at the end.")
    page.locator("[data-entry]").first.get_by_label("Contains spoilers").check()
    page.get_by_role("button", name="Save note on Sinners").click()
    expect(page.get_by_text("Your note on Sinners is kept.")).to_be_visible()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("heading", name="Loud films")).to_be_visible()
    expect(page.get_by_text("You have seen 0 of 3")).to_be_visible()

    # Somebody else.
    film_list = FilmList.objects.get()
    other.goto("/lists/")
    other.get_by_role("link", name="Loud films").click()
    expect(other.get_by_text("They all sing")).to_be_hidden()
    other.get_by_text("Open the curtain").click()
    expect(other.get_by_text("They all sing")).to_be_visible()
    other.get_by_role("button", name="Like").click()
    expect(other.get_by_role("button", name="Like", pressed=True)).to_be_visible()
    other.get_by_role("button", name="Make a copy").click()
    expect(other.get_by_text("Only you can see it until you say otherwise.")).to_be_visible()
    clone = FilmList.objects.get(cloned_from=film_list)
    assert (clone.member.username, clone.visibility, clone.film_count) == ("fay", "private", 3)
    other.goto(f"/lists/{clone.pk}/")
    expect(other.get_by_text("Made from Loud films by Ana.")).to_be_visible()
    assert page.goto(f"/lists/{clone.pk}/").status == 404


@pytest.mark.slow
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_page_scrolls_where_a_film_is_dragged_to_its_edge(
    transactional_db: None, running_site: str, browser: Browser, motion: str
):
    ana = make.member(username="ana", display_name="Ana")
    titles = [f"Reel {number}" for number in range(12)]
    film_list = make.film_list(member=ana, title="Loud films", films=[make.film(title=title) for title in titles])
    small = {"width": 800, "height": 600}
    with window(browser, running_site, viewport=small, reduced_motion=motion) as one:
        page = one.new_page()
        sign_in(page, ana, running_site)
        page.goto(f"/lists/{film_list.pk}/films/")

        def scrolled() -> float:
            return page.evaluate("scrollY")

        def is_at(place: int) -> bool:
            rows = page.locator("[data-entry]").all_inner_texts()
            return "Reel 0\n" in f"{rows[place]}\n"

        page.locator("[data-entry]").first.scroll_into_view_if_needed()
        page.locator("[data-handle]").first.hover()
        before = scrolled()
        page.mouse.down()
        page.mouse.move(300, 300, steps=4)
        page.wait_for_timeout(700)
        assert scrolled() == before, "in the middle nothing moves"
        page.mouse.move(300, 590, steps=4)
        wait_until(lambda: is_at(11), seconds=30)
        assert scrolled() > before + 300
        page.mouse.move(300, 10, steps=4)
        wait_until(lambda: is_at(0), seconds=30)
        page.mouse.move(300, 590, steps=4)
        wait_until(lambda: is_at(11), seconds=30)
        page.mouse.up()
        rests = scrolled()
        becomes(*titles[1:], titles[0])
        page.mouse.move(300, 599)
        page.wait_for_timeout(700)
        assert scrolled() == rests, "nor when nothing is dragged"
