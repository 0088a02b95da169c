"""A visitor opens what is folded on a film's page, follows a song, and leaves films out by their notes."""

import re

import pytest
from playwright.sync_api import Page, expect

from films.models import AlternativeTitle, ContentNote
from tests import make

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["page", "plain_page"])
def visitor(request: pytest.FixtureRequest, running_site: str) -> Page:
    """With scripts and without."""
    page: Page = request.getfixturevalue(request.param)
    return page


def test_what_is_folded_opens_and_a_song_leads_to_its_artist(visitor: Page):
    film = make.film(title="Baby Driver", trailer_url="https://www.youtube.com/watch?v=z2z857RSfhk")
    AlternativeTitle.objects.create(film=film, title="Nyomd, Bébi, nyomd!", country=make.countries("HU")[0])
    make.song(film=film, title="Intermission", artist="Blur", scene="The lights go up.")
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.url))
    visitor.goto("/films/baby-driver-2017/")
    expect(visitor.get_by_text("Nyomd, Bébi, nyomd!")).to_be_hidden()
    visitor.get_by_text("1 title elsewhere").click()
    expect(visitor.get_by_text("Nyomd, Bébi, nyomd!")).to_be_visible()
    trailer = visitor.get_by_role("link", name="Watch the trailer at YouTube")
    expect(trailer).to_have_attribute("href", film.trailer_url)
    assert asked and not any("youtube" in url for url in asked)
    visitor.get_by_role("link", name="Blur").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Blur")
    expect(visitor.get_by_text("The lights go up.")).to_be_visible()


def test_films_with_a_note_are_left_out(visitor: Page):
    note, _made = ContentNote.objects.get_or_create(slug="flashing-lights", defaults={"name": "Flashing lights"})
    make.film(title="Strobe").content_notes.add(note)
    make.film(title="Candle")
    visitor.goto("/films/")
    expect(visitor.get_by_role("link", name="Strobe")).to_be_visible()
    out = visitor.get_by_role("group", name="Leave out films with")
    out.get_by_text("Content notes").click()
    out.get_by_role("checkbox", name="Flashing lights").check()
    visitor.get_by_role("button", name="Show films").click()
    expect(visitor).to_have_url(re.compile("without=flashing-lights"))
    expect(visitor.get_by_role("link", name="Strobe")).to_have_count(0)
    expect(visitor.get_by_role("link", name="Candle")).to_be_visible()
