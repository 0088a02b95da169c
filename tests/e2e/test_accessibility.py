"""axe finds nothing on any page, in either room, and no page needs to be pushed sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.house import House, furnish
from tests.site import sign_in, window
from tests.walk import DESKS, MEMBER, OTHERS, VISITOR, address_of
from tests.walk import Page as Address

pytestmark = [pytest.mark.e2e, pytest.mark.long, pytest.mark.django_db(transaction=True)]

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "preload": False,  # else axe asks for stylesheets in a way that the site's policy refuses
    "resultTypes": ["violations"],
}
ROOMS = {"lights down on a desk": ("down", 1440), "lights up on a phone": ("up", 390)}


def complaints(page: Page, where: str) -> list[str]:
    found = [
        f"{where}: {v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in Axe().run(page, options=RULES).response["violations"]
    ]
    page.set_viewport_size({"width": 320, "height": 700})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found.append(f"{where}: wider than 320 pixels")
    return found


def walk(browser: Browser, site: str, house: House, addresses: tuple[Address, ...], room: str) -> list[str]:
    lights, width = ROOMS[room]
    found = []
    for who in sorted({address.who for address in addresses}):
        with window(browser, site, viewport={"width": width, "height": 900}, reduced_motion="reduce") as context:
            context.add_cookies([{"name": "lights", "value": lights, "url": site}])
            page = context.new_page()
            if who:
                sign_in(page, house[who], site, afresh=True)
            for address in addresses:
                if address.who == who:
                    page.set_viewport_size({"width": width, "height": 900})
                    page.goto(address_of(address, house))
                    found += complaints(page, f"{address.name} ({who}, {room})")
    return found


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("addresses", [VISITOR, MEMBER + OTHERS, DESKS], ids=["visitors", "members", "staff"])
def test_axe_finds_nothing(
    transactional_db: None, running_site: str, browser: Browser, addresses: tuple[Address, ...], room: str
):
    assert walk(browser, running_site, furnish(), addresses, room) == []
