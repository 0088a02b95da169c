"""NeoDB's newer export, a record a line."""

import json
from typing import Any

import pytest

from films.models import Film, FilmId
from reviews.importers.opening import Part
from reviews.importers.recognising import FORMATS
from tests import make
from tests.cast import Cast
from tests.reviews.imports import bring, take_in

pytestmark = pytest.mark.django_db

HOUSE, AT = "https://neodb.example", "2024-05-01T20:00:00+08:00"
HEAD = {"server": "neodb.example", "neodb_version": "0.12", "username": "ana", "actor": f"{HOUSE}/@ana@neodb.example/"}


def lines(*records: Any) -> str:
    return "".join(one if isinstance(one, str) else json.dumps(one) + "\n" for one in (HEAD, *records))


def piece(sort: str, about: str, visibility: int = 0, **said: Any) -> dict[str, Any]:
    content = {"id": f"{HOUSE}/{sort}/1", "type": sort, "published": AT, "updated": AT, "withRegardTo": about, **said}
    return {"type": sort, "content": content, "visibility": visibility, "metadata": {}}


def item(name: str, sort: str, title: str, year: int, *links: str) -> dict[str, Any]:
    resources = [{"url": link} for link in links]
    return {"id": name, "type": sort, "display_title": title, "year": year, "external_resources": resources}


HEAT, TRON, ALIEN, SHOW, BOOK = (f"{HOUSE}/{path}" for path in ("movie/1", "movie/2", "movie/3", "tv/4", "book/5"))
CATALOGUE = lines(
    item(HEAT, "Movie", "盗火线", 1995, "https://movie.douban.com/subject/1292722/", "https://www.imdb.com/title/tt0113277/"),
    item(TRON, "Movie", "电子世界争霸战", 1982, "https://www.themoviedb.org/movie/97"),
    item(ALIEN, "Movie", "Alien", 1979, "https://movie.douban.com/subject/1300868/"),
    item(SHOW, "TVSeason", "Dark", 2017), item(BOOK, "Edition", "Dune", 1965),
)  # fmt: skip
JOURNAL = lines(
    piece("Comment", HEAT, content="Cold."), piece("Rating", HEAT, value=9, best=10, worst=1),
    piece("Rating", TRON, 2, value=6), piece("Rating", ALIEN, value=11), piece("Rating", SHOW, value=8),
    piece("Review", HEAT, 1, name="On time", content="He **waits**.", mediaType="text/markdown"),
    piece("Note", HEAT, title="The diner", content="Two pros", progress={"type": "timestamp", "value": "1:28"}),
    piece("Note", HEAT, title=None, content="See it on film"), piece("Note", BOOK, content="Worms"),
    {"type": "Collection", "visibility": 0, "metadata": {}, "query": None, "items": [
        {"item": HEAT, "metadata": {"note": "The *coffee*"}}, {"item": BOOK, "metadata": {}}, {"item": ALIEN},
    ], "content": {"type": "Collection", "name": "Night", "content": "All of them late", "published": AT}},
    {"type": "Collection", "items": [], "content": {"name": "Later", "content": "", "published": AT}},
    {"type": "Tag", "name": "la", "visibility": 0},
    piece("TagMember", HEAT, tag="la"), piece("TagMember", TRON, tag="grid"),
    piece("ShelfMember", HEAT, status="complete"), piece("ShelfMember", TRON, status="wishlist"),
    piece("ShelfMember", ALIEN, status="progress"), piece("ShelfMember", BOOK, status="complete"),
    piece("ShelfMember", f"{HOUSE}/movie/404", status="complete"),
    {"type": "ShelfLog", "item": HEAT, "status": "complete", "timestamp": AT, "posts": []},
    {"type": "post", "post": {"content": "Hello"}}, '{"type": "Rating", "conte\n',
)  # fmt: skip
EXPORT: dict[str, str | bytes] = {
    "neodb_ana/journal.ndjson": JOURNAL, "neodb_ana/catalog.ndjson": CATALOGUE, "neodb_ana/actor.ndjson": lines(),
    "neodb_ana/attachments/1.png": b"PNG",
}  # fmt: skip


@pytest.fixture
def films(db: None) -> dict[str, Film]:
    made = {name: make.film(title=name, year=year) for name, year in (("Heat", 1995), ("Tron", 1982), ("Alien", 1979))}
    FilmId.objects.create(film=made["Heat"], source="imdb", value="tt0113277")
    FilmId.objects.create(film=made["Tron"], source="tmdb", value="97")
    return made


def test_a_neodb_archive_brings_marks_words_notes_and_collections(cast: Cast, films: dict[str, Film]):
    made = bring(cast.ana, EXPORT)
    assert made.source == "neodb"
    assert {name.rpartition(": ")[2]: left for name, left in made.left_out.items()} == {
        "TVSeason": 1, "Edition": 3, "progress": 1, "ShelfLog": 1, "post": 1,
    }  # fmt: skip
    problems = made.rows.filter(verdict="unreadable").order_by("line").values_list("problem", flat=True)
    assert list(problems) == ["rating", "no_title", "shape"]
    take_in(made)
    marks = {mark.film.title: mark for mark in cast.ana.marks.select_related("film")}
    assert marks["Heat"].half_stars == 9 and marks["Heat"].is_watched
    assert (marks["Tron"].half_stars, marks["Tron"].visibility) == (6, "private")
    assert not cast.ana.viewings.exists(), "when something was marked is no day of the diary"
    said = {one.body: (one.half_stars, one.tags, one.visibility) for one in cast.ana.reviews.all()}
    assert said == {"Cold.": (9, ["la"], "public"), "# On time\n\nHe **waits**.": (None, [], "followers")}
    note = cast.ana.private_notes.get()
    assert note.film == films["Heat"] and note.body == "1:28 · The diner\nTwo pros\n\nSee it on film"
    later, night = cast.ana.lists.order_by("title")
    assert (night.title, night.description, night.visibility) == ("Night", "All of them late", "private")
    assert list(night.entries.values_list("film__title", "note")) == [("Heat", "The *coffee*"), ("Alien", "")]
    assert (later.title, later.film_count) == ("Later", 0)
    again = bring(cast.ana, EXPORT)
    assert not again.rows.filter(verdict="new").exists()


def test_the_keys_of_an_account_stay_closed():
    def opened() -> bytes:
        raise AssertionError("it holds the keys")

    part = Part("neodb_ana/actor.ndjson", opened)
    assert not any(read.knows(part) for _source, read in FORMATS)


def test_an_archive_that_was_cut_says_so(cast: Cast, films: dict[str, Film]):
    made = bring(cast.ana, {"journal.ndjson": JOURNAL, "more.csv": "a,b\n"})
    assert [(row.file, row.problem) for row in made.rows.all()] == [("catalog.ndjson", "file")]
    made = bring(cast.cem, {"journal.ndjson": b"\0" * 9, "catalog.ndjson": CATALOGUE})
    assert [(row.file, row.problem) for row in made.rows.all()] == [("journal.ndjson", "file")]
    odd = lines({"type": "Rating", "visibility": [], "content": {"withRegardTo": {}, "value": "1e999"}}, "[1]\n", "7\n",
                {"type": ["Rating"]}, {"type": "Collection", "items": [{"item": []}, 3], "content": None})  # fmt: skip
    made = bring(cast.bea, {"journal.ndjson": odd, "catalog.ndjson": lines({"id": []}, {"id": HEAT, "year": 1e999})})
    assert {row.verdict for row in made.rows.all()} == {"unreadable"}
