"""Fills an empty catalogue with the films that a new site starts with, in one transaction and in seconds."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from config.jobs import enqueue
from films.actions.spelling import LEARN
from films.models import Country, Credit, Film, FilmFacets, FilmId, Genre, Job, Language, Person, Source
from films.names import normalise, person_slug_for, slug_for, sort_title
from films.search import search_text_for
from films.seed.bulk import copy, first_id, settle, take_turns
from films.seed.catalogue import Row, entries, films, read_json
from films.seed.details import add_collections, add_details

LONGEST_NAME: Final = 150
FILM_FACTS: Final = [
    "id", "slug", "title", "original_title", "sort_title", "year", "release_date", "runtime", "tagline", "synopsis",
    "poster_family", "poster_palette", "search_text", "renown", "origin", "budget", "box_office",
]  # fmt: skip
FILM_COLUMNS: Final = ["runtime_minutes" if name == "runtime" else name for name in FILM_FACTS]
Progress = Callable[[str], None]


def load(*, progress: Progress = lambda step: None) -> int:
    """Add the films, and give their number: 0 when the catalogue has films already, which stays as it is.

    Everybody of one spelling is one person; curators split namesakes where they find them.
    """
    with transaction.atomic():
        take_turns()
        if Film.objects.exists():
            return 0
        progress(_("Reading the catalogue"))
        rows = films()
        add_terms(rows)
        progress(_("Adding people"))
        people = add_people(rows)
        progress(_("Adding films"))
        add_films(rows)
        progress(_("Adding credits"))
        settle(Person)  # the planner must know how many there are before their credits are counted
        copy(Credit, ["film", "person", "job", "character", "detail", "position"], credits(rows, people))
        settle(Film, Person, Credit, FilmId)
        progress(_("Adding songs, prizes and collections"))
        add_details(read_json("baby_driver.json"))
        add_collections(read_json("highlights.json")["collections"])
        enqueue(LEARN, once=LEARN)
    return len(rows)


def add_terms(rows: list[Row]) -> None:
    """Genres of the films, and all countries and languages, so that curators can choose from them."""
    genres = sorted({genre for row in rows for genre in row.get("genres", ())})
    words = read_json("terms.json")
    countries = [Country(code=code, name=name) for code, name in words["countries"].items()]
    languages = [Language(code=code, name=name) for code, name in words["languages"].items()]
    Genre.objects.bulk_create([Genre(name=name, slug=slugify(name)) for name in genres], ignore_conflicts=True)
    Country.objects.bulk_create(countries, ignore_conflicts=True)
    Language.objects.bulk_create(languages, ignore_conflicts=True)


def credited(row: Row) -> Iterator[tuple[str, str, str, str]]:
    """Everybody on a film as (name, job, character, detail), each list in its order."""
    for name, character in entries(row.get("cast", [])):
        yield name[:LONGEST_NAME], Job.ACTOR.value, character, ""
    for job, names in row.get("crew", {}).items():
        for name, detail in entries(names):
            yield name[:LONGEST_NAME], job, "", detail


def add_people(rows: list[Row]) -> dict[str, int]:
    """Person ids by name as it is written. The most renowned films decide how a name is spelt."""
    first: dict[str, str] = {}
    spelt: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: -row["renown"]):
        for name, *_rest in credited(row):
            if name not in spelt:
                spelt[name] = first.setdefault(normalise(name), name)
    taken = set(Person.objects.values_list("slug", flat=True))
    ids = {name: number for number, name in enumerate(first.values(), first_id(Person))}

    def lines() -> Iterator[tuple[Any, ...]]:
        for plain, name in first.items():
            taken.add(slug := person_slug_for(name, taken))
            yield ids[name], slug, name, plain

    copy(Person, ["id", "slug", "name", "search_text"], lines())
    return {name: ids[person] for name, person in spelt.items()}


def add_films(rows: list[Row]) -> None:
    """The films with their genres, countries, languages and ids; each row gets its `id` here."""
    taken: set[str] = set()
    for number, row in enumerate(rows, first_id(Film)):
        taken.add(slug := slug_for(row["title"], row["year"], taken))
        row |= {"id": number, "slug": slug, "sort_title": sort_title(row["title"]), "search_text": search_text(row),
                "origin": Source.SEED.value}  # fmt: skip
    nulls = {"release_date": None, "runtime": None}
    copy(Film, FILM_COLUMNS, (tuple(row.get(name, nulls.get(name, "")) for name in FILM_FACTS) for row in rows))
    settle(Film, FilmFacets)  # the plans of the triggers below may be of a time when there was no film
    genres = dict(Genre.objects.values_list("name", "pk"))
    add_links(Film.genres.through, "genre", pairs(rows, "genres", genres.__getitem__))
    add_links(Film.countries.through, "country", pairs(rows, "countries", str))
    add_links(Film.languages.through, "language", pairs(rows, "languages", str))
    sources = FilmId.Source.values
    ids = ((row["id"], source, row[source]) for row in rows for source in sources if row.get(source))
    copy(FilmId, ["film", "source", "value"], ids)


def pairs(rows: list[Row], key: str, pick: Callable[[str], int | str]) -> Iterator[tuple[int, int | str]]:
    return ((row["id"], pick(value)) for row in rows for value in row.get(key, ()))


def add_links(through: type[models.Model], field: str, links: Iterable[tuple[int, int | str]]) -> None:
    copy(through, ["film", field], links)
    settle(through)


def search_text(row: Row) -> str:
    return search_text_for(
        Film(title=row["title"], original_title=row.get("original_title", ""), year=row["year"]),
        titles=[title for title, *_rest in row.get("titles", ())],
        directors=[name for name, _detail in entries(row.get("crew", {}).get("director", []))],
        cast=[name for name, _character in entries(row.get("cast", []))],
    )


def credits(rows: list[Row], people: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    """Positions count from 1 within a job. Nobody stands twice in one part."""
    for row in rows:
        seen: set[tuple[int, str, str, str]] = set()
        places: Counter[str] = Counter()
        for name, job, character, detail in credited(row):
            line = (people[name], job, character[:200], detail)
            if line not in seen:
                seen.add(line)
                places[job] += 1
                yield row["id"], *line, places[job]
