"""What a reader's telephone has to fetch for a film."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

from tests.house import furnish

LIMIT = 100 * 1024


def test_a_film_page_is_light_and_asks_nobody_else(page: Page, running_site: str):
    house = furnish()
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))
    page.on("requestfailed", lambda request: asked.append(request))
    page.goto(house.address("/films/{film}/"))
    page.wait_for_load_state("networkidle")

    assert {urlsplit(request.url).netloc for request in asked} == {urlsplit(running_site).netloc}
    sizes = {request.url: request.sizes() for request in asked if request.resource_type != "image"}
    weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes.values())
    assert len(sizes) > 3, "the page, its styles, its scripts"
    assert 5_000 < weight <= LIMIT, {url: size["responseBodySize"] for url, size in sizes.items()}
