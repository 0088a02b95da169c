"""Exports of where people keep what they watch: Movary, Yamtrack, Floppy, Watcharr, Simkl, TMDB, MovieLens."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from films.models import Film, FilmId
from reviews.importers.movielens import titled
from reviews.importers.tables import tenth_near
from reviews.models import Import
from tests import make
from tests.cast import Cast
from tests.reviews.imports import bring, take_in, undo

pytestmark = pytest.mark.django_db

IMDB_IDS = {"Heat": "tt0113277", "Tron": "tt0084827"}
TMDB_IDS = {"Heat": "949", "Tron": "97", "Alien": "348"}


@pytest.fixture
def films(db: None) -> dict[str, Film]:
    made = {name: make.film(title=name, year=year) for name, year in (("Heat", 1995), ("Tron", 1982), ("Alien", 1979))}
    for source, ids in (("imdb", IMDB_IDS), ("tmdb", TMDB_IDS)):
        FilmId.objects.bulk_create(FilmId(film=made[name], source=source, value=value) for name, value in ids.items())
    return made


def read_of(made: Import) -> list[tuple[Any, ...]]:
    rows = made.rows.order_by("id").values_list("kind", "title", "half_stars", "watched_on", "verdict", "problem")
    return [tuple(row) for row in rows]


HISTORY = "title,year,tmdbId,imdbId,watchedAt,comment,location\n"
MOVARY: dict[str, str | bytes] = {
    "export-history-1-1717000000.csv": HISTORY + 'Heat,1995,949,tt0113277,2024-03-02,"Loud, with Ana",The Odeon\n'
    "Heat,1995,949,tt0113277,2020-01-31,Alone,\nHeat,1995,949,tt0113277,2020-01-31,,\nTron,1982,97,,,,\n"
    "Alien,1979,348,,2999-01-01,,\n",
    "export-ratings-1-1717000000.csv": "title,year,tmdbId,imdbId,userRating\nHeat,1995,949,tt0113277,9\n"
    "Tron,1982,97,,0\n",
    "export-watchlist-1-1717000000.csv": "title,year,tmdbId,imdbId,addedAt\nAlien,1979,348,,2024-05-01 20:15:00\n",
}


def test_movary_brings_evenings_with_places_comments_as_notes_ratings_and_the_watchlist(
    cast: Cast, films: dict[str, Film]
):
    made = bring(cast.ana, MOVARY)
    assert made.source == "movary" and made.left_out == {}
    assert [row[-1] for row in read_of(made) if row[-1]] == ["day", "rating"]
    take_in(made)
    evenings = cast.ana.viewings.order_by("watched_on", "id").values_list("film__title", "watched_on", "place")
    assert list(evenings) == [
        ("Heat", date(2020, 1, 31), ""), ("Heat", date(2020, 1, 31), ""), ("Heat", date(2024, 3, 2), "The Odeon"),
    ]  # fmt: skip
    assert not cast.ana.viewings.filter(context_shown=True).exists(), "where one was, one shows by oneself"
    assert cast.ana.private_notes.get().body == "2020-01-31: Alone\n\n2024-03-02: Loud, with Ana"
    assert not cast.ana.reviews.exists()
    marks = {mark.film.title: mark for mark in cast.ana.marks.select_related("film")}
    assert marks["Heat"].half_stars == 9 and marks["Tron"].is_watched and marks["Alien"].is_in_watchlist
    again = bring(cast.ana, MOVARY)
    assert not again.rows.filter(verdict__in=["new", "conflict"]).exists()
    undo(made)
    assert not cast.ana.viewings.exists() and not cast.ana.private_notes.exists() and not cast.ana.marks.exists()


def test_a_watchlist_of_an_older_movary_lacks_the_year_that_its_header_names(cast: Cast, films: dict[str, Film]):
    lines = "title,year,tmdbId,imdbId,addedAt\nHeat,949,tt0113277,2023-05-01 20:15:00\nAlien,348,,2023-05-02 08:00:00\n"
    made = bring(cast.ana, {"": lines}, name="export-watchlist-1-1690000000.csv")
    told = [(row.film, row.year, str(row.at)[:10]) for row in made.rows.order_by("id").select_related("film")]
    assert told == [(films["Heat"], None, "2023-05-01"), (films["Alien"], None, "2023-05-02")]


YAMTRACK = (
    '"media_id","source","media_type","title","image","season_number","episode_number","score","progress","status",'
    '"start_date","end_date","notes","created_at","progressed_at"\n'
)


def line(*cells: str) -> str:
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


def test_yamtrack_brings_its_films_and_says_what_else_there_was(cast: Cast, films: dict[str, Film]):
    at = "2024-02-10 08:00:00+00:00"
    table = YAMTRACK + "".join([
        line("949", "tmdb", "movie", "Heat", "x", "", "", "8.5", "1", "Completed", "", "2024-02-09 21:30:00+00:00",
             "The diner.", at, at),
        line("949", "tmdb", "movie", "Heat", "x", "", "", "", "1", "Completed", "", "2024-05-09", "Still.", at, at),
        line("tt0084827", "imdb", "movie", "Tron", "x", "", "", "0.0", "1", "Completed", "", "", "", at, at),
        line("348", "tmdb", "movie", "Alien", "x", "", "", "", "0", "Planning", "", "", "", at, at),
        line("1", "tmdb", "movie", "Stopped", "x", "", "", "", "0", "Dropped", "", "", "", at, at),
        line("2", "manual", "movie", "Home film", "x", "", "", "1e999", "1", "Completed", "2024-31-31", "", "", at, at),
        line("1668", "tmdb", "tv", "Friends", "x", "", "", "9", "24", "In progress", "", "", "", at, at),
        line("1668", "tmdb", "episode", "Friends", "x", "1", "1", "", "", "", "", "2024-02-09", "", at, at),
        line("19562", "igdb", "game", "Doom", "x", "", "", "", "3h 00min", "Completed", "", "", "", at, at),
    ])  # fmt: skip
    made = bring(cast.ana, {"": table}, name="yamtrack.csv")
    assert made.source == "yamtrack"
    assert made.left_out == {
        "yamtrack.csv: dropped": 1, "yamtrack.csv: tv": 1, "yamtrack.csv: episode": 1, "yamtrack.csv: game": 1,
    }  # fmt: skip
    assert [row[-1] for row in read_of(made) if row[1] == "Home film"] == ["day", "rating"]
    take_in(made)
    marks = {mark.film.title: mark for mark in cast.ana.marks.select_related("film")}
    assert (marks["Heat"].half_stars, marks["Tron"].half_stars) == (9, 1)
    assert marks["Tron"].is_watched and marks["Alien"].is_in_watchlist
    assert [one.watched_on for one in cast.ana.viewings.order_by("watched_on")] == [date(2024, 2, 9), date(2024, 5, 9)]
    assert cast.ana.private_notes.get().body == "The diner.\n\nStill."


def test_floppy_brings_lists_and_tags_too(cast: Cast, films: dict[str, Film]):
    head = YAMTRACK.replace('"media_id"', '"row_type","media_id"').rstrip() + ',"list_uid","list_name",'
    head += '"list_description","list_tags","list_is_smart","list_item_date_added","item_tags"\n'
    none, film = ("",) * 8, ("949", "tmdb", "movie", "Heat", "x", "", "")
    show = ("1668", "tmdb", "tv", "Friends", "x", "", "")
    table = head + "".join([
        line("media", *film, "9.0", "1", "Completed", "", "2024-02-09", "", "", "", *("",) * 6, '[""mall"", ""noir""]'),
        line("list", *("",) * 7, *none, "7", "Crime", "Mostly night", '[""night""]', "False", "", ""),
        line("list", *("",) * 7, *none, "8", "Soon", "", "", "False", "", ""),
        line("list", *("",) * 7, *none, "9", "Best", "", "", "True", "", ""),
        line("list_item", *film, *none, "7", "Crime", "", "", "", "2024-03-01T10:00:00+00:00", ""),
        line("list_item", *show, *none, "7", "Crime", "", "", "", "2024-03-01T10:00:00+00:00", ""),
        line("collection", *film, *none, *("",) * 7),
    ])  # fmt: skip
    made = take_in(bring(cast.ana, {"": table}, name="floppy_2024-06-01_101112.csv"))
    assert {name.rpartition(": ")[2] for name in made.left_out} == {"smart list", "tv", "collection"}
    crime, soon = cast.ana.lists.order_by("title")
    assert (crime.title, crime.description, crime.tags, crime.visibility) == (
        "Crime", "Mostly night", ["night"], "private",
    )  # fmt: skip
    assert [entry.film for entry in crime.entries.all()] == [films["Heat"]]
    assert (soon.title, soon.film_count) == ("Soon", 0)
    assert cast.ana.viewings.get().tags == ["mall", "noir"]


def seen_in_watcharr(title: str, tmdb: int, status: str, **said: Any) -> dict[str, Any]:
    content = {"id": 5, "tmdbId": tmdb, "title": title, "type": "movie", "release_date": "1995-12-15T00:00:00Z",
               "imdb_id": IMDB_IDS.get(title, "")}  # fmt: skip
    at = {"createdAt": "2024-06-08T12:51:09.869791Z", "updatedAt": "2024-06-09T20:00:27.522541796Z", "deletedAt": None}
    empty: dict[str, Any] = {"rating": 0, "thoughts": "", "pinned": False, "activity": []}
    return at | empty | {"status": status, "content": content} | said


def test_watcharr_brings_days_that_were_set_by_hand_and_thoughts_as_reviews(cast: Cast, films: dict[str, Film]):
    played = [
        {"type": "STATUS_CHANGED", "data": "FINISHED", "countAsPlay": True, "createdAt": "2024-06-08T12:51:09Z"},
        {"type": "STATUS_CHANGED", "data": "FINISHED", "countAsPlay": True, "customDate": "2019-04-05T20:00:00Z"},
        {"type": "RATING_CHANGED", "data": "8", "countAsPlay": False, "customDate": "2019-04-06T20:00:00Z"},
    ]
    heat = seen_in_watcharr("Heat", 949, "FINISHED", rating=8.5, thoughts="Two *pros*.", activity=played,
                            tags=[{"id": 1, "name": "mall"}])  # fmt: skip
    held = [
        heat, seen_in_watcharr("Tron", 97, "FINISHED"), seen_in_watcharr("Alien", 348, "PLANNED"),
        seen_in_watcharr("Stopped", 1, "DROPPED"), "nothing",
        seen_in_watcharr("Show", 2, "FINISHED") | {"content": {"type": "tv", "title": "Show"}},
        {"status": "FINISHED", "rating": 9, "activity": [], "game": {"name": "Doom"}},
    ]  # fmt: skip
    made = bring(cast.ana, {"": json.dumps(held)}, name="watcharr-export.json", visibility="followers")
    assert made.source == "watcharr"
    assert {name.rpartition(": ")[2]: left for name, left in made.left_out.items()} == {
        "DROPPED": 1,
        "tv": 1,
        "game": 1,
    }
    assert made.rows.get(verdict="unreadable").line == 5
    take_in(made)
    assert cast.ana.viewings.get().watched_on == date(2019, 4, 5)
    review = cast.ana.reviews.get()
    assert (review.body, review.tags, review.visibility) == ("Two *pros*.", ["mall"], "followers")
    marks = {mark.film.title: mark for mark in cast.ana.marks.select_related("film")}
    assert marks["Heat"].half_stars == 9 and marks["Tron"].is_watched and marks["Alien"].is_in_watchlist
    assert not bring(cast.ana, {"": json.dumps(held)}, name="again.json").rows.filter(verdict="new").exists()


def in_simkl(title: str, year: int, status: str, **said: Any) -> dict[str, Any]:
    ids = {"simkl": 1, "imdb": IMDB_IDS.get(title), "tmdb": TMDB_IDS.get(title)}
    return {"status": status, "user_rating": None, "movie": {"title": title, "year": year, "ids": ids}} | said


def test_simkl_brings_films_and_those_among_its_anime(cast: Cast, films: dict[str, Film]):
    spirited = make.film(title="Spirited Away", year=2001)
    anime = {"title": "Spirited Away", "year": 2001, "ids": {"tmdb": "949"}}
    backup = {
        "shows": [{"status": "completed", "show": {"title": "Friends", "year": 1994, "ids": {}}}],
        "anime": [
            {"status": "completed", "anime_type": "movie", "user_rating": 10, "show": anime},
            {"status": "completed", "anime_type": "tv", "show": anime},
        ],
        "movies": [
            in_simkl("Heat", 1995, "completed", last_watched_at="2024-09-06T22:00:00Z", user_rating=9,
                     user_rated_at="2024-09-06T22:05:00Z"),
            in_simkl("Tron", 1982, "completed"), in_simkl("Alien", 1979, "plantowatch"),
            in_simkl("Stopped", 1990, "dropped"), in_simkl("Odd", 1990, "hold", user_rating=11), None,
        ],
    }  # fmt: skip
    made = bring(cast.ana, {"SimklBackup.json": json.dumps(backup)})
    assert made.source == "simkl"
    assert {name.rpartition(": ")[2]: left for name, left in made.left_out.items()} == {
        "shows": 1, "anime": 1, "dropped": 1,
    }  # fmt: skip
    assert sorted(row[-1] for row in read_of(made) if row[-1]) == ["rating", "shape"]
    take_in(made)
    assert (cast.ana.viewings.get().film, cast.ana.viewings.get().watched_on) == (films["Heat"], date(2024, 9, 6))
    marks = {mark.film: mark for mark in cast.ana.marks.select_related("film")}
    assert marks[films["Heat"]].half_stars == 9 and marks[spirited].half_stars == 10, "its number was of a series"
    assert marks[films["Tron"]].is_watched and marks[films["Alien"]].is_in_watchlist
    with pytest.raises(ValidationError, match="not the JSON that Simkl exports"):
        bring(cast.bea, {"": '[{"movies": [], "shows": []}]'}, name="simkl.json")


TMDB = "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated\n"


def test_tmdb_brings_ratings_the_watchlist_and_favourites_by_their_names(cast: Cast, films: dict[str, Film]):
    rated = TMDB + (
        "949,tt0113277,movie,Heat,1995-12-15T00:00:00Z,,,7.9,8.5,2023-05-02T09:29:50Z\n"
        "85987,tt0583459,tv,Friends S1E1,1994-09-22T00:00:00Z,1,1,6.9,8,2023-01-07T16:35:52Z\n"
        "97,tt0084827,movie,Tron,1982-07-09T00:00:00Z,,,6.6,0.5,2023-05-02T09:29:50Z\n"
    )
    wanted = TMDB + "348,,movie,Alien,1979-05-25T00:00:00Z,,,8.1,,2023-07-10T16:01:51Z\n"
    made = bring(cast.ana, {"ratings.csv": rated, "watchlist.csv": wanted, "favorites.csv": wanted})
    assert made.source == "tmdb" and made.left_out == {"ratings.csv: tv": 1}
    assert [row[:3] for row in read_of(made)] == [
        ("like", "Alien", None), ("rating", "Heat", 9), ("rating", "Tron", 1), ("watchlist", "Alien", None),
    ]  # fmt: skip
    assert str(made.rows.get(kind="watchlist").at)[:10] == "2023-07-10"
    assert {row.kind for row in bring(cast.bea, {"": wanted}, name="export.csv").rows.all()} == {"watchlist"}
    assert {row.kind for row in bring(cast.cem, {"": rated}, name="export.csv").rows.all()} == {"rating"}


def test_movielens_brings_ratings(cast: Cast, films: dict[str, Film]):
    lines = "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n6,0113277,949,4.5,3.9,Heat (1995)\n"
    lines += '2571,0133093,603,5.0,4.2,"Matrix, The (1999)"\n1,0084827,97,70,3.9,Tron (1982)\n'
    made = bring(cast.ana, {"": lines}, name="movielens-ratings.csv")
    assert made.source == "movielens"
    assert [(row[1], row[2], row[-1]) for row in read_of(made)] == [
        ("Heat", 9, ""), ("The Matrix", 10, ""), ("Tron", None, "stars"),
    ]  # fmt: skip
    assert made.rows.get(title="The Matrix").imdb == "tt0133093"
    assert titled("Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)") == ("Amelie", 2001)
    assert titled("Avventura, L' (1960)") == ("L'Avventura", 1960)
    assert titled("Goodbye, Lenin!") == ("Goodbye, Lenin!", None)


@pytest.mark.parametrize(
    ("cell", "half_stars"),
    [(8.5, 9), ("7,4", 7), ("0.3", 1), (10, 10), ("0", None), ("", None), (None, None), ("10.1", 0), (float("inf"), 0),
     ("-3", 0), ("nan", 0), ("1e1", 0)],
)  # fmt: skip
def test_decimal_ratings_become_the_nearest_half_stars(cell: object, half_stars: int | None):
    assert tenth_near(cell) == half_stars
