"""The record of a film: each fact that has a source and a history, under its key, as plain JSON.

Keys: a field ("title"), a set of terms ("genres"), a list of rows ("awards"), or a part of a group after a full stop
("credits.director", "scores.Rotten Tomatoes", "ids.imdb"). What is stored here is what history shows, what an import is
compared with, and what a revert writes back (films/actions/stating.py).
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model, Value
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from films.models import (
    AlternativeTitle,
    Availability,
    Award,
    Credit,
    FactSource,
    Film,
    FilmId,
    Job,
    OutsideScore,
    Release,
    SoundtrackEntry,
    Source,
)

type Json = Any  # None, str, int, or a list or dictionary of them

FIELDS: Final = (
    "title", "original_title", "year", "release_date", "runtime_minutes", "tagline", "synopsis", "trailer_url",
)  # fmt: skip
# A set of terms, and what names each term.
TERMS: Final = {
    "genres": "name",
    "countries": "code",
    "languages": "code",
    "companies": "name",
    "content_notes": "slug",
    "access_features": "slug",
}
ROWS: Final = ("titles", "releases", "soundtrack", "awards", "availability")
GROUPS: Final = ("credits", "scores", "ids")
LABELS: Final[dict[str, Any]] = {
    "franchise": _("franchise"),
    "titles": _("titles elsewhere"),
    "releases": _("releases"),
    "soundtrack": _("soundtrack"),
    "awards": _("awards"),
    "availability": _("places to watch"),
    "poster": _("poster"),
}
KEY_OF_ROW: Final[dict[type[Model], str]] = {
    AlternativeTitle: "titles",
    Release: "releases",
    SoundtrackEntry: "soundtrack",
    Award: "awards",
    Availability: "availability",
}
PART_OF_ROW: Final[dict[type[Model], tuple[str, str]]] = {
    Credit: ("credits", "job"),
    OutsideScore: ("scores", "source"),
    FilmId: ("ids", "source"),
}


def label(key: str) -> str:
    """What people call the fact: "Running time in minutes", "Director", "Score of IMDb"."""
    group, _dot, part = key.partition(".")
    if group == "credits":
        return str(Job(part).label)
    if group == "scores":
        return str(_("Score of %(source)s") % {"source": part})
    if group == "ids":
        return str(_("Id at %(source)s") % {"source": FilmId.Source(part).label})
    return capfirst(str(LABELS.get(group) or Film._meta.get_field(group).verbose_name))  # type: ignore[union-attr]


def is_key(key: str) -> bool:
    """Whether a film has a fact of this name."""
    group, dot, part = key.partition(".")
    if dot:
        known = {"credits": Job.values, "ids": FilmId.Source.values}
        return part in known[group] if group in known else group == "scores" and bool(part)
    return group in FIELDS or group in TERMS or group in ROWS or group == "franchise"


def keys_of(film: Film) -> list[str]:
    """Every fact that the film has or could have: fields, terms and rows always, of groups what is there."""
    parts = [
        f"{group}.{part}"
        for model, (group, field) in PART_OF_ROW.items()
        for part in sorted(set(model._default_manager.filter(film=film).values_list(field, flat=True)))
    ]
    return [*FIELDS, *TERMS, "franchise", *ROWS, *parts]


def keys_of_rows(rows: Iterable[Model]) -> set[str]:
    """The facts that these rows are part of, as they are now and, where they are stored already, as they were."""
    keys: set[str] = set()
    for row in rows:
        if type(row) in KEY_OF_ROW:
            keys.add(KEY_OF_ROW[type(row)])
            continue
        group, field = PART_OF_ROW[type(row)]
        keys.add(f"{group}.{getattr(row, field)}")
        if row.pk:
            stored = type(row)._default_manager.filter(pk=row.pk).values_list(field, flat=True)
            keys.update(f"{group}.{part}" for part in stored)
    return keys


def read(film: Film, key: str) -> Json:
    """The fact as it is stored now."""
    group, _dot, part = key.partition(".")
    if group in FIELDS:
        return plain(Film.objects.values_list(group, flat=True).get(pk=film.pk))
    if group in TERMS:
        return sorted(getattr(film, group).values_list(TERMS[group], flat=True))
    return READERS[group](film, part)


def read_all(film: Film, keys: Iterable[str]) -> dict[str, Json]:
    return {key: read(film, key) for key in keys}


def source_of(film: Film, key: str) -> str:
    """Who stated the fact: a value of Source."""
    stated = FactSource.objects.filter(film=film, fact=key).values_list("source", flat=True).first()
    return stated or film.origin or Source.CURATOR


def words(key: str, value: Json) -> str:
    """The value as a sentence shows it; an empty one is a dash."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, list):
        return "; ".join(_row_in_words(row) for row in value)
    return _row_in_words(value)


def plain(value: Any) -> Json:
    """A stored value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _row_in_words(row: Json) -> str:
    if not isinstance(row, dict):
        return str(row)
    shown = (value for name, value in row.items() if name not in {"person", "film"} and value not in (None, "", []))
    return ", ".join(", ".join(map(str, value)) if isinstance(value, list) else str(value) for value in shown)


def _rows(queryset: Any, **columns: Any) -> list[dict[str, Json]]:
    """Rows with these names, each from its column."""
    return [
        {name: plain(value) for name, value in zip(columns, row, strict=True)}
        for row in queryset.values_list(*columns.values())
    ]


def _awards(film: Film, _part: str) -> Json:
    return [
        {
            "award": award.award,
            "category": award.category,
            "year": award.year,
            "outcome": award.outcome,
            "people": [person.name for person in award.people.all()],
            "lost_to": award.lost_to_film.title if award.lost_to_film else award.lost_to,
        }
        for award in Award.objects.filter(film=film).select_related("lost_to_film").prefetch_related("people")
    ]


def _franchise(film: Film, _part: str) -> Json:
    name, part = Film.objects.values_list("franchise__name", "franchise_part").get(pk=film.pk)
    return {"name": name, "part": part} if name else None


def _score(film: Film, part: str) -> Json:
    rows = _rows(
        OutsideScore.objects.filter(film=film, source=part),
        value="value", scale="scale", votes="votes", as_of="as_of", url="url",
    )  # fmt: skip
    return rows[0] if rows else None


READERS: Final[dict[str, Callable[[Film, str], Json]]] = {
    "franchise": _franchise,
    "titles": lambda film, _part: _rows(
        AlternativeTitle.objects.filter(film=film).order_by("country", "language", "title"),
        title="title", country="country_id", language="language_id",
    ),
    "releases": lambda film, _part: _rows(
        Release.objects.filter(film=film).order_by("released_on", "country", "kind"),
        country="country_id", kind="kind", released_on="released_on", certificate="certificate", note="note",
    ),
    "soundtrack": lambda film, _part: _rows(
        SoundtrackEntry.objects.filter(film=film),
        title="title", artist=Coalesce("artist__name", Value("")), scene="scene",
    ),
    "awards": _awards,
    "availability": lambda film, _part: _rows(
        Availability.objects.filter(film=film).order_by("service__name", "country", "kind", "starts_on"),
        service="service__name", country="country_id", kind="kind", starts_on="starts_on", ends_on="ends_on", url="url",
    ),
    "credits": lambda film, part: _rows(
        Credit.objects.filter(film=film, job=part).order_by("position", "id"),
        person="person_id", name="person__name", character="character", detail="detail",
    ),
    "scores": _score,
    "ids": lambda film, part: FilmId.objects.filter(film=film, source=part).values_list("value", flat=True).first(),
}  # fmt: skip
