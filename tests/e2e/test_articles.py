"""A curator writes an article with a picture, looks at it, and lets it appear later. With scripts and without."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.jobs import finish_picture
from reviews.models import Article
from tests import make, staff
from tests.base import wait_until
from tests.site import sign_in, window

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def desk(
    request: pytest.FixtureRequest, transactional_db: None, running_site: str, browser: Browser
) -> Iterator[tuple[Page, Page, bool]]:
    """A curator's page and a visitor's."""
    with (
        window(browser, running_site, java_script_enabled=request.param) as hers,
        window(browser, running_site, java_script_enabled=request.param) as theirs,
    ):
        page = hers.new_page()
        sign_in(page, staff.curator(username="dora", display_name="Dora"), running_site, afresh=True)
        yield page, theirs.new_page(), request.param


@pytest.mark.slow
def test_a_curator_writes_previews_and_schedules_and_a_visitor_reads_it_in_its_time(desk: tuple[Page, Page, bool]):
    page, visitor, scripted = desk
    film = make.film(title="Baby Driver")
    page.goto("/admin/reviews/article/add/")
    page.get_by_label("Kind").select_option("essay")
    page.get_by_label("Headline").fill("Counting it in")
    page.get_by_label("Standfirst").fill("How six minutes were cut.")
    page.get_by_label("Text", exact=False).first.fill("It starts early.\n\n## The wipers\n\nThey keep time.")
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": staff.picture(width=1200, height=900).read()}
    page.get_by_label("Another picture").set_input_files(picture)
    page.get_by_label("What the picture shows").fill("A red car on a map")
    page.get_by_label("Credit line").fill("Drawn by the house, CC0")
    page.locator("[name=films]").fill("Baby Driver (2017)")
    page.locator("[name=_continue]").first.click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    expect(page.get_by_text("Draft", exact=True)).to_be_visible()

    across = page.get_by_label("Focal point, from the left")
    if scripted:
        page.locator("[data-focus-x]").click(position={"x": 30, "y": 30})
        assert int(across.input_value()) < 20
    else:
        across.fill("10")
    tomorrow = timezone.now() + timedelta(days=1)
    page.locator("[name=published_at]").fill(tomorrow.strftime("%Y-%m-%dT%H:%M"))
    page.locator("[name=_continue]").first.click()
    expect(page.get_by_text("Scheduled for")).to_be_visible()
    article = Article.objects.get(slug="counting-it-in")
    assert article.picture_focus_x < 20
    finish_picture("reviews.article", article.pk, "picture", article.picture_key)

    page.get_by_role("link", name="Read it as it will look").click()
    expect(page.get_by_text("Not out yet: it appears by itself on")).to_be_visible()
    shown = page.get_by_role("img", name="A red car on a map")
    expect(shown).to_be_visible()
    if scripted:
        wait_until(lambda: page.evaluate("document.querySelector('picture img').naturalWidth > 0"))
    expect(page.get_by_text("Drawn by the house, CC0")).to_be_visible()

    missing = visitor.goto("/articles/counting-it-in/")
    assert missing is not None and missing.status == 404
    visitor.goto(film.get_absolute_url())
    expect(visitor.get_by_role("link", name="Counting it in")).to_have_count(0)

    Article.objects.filter(pk=article.pk).update(published_at=timezone.now() - timedelta(minutes=1))
    visitor.goto(film.get_absolute_url())
    visitor.get_by_role("link", name="Counting it in").first.click()
    expect(visitor.get_by_role("heading", level=1, name="Counting it in")).to_be_visible()
    expect(visitor.get_by_role("img", name="A red car on a map")).to_be_visible()
    expect(visitor.get_by_text("Not out yet")).to_have_count(0)
