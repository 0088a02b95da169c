"""The record of a film: each fact that has a source and a history, under its key, as plain JSON.

Keys: a field ("title"), a set of terms ("genres"), a list of rows ("awards"), or a part of a group after a full stop
("credits.director", "scores.Rotten Tomatoes", "ids.imdb"). What is stored here is what history shows, what an import is
compared with, and what a revert writes back (films/actions/stating.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from django.db.models import Field, Model, Value
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
    "budget", "box_office",
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
ALONE: Final = frozenset({"franchise", "scores", "ids"})  # one value, where others are lists
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
    return capfirst(str(LABELS.get(group) or own_field(group).verbose_name))


def own_field(name: str) -> Field:
    """The model's field of a fact that is a field or a set of terms."""
    return cast(Field, Film._meta.get_field(name))


def is_key(key: str) -> bool:
    """Whether a film has a fact of this name."""
    group, dot, part = key.partition(".")
    if dot:
        known = {"credits": Job.values, "ids": FilmId.Source.values}
        return part in known[group] if group in known else group == "scores" and _is_a_source(part)
    return group in FIELDS or group in TERMS or group in ROWS or group == "franchise"


def _is_a_source(name: str) -> bool:
    """Whether a score could come from somebody of this name."""
    return bool(name) and "\0" not in name and len(name) <= (OutsideScore._meta.get_field("source").max_length or 0)


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
    return read_many([film.pk], key)[film.pk]


def read_many(films: Sequence[int], key: str) -> dict[int, Json]:
    """The same fact of several films by their ids, in as many queries as for one."""
    group, _dot, part = key.partition(".")
    if group in FIELDS:
        found: dict[int, Json] = dict(Film.objects.filter(pk__in=films).values_list("pk", group))
        return {pk: plain(value) for pk, value in found.items()}
    if group in TERMS:
        found = {pk: [] for pk in films}
        named = Film.objects.filter(pk__in=films, **{f"{group}__isnull": False})
        for pk, name in named.values_list("pk", f"{group}__{TERMS[group]}"):
            found[pk].append(name)
        return {pk: sorted(names) for pk, names in found.items()}
    rows = READERS[group](films, part)
    return {pk: rows.get(pk, None if group in ALONE else []) for pk in films}


def read_pairs(pairs: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Json]:
    """Facts of films by film id and key, in as many queries as there are different keys."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for film, key in pairs:
        wanted[key].add(film)
    return {(film, key): value for key, films in wanted.items() for film, value in read_many(list(films), key).items()}


def read_all(film: Film, keys: Iterable[str]) -> dict[str, Json]:
    return {key: read(film, key) for key in keys}


def source_of(film: Film, key: str) -> str:
    """Who stated the fact: a value of Source."""
    stated = FactSource.objects.filter(film=film, fact=key).values_list("source", flat=True).first()
    return stated or film.origin or Source.CURATOR


def plain(value: Any) -> Json:
    """A stored value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _rows(queryset: Any, **columns: Any) -> dict[int, list[dict[str, Json]]]:
    """Rows with these names, each from its column, by their film."""
    found: dict[int, list[dict[str, Json]]] = defaultdict(list)
    for film, *row in queryset.values_list("film_id", *columns.values()):
        found[film].append({name: plain(value) for name, value in zip(columns, row, strict=True)})
    return found


def _awards(films: Sequence[int], _part: str) -> dict[int, Json]:
    found: dict[int, Json] = defaultdict(list)
    for award in Award.objects.filter(film__in=films).select_related("lost_to_film").prefetch_related("people"):
        found[award.film_id].append(
            {
                "award": award.award,
                "category": award.category,
                "year": award.year,
                "outcome": award.outcome,
                "people": [person.name for person in award.people.all()],
                "lost_to": award.lost_to_film.title if award.lost_to_film else award.lost_to,
            }
        )
    return found


def _franchises(films: Sequence[int], _part: str) -> dict[int, Json]:
    rows = Film.objects.filter(pk__in=films, franchise__isnull=False)
    return {pk: {"name": name, "part": part} for pk, name, part in rows.values_list(
        "pk", "franchise__name", "franchise_part")}  # fmt: skip


def _scores(films: Sequence[int], part: str) -> dict[int, Json]:
    rows = _rows(
        OutsideScore.objects.filter(film__in=films, source=part),
        value="value", scale="scale", votes="votes", as_of="as_of", url="url",
    )  # fmt: skip
    return {pk: found[0] for pk, found in rows.items()}


READERS: Final[dict[str, Callable[[Sequence[int], str], Mapping[int, Json]]]] = {
    "franchise": _franchises,
    "titles": lambda films, _part: _rows(
        AlternativeTitle.objects.filter(film__in=films).order_by("country", "language", "title"),
        title="title", country="country_id", language="language_id",
    ),
    "releases": lambda films, _part: _rows(
        Release.objects.filter(film__in=films).order_by("released_on", "country", "kind"),
        country="country_id", kind="kind", released_on="released_on", certificate="certificate", note="note",
    ),
    "soundtrack": lambda films, _part: _rows(
        SoundtrackEntry.objects.filter(film__in=films),
        title="title", artist=Coalesce("artist__name", Value("")), scene="scene",
    ),
    "awards": _awards,
    "availability": lambda films, _part: _rows(
        Availability.objects.filter(film__in=films).order_by("service__name", "country", "kind", "starts_on"),
        service="service__name", country="country_id", kind="kind", starts_on="starts_on", ends_on="ends_on", url="url",
    ),
    "credits": lambda films, part: _rows(
        Credit.objects.filter(film__in=films, job=part).order_by("position", "id"),
        person="person_id", name="person__name", character="character", detail="detail",
    ),
    "scores": _scores,
    "ids": lambda films, part: dict(
        FilmId.objects.filter(film__in=films, source=part).values_list("film_id", "value")
    ),
}  # fmt: skip
