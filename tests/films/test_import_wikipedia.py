import gzip
import json

import pytest

from films import record
from films.models import Film, Person, Source
from tests import make
from tests.films.importing import RECORDED, assert_second_run_changes_nothing, catalogue, run_import

pytestmark = pytest.mark.django_db
LIST = RECORDED / "wikipedia" / "films.jsonl"


def listed(tmp_path, *rows, name="films.jsonl"):
    place = tmp_path / name
    place.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return place


def test_it_cleans_what_many_hands_typed():
    told = run_import("wikipedia", LIST)
    assert told.counts == (8, 0, 0, 0, 1)
    assert "films.jsonl:7: Its page is about a series, not a film." in told.errors
    titles = set(Film.objects.values_list("title", flat=True))
    assert "The Cord of Life" in titles and not any("mw-parser" in title for title in titles)
    anna = Film.objects.get(title="Anna Karenina")
    assert [row["name"] for row in record.read(anna, "credits.actor")] == ["Betty Nansen", "Edward José"]
    assert record.read(anna, "genres") == ["Drama", "History", "Silent"] and anna.origin == Source.WIKIPEDIA
    assert record.read(Film.objects.get(title="Billy's Rival"), "ids.wikipedia") == "Billy's_Rival"
    assert not Person.objects.filter(name__in=["and", "."]).exists()


def test_namesakes_of_one_year_with_pages_of_their_own_are_two_films():
    run_import("wikipedia", LIST)
    assert sorted(Film.objects.filter(title="Carmen").values_list("slug", flat=True)) == [
        "carmen-1915",
        "carmen-1915-2",
    ]


def test_a_second_run_changes_nothing():
    run_import("wikipedia", LIST)
    assert assert_second_run_changes_nothing("wikipedia", LIST).counts == (0, 0, 8, 0, 1)


def test_lines_a_list_and_gz_are_the_same(tmp_path):
    rows = [json.loads(line) for line in LIST.read_text("utf-8").splitlines()]
    (tmp_path / "a.json").write_text(json.dumps(rows, indent=2), "utf-8-sig")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(LIST.read_bytes()))
    run_import("wikipedia", LIST)
    before = catalogue()
    assert run_import("wikipedia", tmp_path).counts == (0, 0, 8, 0, 10), "in a folder, the second file says it again"
    assert catalogue() == before


def test_people_of_one_name_are_one_when_there_is_only_one(tmp_path):
    run_import("wikipedia", listed(tmp_path, *({"title": title, "year": 1999, "cast": ["Ann Lee"]} for title in "AB")))
    assert Person.objects.get().credit_count == 2
    make.person(name="Ann Lee")
    run_import("wikipedia", listed(tmp_path, {"title": "C", "year": 1999, "cast": ["Ann Lee"]}))
    assert Person.objects.filter(name="Ann Lee").count() == 3, "which of two it is nobody knows"


def test_it_fills_what_is_empty_and_corrects_no_title_year_or_genre(tmp_path):
    run_import("wikipedia", listed(tmp_path, {"title": "Reel", "year": 1999, "cast": ["Ann Lee"], "genres": ["Drama"],
                                              "href": "Reel"}))  # fmt: skip
    run_import("wikipedia", listed(tmp_path, {"title": "Reel!", "year": 2000, "cast": ["Ann Lee", "Bo Ek"],
                                              "genres": ["War"], "href": "Reel"}))  # fmt: skip
    film = Film.objects.get()
    assert (film.title, film.year, record.read(film, "genres")) == ("Reel", 1999, ["Drama"])
    assert [row["name"] for row in record.read(film, "credits.actor")] == ["Ann Lee", "Bo Ek"]


def test_a_page_that_two_films_claim_belongs_to_the_first(tmp_path):
    place = listed(
        tmp_path,
        {"title": "Reel", "year": 1999, "cast": ["Ann Lee"], "href": "Shared"},
        {"title": "Other", "year": 1950, "cast": ["Bo Ek"], "href": "Shared"},
    )
    assert run_import("wikipedia", place).counts == (2, 0, 0, 0, 0)
    assert_second_run_changes_nothing("wikipedia", place)


def test_it_does_not_guess_between_two_films(tmp_path):
    for _number in range(2):
        make.film(title="Reel", year=1999)
    told = run_import("wikipedia", listed(tmp_path, {"title": "Reel", "year": 1999}, {"title": "Other", "year": 1999}))
    assert told.counts == (1, 0, 0, 0, 1) and "films.jsonl:1: It may be one of several films" in told.errors


@pytest.mark.parametrize(
    "row", [7, None, [], {}, {"title": None}, {"title": ""}, {"title": "x" * 400}, {"title": "\u0000"}]
)
def test_what_is_no_film_is_told_by_its_line(tmp_path, row):
    told = run_import(
        "wikipedia", listed(tmp_path, {"title": "Reel", "year": "soon", "cast": 3, "genres": [None]}, row)
    )
    assert told.counts == (1, 0, 0, 0, 1) and "films.jsonl:2: " in told.errors
