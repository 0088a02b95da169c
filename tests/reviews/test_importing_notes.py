"""What people noted for themselves at Trakt."""

import json

import pytest

from films.models import Film, FilmId
from tests import make
from tests.cast import Cast
from tests.reviews.imports import bring, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def films(db: None) -> dict[str, Film]:
    made = {name: make.film(title=name, year=year) for name, year in (("Heat", 1995), ("Tron", 1982))}
    FilmId.objects.create(film=made["Heat"], source="imdb", value="tt0113277")
    FilmId.objects.create(film=made["Tron"], source="tmdb", value="97")
    return made


def test_notes_at_trakt_are_for_oneself_here_too(cast: Cast, films: dict[str, Film]):
    heat = {"title": "Heat", "year": 1995, "ids": {"imdb": "tt0113277", "tmdb": 949}}
    tron = {"title": "Tron", "year": 1982, "ids": {"tmdb": 97}}
    note = {"id": 1, "notes": "The diner.\u0000", "privacy": "private", "spoiler": False,
            "created_at": "2023-05-01T00:00:00.000Z", "updated_at": "2023-05-02T00:00:00.000Z"}  # fmt: skip
    files: dict[str, str | bytes] = {
        "notes-movies.json": json.dumps([
            {"attached_to": {"type": "movie"}, "type": "movie", "movie": heat, "note": note},
            {"type": "movie", "movie": heat, "note": note | {"notes": "Twice.", "updated_at": "2024-01-01T00:00:00Z"}},
            {"type": "movie", "movie": tron, "note": note | {"notes": " \u200b"}},
        ]),
        "notes-shows.json": json.dumps([{"type": "show", "show": {}, "note": note}]),
        "lists-watchlist.json": json.dumps([
            {"listed_at": "2024-07-09T00:20:02.000Z", "notes": "Ana says so", "type": "movie", "movie": tron},
        ]),
    }  # fmt: skip
    made = take_in(bring(cast.ana, files, visibility="public"))
    assert made.source == "trakt" and made.left_out == {"notes-movies.json": 1, "notes-shows.json": 1}
    assert dict(cast.ana.private_notes.values_list("film__title", "body")) == {
        "Heat": "The diner.\n\nTwice.", "Tron": "Ana says so",
    }  # fmt: skip
    assert cast.ana.marks.get().film == films["Tron"] and not cast.ana.reviews.exists()
    assert bring(cast.bea, {"": files["notes-movies.json"]}, name="notes-movies.json").rows.count() == 1
    assert not bring(cast.ana, files).rows.exclude(verdict="same").exists()
