"""What curators type at the desk of films, and what becomes of it: names, ids, pictures."""

import pytest
from django.core.exceptions import ValidationError

from films.actions import settle_fact
from films.cards import card_of_film
from films.models import Film, Person
from films.posters import poster_of
from tests import make, staff
from tests.api import program
from tests.films.test_admin import ADD, film_form
from tests.staff import rows


@pytest.fixture
def curator(db):
    return staff.logged_in(staff.curator(username="cora"))


def test_what_shows_nothing_is_no_name_and_what_turns_the_writing_round_is_taken_out(curator):
    """Of films, their rows and people, terms, collections and articles; in forms and in the actions behind them."""
    nothing, told = "\u200b\u3164", "Nothing of this can be seen."
    song = {"title": nothing, "artist": "\u2800", "position": "1"}
    parts = rows("credits", {"person": nothing, "character": "Ada"}) | rows("soundtrack", song)
    page = curator.post(
        ADD, film_form(title=nothing, tagline="\u2066", **parts, **rows("alternative_titles", {"title": nothing}))
    )
    assert page.status_code == 200 and page.text.count(told) == 6 and not Film.objects.exists()
    for address, sent in (
        ("films/person", {"name": nothing} | rows("external_ids")),
        ("films/genre", {"name": nothing, "slug": "x"}),
        ("films/collection", {"title": nothing} | rows("entries")),
        ("reviews/article", {"title": nothing, "body": nothing, "kind": "news", "byline": "A \u202eB"}),
    ):
        assert told in curator.post(f"/admin/{address}/add/", sent).text, address
    film = make.film(title="Kept")
    for fact, value in (("title", nothing), ("titles", [{"title": nothing, "country": None, "language": None}])):
        with pytest.raises(ValidationError, match="can be seen"):
            settle_fact(curator=staff.curator(), film=film, fact=fact, value=value)
    assert program(staff.curator()).post("films/", {"title": nothing}).status_code == 400
    curator.post(ADD, film_form(title="Safe\u202e gpj.exe", tagline="One\u200b line"))
    assert Film.objects.filter(title="Safe gpj.exe", tagline="One line").exists()


def test_a_picture_that_cannot_be_stored_costs_nothing_else(curator, settings, tmp_path):
    """The disk is full or the bucket away: the form is saved, and a member's page says so."""
    (tmp_path / "media").touch()
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "media", tmp_path / "media"
    told = "The site cannot store pictures just now. Send yours again later; nothing else is lost."
    sent = film_form(picture=staff.picture(), **rows("credits", {"person": "Ana Known", "character": "Ada"}))
    page = curator.post(ADD, sent, follow=True)
    assert f"All is saved but the picture. {told}" in page.text
    film = Film.objects.get()
    assert film.credits.count() == 1 and not film.poster_key
    for address in (poster_of(film).src, card_of_film(film).url):
        assert curator.get(address)["Content-Type"].startswith("image/"), "drawn, if not kept"
    page = curator.post("/accounts/settings/picture/", {"picture": staff.picture()})
    assert page.status_code == 422 and told in page.text


def test_an_id_elsewhere_is_one_and_may_be_pasted_as_an_address(curator):
    made = "https://www.imdb.com/title/tt3890160/?ref_=x", "themoviedb.org/movie/339403-baby-driver", " Q21086003 "
    ids = [{"source": source, "value": value} for source, value in zip(("imdb", "tmdb", "wikidata"), made, strict=True)]
    page = {"source": "wikipedia", "value": "https://en.wikipedia.org/wiki/Baby_Driver"}
    curator.post(ADD, film_form(**rows("external_ids", *ids, page)))
    film = Film.objects.get()
    kept = dict(film.external_ids.values_list("source", "value"))
    assert kept == {"imdb": "tt3890160", "tmdb": "339403", "wikidata": "Q21086003", "wikipedia": "Baby_Driver"}
    again = film_form(title="Another", **rows("external_ids", ids[0]))
    assert "Another film has this id already" in curator.post(ADD, again).text
    for source, value in (
        ("imdb", "hello"), ("imdb", "nm0942367"), ("tmdb", "tt3890160"), ("wikidata", "https://[/Q1"),
        ("wikipedia", "https://de.wikipedia.org/wiki/Baby_Driver"), ("imdb", "https://evil.example/title/tt0000001/"),
    ):  # fmt: skip
        sent = film_form(title="Another", **rows("external_ids", {"source": source, "value": value}))
        assert "An id there looks like" in (words := curator.post(ADD, sent).text) or "such as Baby_Driver" in words, (
            value
        )
    person = {"name": "Edgar Wright"} | rows("external_ids", {"source": "imdb", "value": "imdb.com/name/nm0942367/"})
    curator.post("/admin/films/person/add/", person)
    assert Person.objects.get().external_ids.get().value == "nm0942367"


def test_a_new_name_that_is_too_long_is_told_and_a_namesake_of_the_year(curator):
    """Of whoever is new in a row, and of a film that was here already."""
    cast, song = {"person": "A" * 200, "character": "Ada"}, {"title": "One", "artist": "B" * 250, "position": "1"}
    page = curator.post(ADD, film_form(**rows("credits", cast), **rows("soundtrack", song)))
    assert "at most 150 characters (it has 200)" in page.text and "at most 200 characters (it has 250)" in page.text
    assert "A" * 200 in page.text and not Film.objects.exists()
    assert "was here already" not in curator.post(ADD, film_form(), follow=True).text
    told = curator.post(ADD, film_form(title="the last reel"), follow=True).text
    assert "A film of this title and year was here already" in told and "/films/the-last-reel-1998/" in told


def test_days_on_which_nothing_was_are_refused(curator):
    """A year with a slip in it stands nowhere: of a film, of a release, of a life."""
    release = {"country": "GB", "kind": "cinema", "released_on": "0217-06-28"}
    make.film(countries=["GB"], title="Elsewhere")
    page = curator.post(ADD, film_form(release_date="0217-06-28", **rows("releases", release)))
    assert page.text.count("Write a day of the years from 1874 to 2100.") == 2
    assert program(staff.curator()).post("films/", {"title": "A", "release_date": "0217-06-28"}).status_code == 400
    film, sent = Film.objects.get(), {"releases": [release | {"certificate": "", "note": ""}]}
    assert program(staff.curator()).patch(f"films/{film.slug}/", sent).status_code == 400
    for life in ({"born_on": "2974-04-18"}, {"born_on": "1974-04-18", "died_on": "2974-04-18"}):
        told = curator.post("/admin/films/person/add/", {"name": "Edgar Wright"} | rows("external_ids") | life).text
        assert "This day is yet to come. Check the year." in told
    assert not Person.objects.exists()
