"""What people settled by hand survives every source."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError

from films import actions, record
from films.models import Conflict, Film, FilmId, Person, PersonId, Source
from tests import make
from tests.films.importing import catalogue, run_import
from tests.staff import administrator, curator

pytestmark = pytest.mark.django_db
QNUMBER = "http://www.wikidata.org/entity/Q5"
IMDB = {
    "title.basics.tsv": "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear"
    "\truntimeMinutes\tgenres\n"
    "tt0000007\tmovie\tReel\tReel\t0\t1999\t\\N\t90\tDrama\n",
    "title.principals.tsv": "tconst\tordering\tnconst\tcategory\tjob\tcharacters\n"
    'tt0000007\t1\tnm0000001\tactor\t\\N\t["Hero"]\n',
    "name.basics.tsv": "nconst\tprimaryName\tbirthYear\tdeathYear\tprimaryProfession\tknownForTitles\n"
    "nm0000001\tAnn Lee\t\\N\t\\N\tactor\ttt0000007\n",
}


def tmdb(folder: Path) -> Path:
    cast = [{"id": 1, "name": "Ann Lee", "character": "Hero"}]
    row = {"id": 7, "imdb_id": "tt0000007", "title": "Reel", "release_date": "1999-03-31", "runtime": 90,
           "genres": [{"name": "Drama"}], "credits": {"cast": cast}}  # fmt: skip
    return written(folder / "film.json", json.dumps(row))


def wikipedia(folder: Path) -> Path:
    row = {"title": "Reel", "year": 1999, "cast": ["Ann Lee"], "genres": ["Drama"], "wikipedia": "Reel"}
    return written(folder / "films.jsonl", json.dumps(row))


def wikidata(folder: Path) -> Path:
    row = {"film": QNUMBER, "filmLabel": "Reel", "imdb": "tt0000007", "year": "1999", "duration": "90",
           "genreLabel": "drama", "cast": "http://www.wikidata.org/entity/Q6", "castLabel": "Ann Lee"}  # fmt: skip
    return written(folder / "query.json", json.dumps([row]))


def table(folder: Path) -> Path:
    return written(
        folder / "films.csv", "title,year,imdb,runtime,genres,cast\nReel,1999,tt0000007,90,Drama,Ann Lee (Hero)\n"
    )


def imdb(folder: Path) -> Path:
    for name, text in IMDB.items():
        written(folder / name, text)
    return folder


def written(place: Path, text: str) -> Path:
    place.write_text(text, "utf-8")
    return place


SOURCES = {"imdb": imdb, "tmdb": tmdb, "wikidata": wikidata, "wikipedia": wikipedia, "csv": table}


@pytest.fixture
def film():
    """What a curator knows better than every source: the cast, the genres, the running time."""
    film = make.film(title="Reel", year=1999, genres=["War"], runtime_minutes=101, cast=[("Bo Ek", "Villain")])
    FilmId.objects.create(film=film, source="imdb", value="tt0000007")
    FilmId.objects.create(film=film, source="wikipedia", value="Reel")
    return film


@pytest.mark.parametrize("source", SOURCES)
def test_what_a_curator_settled_stays_and_contradictions_wait(film, tmp_path, source):
    told = run_import(source, SOURCES[source](tmp_path))
    assert Film.objects.count() == 1
    assert told.run.new == 0
    assert record.read(film, "runtime_minutes") == 101 and record.read(film, "genres") == ["War"]
    assert [row["name"] for row in record.read(film, "credits.actor")] == ["Bo Ek"]
    waiting = {conflict.fact: conflict for conflict in Conflict.objects.filter(source=source, state="waiting")}
    expected = {"credits.actor"} if source == "wikipedia" else {"credits.actor", "genres", "runtime_minutes"}
    assert expected <= set(waiting) and told.run.conflicts == len(waiting)


@pytest.mark.parametrize("source", SOURCES)
def test_a_locked_fact_survives(film, tmp_path, source):
    Film.objects.update(origin=Source.SEED)
    for fact in ("runtime_minutes", "genres", "credits.actor"):
        actions.lock_fact(curator=curator(), film=film, fact=fact)
    before = {fact: record.read(film, fact) for fact in ("runtime_minutes", "genres", "credits.actor")}
    place = SOURCES[source](tmp_path)
    run_import(source, place)
    assert {fact: record.read(film, fact) for fact in before} == before
    after, waiting = catalogue(), Conflict.objects.count()
    run_import(source, place)
    assert catalogue() == after and Conflict.objects.count() == waiting


@pytest.mark.parametrize("source", SOURCES)
def test_what_was_empty_is_filled_by_whoever_knows(tmp_path, source):
    film = make.film(title="Reel", year=1999, cast=[("Ann Lee", "")])
    FilmId.objects.create(film=film, source="imdb", value="tt0000007")
    run_import(source, SOURCES[source](tmp_path))
    assert Film.objects.get() == film
    assert record.read(film, "genres") == ["Drama"] and record.source_of(film, "genres") == source


def test_a_stronger_source_betters_a_weaker_one_and_not_the_other_way(tmp_path):
    run_import("wikidata", wikidata(tmp_path))
    film = Film.objects.get()
    FilmId.objects.filter(film=film, source="wikipedia").delete()
    place = tmp_path / "b.json"
    place.write_text(tmdb(tmp_path).read_text().replace("90", "91"))
    assert run_import("tmdb", place).run.changed == 1
    assert record.read(film, "runtime_minutes") == 91
    run_import("wikidata", wikidata(tmp_path))
    assert record.read(film, "runtime_minutes") == 91


def test_all_of_them_together_tell_of_one_film(tmp_path):
    for source, write in SOURCES.items():
        (tmp_path / source).mkdir()
        run_import(source, write(tmp_path / source))
    assert Film.objects.count() == 1
    assert {"imdb", "tmdb", "wikidata", "wikipedia"} == set(FilmId.objects.values_list("source", flat=True))


@pytest.mark.parametrize("source", ["imdb", "tmdb", "wikidata", "csv"])
def test_a_film_that_became_part_of_another_is_not_added_anew(tmp_path, source):
    kept, gone = make.film(title="The Reel", year=1999), make.film(title="Reel", year=1999)
    FilmId.objects.create(film=kept, source="imdb", value="tt0000009")
    FilmId.objects.create(film=gone, source="imdb", value="tt0000007")
    actions.merge_films(curator=administrator(), kept=kept, gone=gone)
    with suppress(CommandError):  # there is nothing else in the file
        run_import(source, SOURCES[source](tmp_path))
    assert Film.objects.get() == kept
    assert record.read(kept, "ids.imdb") == "tt0000009" and record.read(kept, "title") == "The Reel"


@pytest.mark.parametrize(("source", "theirs", "ours"), [("imdb", "nm0000001", "nm0000002"), ("tmdb", "1", "2")])
def test_a_person_who_became_part_of_another_is_not_added_anew(tmp_path, source, theirs, ours):
    kept, gone = make.person(name="Anne Lee"), make.person(name="Ann Lee")
    PersonId.objects.create(person=kept, source=source, value=ours)
    PersonId.objects.create(person=gone, source=source, value=theirs)
    actions.merge_people(curator=administrator(), kept=kept, gone=gone)
    run_import(source, SOURCES[source](tmp_path))
    assert Person.objects.get() == kept
    assert Film.objects.get().credits.get().person == kept
