"""axe finds nothing on any page, in either room and in open folds, and no page is too wide or squeezes what it says."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.house import House, furnish
from tests.site import sign_in, window
from tests.walk import DESKS, MEMBER, OTHERS, VISITOR, address_of
from tests.walk import Page as Address

pytestmark = [pytest.mark.e2e, pytest.mark.long, pytest.mark.django_db(transaction=True)]

AXE = Axe().axe_script
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "preload": False,  # else axe asks for stylesheets in a way that the site's policy refuses
    "resultTypes": ["violations"],
}
# What is on every page is looked at on the first.
SEEN = [".site-head", ".site-foot", "#header", "#nav-sidebar"]
# Of the API's operations the first of each kind is looked at. The others are taken off the page: what is only left out
# of the look, axe reads all the same, twenty thousand elements.
ALIKE = """() => document.querySelectorAll(".api-op ~ .api-op").forEach((op) => op.remove())"""
LOOK = "([seen, rules]) => axe.run({ exclude: seen }, rules).then(({ violations }) => violations)"
# At 320 pixels, as it comes and then with letters, words and lines as far apart as WCAG 1.4.12 lets readers set them.
STICKS_OUT = """async () => {
    const wide = () => document.documentElement.scrollWidth > 320;
    const found = wide() ? ["wider than 320 pixels"] : [];
    const words = [...document.querySelectorAll("main :is(p, h1, h2, h3):not(.vh, .visually-hidden)")];
    const squeezed = words.find((e) => e.checkVisibility() && e.clientWidth < 48 && e.textContent.trim().length > 40);
    if (squeezed) found.push(`squeezed: ${squeezed.outerHTML.slice(0, 120)}`);
    const apart = new CSSStyleSheet();
    apart.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [apart];
    if (wide()) found.push("wider than 320 pixels with wider letters");
    document.adoptedStyleSheets = [];
    return found;
}"""
# What is folded away is looked at by itself, once: a page has it in whichever room and width, and other pages have the
# same under the same words. Opens what is not `known` by these, and tells its words.
OPEN = """(known) => {
    const words = (fold) => fold.querySelector("summary").textContent.replace(/[\\d\\s]+/g, " ").trim();
    const isNew = (fold) => !known.includes(words(fold)) && known.push(words(fold));
    const folds = [...document.querySelectorAll("main details:not([open])")].filter(isNew);
    for (const fold of folds) { fold.open = true; fold.dataset.opened = ""; }
    return folds.map(words);
}"""
OPENED = "(rules) => axe.run({ include: ['[data-opened]'] }, rules).then(({ violations }) => violations)"
ROOMS = {"down": 1440, "up": 390}  # lights down on a desk, and lights up on a phone
# By the lamp in the page's header, which also turns them for the next page, and without waiting for the colours.
TURN = """() => {
    const lamp = document.querySelector("[data-lights-switch]");
    lamp?.click();
    document.getAnimations().forEach((running) => running instanceof CSSTransition && running.finish());
    return lamp && document.documentElement.dataset.lights;
}"""


def widen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700 if width == 320 else 900})


def what_axe_finds(page: Page, where: str, seen: list[str]) -> list[str]:
    return told(where, page.evaluate(LOOK, [seen, RULES]))


def told(where: str, violations: list[dict[str, Any]]) -> list[str]:
    return [f"{where}: {v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations]


def what_sticks_out(page: Page, where: str) -> list[str]:
    widen(page, 320)
    return [f"{where}: {what}" for what in page.evaluate(STICKS_OUT)]


def what_is_folded(page: Page, where: str, known: set[str]) -> list[str]:
    """What axe finds in folds that are not known yet, and what they push sideways, at 320 pixels."""
    if not (opened := page.evaluate(OPEN, sorted(known))):
        return []
    known.update(opened)
    return [*what_sticks_out(page, f"{where}, unfolded"), *told(f"{where}, unfolded", page.evaluate(OPENED, RULES))]


def turn_lights(page: Page, to: str) -> None:
    """A page without a lamp has one room."""
    assert page.evaluate(TURN) in {to, None}


def walk(browser: Browser, site: str, house: House, addresses: tuple[Address, ...]) -> list[str]:
    """Each page is loaded once and looked at in both rooms: every second one comes from the server with lights up."""
    found, folds = [], set[str]()
    for who in sorted({address.who for address in addresses}):
        one, other = ROOMS
        with window(browser, site, viewport={"width": ROOMS[one], "height": 900}, reduced_motion="reduce") as context:
            context.add_cookies([{"name": "lights", "value": one, "url": site}])
            page = context.new_page()
            page.add_init_script(script=AXE)  # once, and not half a megabyte for each page, compiled anew
            if who:
                sign_in(page, house[who], site, afresh=True)
            seen: list[str] = []
            for address in (address for address in addresses if address.who == who):
                here, there = (f"{address.name} ({who}, lights {room})" for room in (one, other))
                page.goto(address_of(address, house))
                page.evaluate(ALIKE)
                found += [*what_axe_finds(page, here, seen), *what_sticks_out(page, here)]
                turn_lights(page, other)
                found += what_sticks_out(page, there)
                widen(page, ROOMS[other])
                found += what_axe_finds(page, there, seen)
                found += what_is_folded(page, there, folds)
                one, other, seen = other, one, SEEN
    return found


@pytest.mark.slow
@pytest.mark.parametrize("addresses", [VISITOR, MEMBER + OTHERS, DESKS], ids=["visitors", "members", "staff"])
def test_axe_finds_nothing(transactional_db: None, running_site: str, browser: Browser, addresses: tuple[Address, ...]):
    assert walk(browser, running_site, furnish(), addresses) == []
