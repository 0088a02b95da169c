"""Where the facts of a film come from: for everybody to read, in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.utils import timezone

from films import record
from films.models import Credit, FactSource, Film, FilmId, Job, OutsideScore, Source

EMPTY: Final = (None, "", False)


@dataclass(frozen=True)
class Stated:
    """A fact that the film has, who stated it last, and since when it has been so."""

    key: str
    source: Source
    at: datetime
    url: str = ""  # where the source speaks of the film, if it does

    @property
    def label(self) -> str:
        return record.label(self.key)


@dataclass(frozen=True)
class Statement:
    """What one source stated on one day."""

    source: Source
    on: date
    url: str
    facts: list[Stated]


def by_source(stated: Iterable[Stated]) -> list[Statement]:
    """Facts under who stated them and when, the latest first, the longer list first where it was on one day."""
    found: dict[tuple[Source, date, str], list[Stated]] = {}
    for fact in stated:
        found.setdefault((fact.source, timezone.localdate(fact.at), fact.url), []).append(fact)
    statements = [Statement(*about, facts) for about, facts in found.items()]
    return sorted(statements, key=lambda one: (one.on, len(one.facts)), reverse=True)


def in_order(keys: Iterable[str]) -> list[str]:
    """The facts in the order in which pages list them: the film itself, terms, rows, then credits by job, scores and
    ids.
    """
    first = [*record.FIELDS, *record.TERMS, "franchise", *record.ROWS]
    jobs = [f"credits.{job}" for job in Job.values]
    place = {key: number for number, key in enumerate([*first, *jobs])}
    return sorted(set(keys), key=lambda key: (place.get(key, len(place)), key.startswith("ids."), key))


def provenance_of(film: Film) -> list[Stated]:
    """Six queries. A fact that nobody stated by itself came with the film."""
    stated = {row.fact: row for row in FactSource.objects.filter(film=film)}
    ids = dict(FilmId.objects.filter(film=film).values_list("source", "value"))
    origin = Source(film.origin)
    found = []
    for key in in_order([*_own(film), *_parts(film), *(f"ids.{source}" for source in ids)]):
        row = stated.get(key)
        source = Source(row.source) if row else origin
        url = FilmId.link(source, ids[source]) if source in ids else ""
        found.append(Stated(key, source, row.at if row else film.created_at, url))
    return found


def _own(film: Film) -> Iterator[str]:
    """The fields, terms and rows that are not empty."""
    related: dict[str, Any] = {
        name: Film._meta.get_field(name).remote_field.through.objects.filter(film_id=OuterRef("pk"))  # type: ignore[union-attr]  # terms are many-to-many
        for name in record.TERMS
    }
    related |= {name: model._default_manager.filter(film=OuterRef("pk")) for model, name in record.KEY_OF_ROW.items()}
    has = {f"has_{name}": Exists(rows) for name, rows in related.items()}
    row = Film.objects.filter(pk=film.pk).annotate(**has).values(*record.FIELDS, "franchise", *has).get()
    yield from (name.removeprefix("has_") for name, value in row.items() if value not in EMPTY)


def _parts(film: Film) -> Iterator[str]:
    jobs = Credit.objects.filter(film=film).order_by().values_list("job", flat=True).distinct()
    yield from (f"credits.{job}" for job in jobs)
    yield from (
        f"scores.{source}" for source in OutsideScore.objects.filter(film=film).values_list("source", flat=True)
    )
