"""Takes the prepared rows over into the catalogue, so many at a time that each step is done within seconds."""

from collections.abc import Callable
from typing import Any, Final

from django.db import connection, models
from django.utils import timezone

from films.importers.imdb.tables import execute, value
from films.importers.reporting import Report
from films.models import AlternativeTitle, Credit, Film, FilmId, OutsideScore, Person, PersonId, Source

SCALE: Final = 10
SCORE: Final = "IMDb"


def people(start: int, end: int, _report: Report, _date: str | None) -> None:
    if not start:
        _take(PersonId, {"person": "person_id", "source": "'imdb'", "value": _id("nm")},
              "imdb_person WHERE adopted")  # fmt: skip
    those = f"imdb_new_person WHERE n > {start} AND n <= {end} ORDER BY n"
    _take(Person, {"id": "person_id", "slug": "slug", "name": "name", "search_text": "key"}, those)
    _take(PersonId, {"person": "person_id", "source": "'imdb'", "value": _id("nm")}, those)


def films(start: int, end: int, report: Report, date: str | None) -> None:
    those = f"imdb_new_film WHERE n > {start} AND n <= {end}"
    report.new += _take(
        Film,
        {
            "id": "film_id", "slug": "slug", "title": "title", "original_title": "original", "sort_title": "sort",
            "year": "year", "runtime_minutes": "runtime", "renown": "renown", "search_text": "search_text",
            "origin": f"'{Source.IMDB}'",
        },
        f"{those} ORDER BY n",
    )  # fmt: skip
    _take(FilmId, {"film": "film_id", "source": "'imdb'", "value": _id("tt")}, f"{those} ORDER BY n")
    _take(
        OutsideScore,
        {"film": "film_id", "source": f"'{SCORE}'", "value": "value", "scale": str(SCALE), "votes": "votes",
         "as_of": f"DATE '{date}'" if date else "NULL"},
        f"{those} AND value IS NOT NULL ORDER BY n",
    )  # fmt: skip
    execute(
        f"""INSERT INTO films_film_genres (film_id, genre_id) SELECT DISTINCT film_id, genre
            FROM (SELECT film_id, unnest(string_to_array(genres, ',')) AS word FROM {those}) w
            JOIN imdb_genre USING (word) ORDER BY 1, 2"""
    )
    _take(
        AlternativeTitle,
        {"film": "film_id", "title": "name", "country": "country", "language": "language"},
        f"(SELECT DISTINCT film_id, name, a.country, a.language FROM (SELECT * FROM {those}) f"
        " JOIN imdb_aka a ON a.title = f.id ORDER BY 1, 3, 2, 4) elsewhere",
    )


def credits(start: int, end: int, _report: Report, _date: str | None) -> None:
    """Add the credits of new films. Those of films that were there before are stated as facts instead."""
    _take(
        Credit,
        {"film": "film_id", "person": "person_id", "job": "job", "character": "character", "detail": "detail",
         "position": "place"},
        f"imdb_part WHERE n > {start} AND n <= {end} AND fresh ORDER BY film_id, job, place, n",
    )  # fmt: skip


# What is stored, from which table, by how many rows at a time. A film comes with a dozen rows of its own.
PARTS: Final[dict[str, tuple[str, int, Callable[[int, int, Report, str | None], None]]]] = {
    "people": ("imdb_new_person", 50_000, people),
    "films": ("imdb_new_film", 20_000, films),
    "credits": ("imdb_part", 250_000, credits),
}

TAKEN: Final = {
    "people": ("imdb_new_person", "films_person", "person_id"),
    "films": ("imdb_new_film", "films_film", "film_id"),
}


def size_of(part: str) -> int:
    return int(value(f"SELECT coalesce(max(n), 0) FROM {PARTS[part][0]}"))


def settle_addresses(part: str) -> None:
    """Change the prepared addresses that somebody took since they were prepared."""
    if part in TAKEN:
        mine, theirs, key = TAKEN[part]
        execute(
            f"""UPDATE {mine} m SET slug = m.slug || '-imdb-' || m.id FROM {theirs} o
                WHERE o.slug = m.slug AND o.id <> m.{key}"""
        )


def _take(model: type[models.Model], columns: dict[str, str], rows: str) -> int:
    """Insert the rows; fields that are not among `columns` get the defaults that the model would give them."""
    given = {str(model._meta.get_field(name).column): sql for name, sql in columns.items()}  # type: ignore[union-attr]
    values: list[Any] = []
    for field in model._meta.concrete_fields:
        column = str(field.column)
        if column in given or field.generated or field.primary_key or field.has_db_default():
            continue
        values.append(timezone.now() if getattr(field, "auto_now", False) else _default(field))
        given[column] = "%s"
    names = ", ".join(connection.ops.quote_name(name) for name in given)
    return execute(
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(given.values())} FROM {rows}", *values
    )


def _default(field: models.Field) -> Any:
    return field.get_db_prep_save(field.get_default(), connection)


def _id(kind: str) -> str:
    """An id at IMDb: at least seven digits."""
    return f"'{kind}' || lpad(id::text, greatest(7, length(id::text)), '0')"
