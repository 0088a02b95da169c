import json

import pytest
from django.core.management import CommandError

from films import record
from films.models import Film, PersonId
from tests import make
from tests.films.importing import RECORDED, assert_second_run_changes_nothing, run_import

pytestmark = pytest.mark.django_db
WIKIDATA = RECORDED / "wikidata"


def test_it_reads_entities():
    told = run_import("wikidata", WIKIDATA / "entities.json")
    assert told.counts == (1, 0, 0, 0, 0)
    assert "people only by their numbers" in told.errors
    film = Film.objects.get()
    assert (film.slug, film.runtime_minutes, str(film.release_date)) == ("baby-driver-2017", 113, "2017-06-28")
    assert (film.budget, film.box_office) == ("USD 34000000", "USD 226945087"), "the world, not one country"
    ids = {key: record.read(film, key) for key in record.keys_of(film) if key.startswith("ids.")}
    assert ids == {"ids.imdb": "tt3890160", "ids.tmdb": "339403", "ids.wikidata": "Q900000001",
                   "ids.wikipedia": "Baby_Driver"}  # fmt: skip
    assert record.read(film, "countries") == ["GB", "US"] and record.read(film, "languages") == ["en"]
    assert record.read(film, "genres") == ["Action"], "what is no genre of ours is left out"
    assert [(row["name"], row["character"]) for row in record.read(film, "credits.actor")] == [("Ansel Elgort", "Baby")]
    assert PersonId.objects.get(source="wikidata", value="Q900000002").person.name == "Edgar Wright"


def test_it_reads_the_rows_of_a_query():
    told = run_import("wikidata", WIKIDATA / "query.json")
    assert told.counts == (1, 0, 0, 0, 1), "one has no name"
    film = Film.objects.get()
    assert record.read(film, "genres") == ["Action", "Comedy"] and film.runtime_minutes == 113
    assert [row["name"] for row in record.read(film, "credits.director")] == ["Edgar Wright"]


def test_both_shapes_tell_of_one_film_and_a_second_run_changes_nothing():
    run_import("wikidata", WIKIDATA)
    assert Film.objects.count() == 1
    assert_second_run_changes_nothing("wikidata", WIKIDATA)


def test_rows_that_were_saved_as_a_list_are_read_as_well(tmp_path):
    item = "http://www.wikidata.org/entity/Q900000001"
    rows = [
        {"item": item, "itemLabel": "Baby Driver", "year": "2017", "genreLabel": name} for name in ("drama", "war film")
    ]
    (tmp_path / "query.json").write_text(json.dumps(rows))
    assert run_import("wikidata", tmp_path / "query.json").counts == (1, 0, 0, 0, 0)
    assert record.read(Film.objects.get(), "genres") == ["Drama", "War"]


def test_it_finds_the_film_by_any_of_its_ids():
    film = make.film(title="Another title", year=1950)
    make_id(film, "imdb", "tt3890160")
    run_import("wikidata", WIKIDATA / "entities.json")
    assert Film.objects.get() == film


def test_ids_of_two_films_are_not_decided_here():
    make_id(make.film(), "imdb", "tt3890160")
    make_id(make.film(), "tmdb", "339403")
    with pytest.raises(CommandError):
        run_import("wikidata", WIKIDATA / "entities.json")
    assert Film.objects.count() == 2


def make_id(film, source, value):
    film.external_ids.create(source=source, value=value)


@pytest.mark.parametrize(
    "value",
    [
        {}, {"entities": []}, {"entities": {"Q1": None}}, {"results": {"bindings": [None, {"x": 1}]}},
        {"entities": {"Q1": {"claims": {"P31": [None, {"mainsnak": 5}]}}}},
        {"entities": {"Q1": {"claims": {"P4947": [{"mainsnak": {"datavalue": {"value": "1"}}}]}, "labels": 3}}},
    ],
)  # fmt: skip
def test_what_holds_no_film_is_told(tmp_path, value):
    (tmp_path / "odd.json").write_text(json.dumps(value))
    with pytest.raises(CommandError, match="Nothing could be imported"):
        run_import("wikidata", tmp_path / "odd.json")
