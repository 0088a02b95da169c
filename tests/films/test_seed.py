"""The files that a new site's films come from: many films, and clean. tests/test_seed.py loads them."""

import re
from collections import Counter
from pathlib import Path

import pytest

import films.seed
from films.names import normalise
from films.seed import catalogue
from films.seed.cleaning import is_person

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def rows() -> list[catalogue.Row]:
    return catalogue.films()


def test_the_file_is_small() -> None:
    assert (Path(films.seed.__file__).parent / "catalogue.jsonl.gz").stat().st_size < 3 * MEGABYTE


def test_there_are_many_films_and_people(rows) -> None:
    assert len(rows) > 35_000
    people = {normalise(name) for row in rows for name, _character in catalogue.entries(row.get("cast", []))}
    assert len(people) > 25_000


def test_no_junk_is_left_in_titles(rows) -> None:
    junk = re.compile(r"\[|\]|\{|\}|mw-parser|\((?:\d{4} )?(?:film|serial)\)|^\s|\s$|\s\s|[\u00a0\u200b\ufeff]|<|>")
    titles = [row["title"] for row in rows]
    assert [title for title in titles if junk.search(title) or not 0 < len(title) <= 120] == []


def test_no_junk_is_left_in_casts(rows) -> None:
    names = {name for row in rows for name, _character in catalogue.entries(row.get("cast", []))}
    words = r"\b(?:uncredited|nominee|screenplay)\b"
    junk = re.compile(rf"^\W*$|^(?:and|the|with|voices|narrated)\b|[\[\](){{}}:]|\s\s|{words}")
    assert [name for name in names if junk.search(name)] == []
    assert [name for name in names if not is_person(name)] == []


def test_no_one_stands_twice_in_a_cast(rows) -> None:
    for row in rows:
        cast = [normalise(name) for name, _character in catalogue.entries(row.get("cast", []))]
        assert len(cast) == len(set(cast)), row["title"]


def test_genres_are_few_and_named_alike(rows) -> None:
    genres = Counter(genre for row in rows for genre in row.get("genres", []))
    assert 20 <= len(genres) <= 30
    assert all(genre == genre.capitalize() for genre in genres)


def test_ids_belong_to_one_film_each(rows) -> None:
    for source in ("imdb", "tmdb", "wikipedia"):
        ids = [row[source] for row in rows if row.get(source)]
        assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"tt\d{7,8}", row["imdb"]) for row in rows if "imdb" in row)


def test_years_are_those_of_released_films(rows) -> None:
    assert {row["year"] for row in rows} <= set(range(1900, 2026))


def test_only_the_house_has_written_prose(rows) -> None:
    """Synopses and taglines come from this house's two files; the catalogue holds facts."""
    assert not any({"synopsis", "tagline", "overview"} & row.keys() for row in catalogue.read_catalogue())
    written = [row for row in rows if row.get("synopsis")]
    assert len(written) >= 25
    assert all(row["crew"]["director"] and row["runtime"] and row["countries"] for row in written)
    assert not any("!" in row["synopsis"] for row in written)


def test_namesakes_of_a_year_are_told_apart(rows) -> None:
    carmens = [row for row in rows if (row["title"], row["year"]) == ("Carmen", 1915)]
    assert len({row["wikipedia"] for row in carmens}) == 2
