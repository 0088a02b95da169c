"""Writing facts back as films/record.py reads them: for reverts, conflicts, suggestions and importers."""

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from accounts.legible import line_of
from films.actions.filming import FilmFacts, change_film
from films.actions.naming import named_term, new_person
from films.actions.settling import directors_of, settle
from films.models import (
    AlternativeTitle,
    Artist,
    Availability,
    Award,
    Company,
    Country,
    Credit,
    Film,
    FilmId,
    Franchise,
    Genre,
    OutsideScore,
    Person,
    Release,
    Service,
    SoundtrackEntry,
)
from films.record import FIELDS, TERMS, Json, own_field
from films.survivors import with_survivors


def store(film: Film, values: Mapping[str, Json]) -> None:
    """Make these facts say just this; within a transaction, and without word of it. Raises ValidationError."""
    directors = directors_of(film)
    own: dict[str, Any] = {}
    for key, value in values.items():
        group, _dot, part = key.partition(".")
        if group in FIELDS:
            own[key] = field_value(key, value)
        elif group in TERMS:
            own[key] = _terms(key, value or [])
        elif group == "franchise":
            own |= {"franchise": named_term(Franchise, value["name"]) if value else None,
                    "franchise_part": value["part"] if value else None}  # fmt: skip
        else:
            WRITERS[group](film, part, value or [])
    if own:
        change_film(film, cast(FilmFacts, own))
    if own.keys() != values.keys():
        settle(film, redraw=directors_of(film) != directors)


def field_value(key: str, value: Json) -> Any:
    """A field of a film as Python has it. Raises ValidationError."""
    field = own_field(key)
    if value is None:
        return None if field.null else ""
    return field.to_python(value)


def _terms(key: str, names: list[str]) -> list[models.Model]:
    """The terms of these names. Genres and companies that are new are added; of the others there is a list."""
    model: Any = Film._meta.get_field(key).related_model
    if model in (Genre, Company):
        return [named_term(model, name) for name in names]
    found = {str(getattr(term, TERMS[key])): term for term in model.objects.filter(**{f"{TERMS[key]}__in": names})}
    if unknown := [name for name in names if name not in found]:
        raise ValidationError({key: _("Unknown: %(names)s.") % {"names": ", ".join(unknown)}})
    return [found[name] for name in names]


def _country(code: str | None) -> Country | None:
    return Country.objects.get(pk=code) if code else None


def _replace(model: Any, film: Film, rows: list[models.Model], **those: Any) -> None:
    for row in rows:
        row.clean_fields(exclude=["film"])
        row.clean()
    model.objects.filter(film=film, **those).delete()
    model.objects.bulk_create(rows)


def _credits(film: Film, job: str, value: Json) -> None:
    value = with_survivors(value)
    known = Person.objects.in_bulk([row["person"] for row in value if row.get("person")])
    rows: list[models.Model] = [
        Credit(
            film=film, job=job, position=position, person=known.get(row.get("person")) or _somebody(film, row["name"]),
            character=row.get("character", ""), detail=row.get("detail", ""),
        )
        for position, row in enumerate(value, 1)
    ]  # fmt: skip
    _replace(Credit, film, rows, job=job)


def _somebody(film: Film, name: str) -> Person:
    """Somebody of this name who is on the film already, or somebody new."""
    return Person.objects.filter(credits__film=film, name=name).first() or new_person(name=name)


def _awards(film: Film, _part: str, value: Json) -> None:
    Award.objects.filter(film=film).delete()
    for row in value:
        award = Award(
            film=film, award=row["award"], category=row["category"], year=row["year"], outcome=row["outcome"],
            lost_to=row.get("lost_to") or "",
            lost_to_film=Film.objects.filter(title=row.get("lost_to") or "", year=film.year).first(),
        )  # fmt: skip
        award.full_clean()
        award.save(force_insert=True)
        names = row.get("people") or []
        award.people.set(Person.objects.filter(name__in=names, credits__film=film).distinct())


def _scores(film: Film, source: str, value: Json) -> None:
    OutsideScore.objects.filter(film=film, source=source).delete()
    if value:
        score = OutsideScore(film=film, source=source, **value)
        score.full_clean()
        score.save(force_insert=True)


def _ids(film: Film, source: str, value: Json) -> None:
    FilmId.objects.filter(film=film, source=source).delete()
    if value:
        row = FilmId(film=film, source=source, value=value)
        row.full_clean()
        row.save(force_insert=True)


WRITERS: Final[dict[str, Callable[[Film, str, Json], None]]] = {
    "titles": lambda film, _part, value: _replace(
        AlternativeTitle, film,
        [AlternativeTitle(film=film, country_id=row["country"], language_id=row["language"],
                          title=line_of(row["title"], "title"))
         for row in value],
    ),
    "releases": lambda film, _part, value: _replace(
        Release, film, [Release(film=film, **(row | {"country": _country(row["country"])})) for row in value],
    ),
    "soundtrack": lambda film, _part, value: _replace(
        SoundtrackEntry, film,
        [SoundtrackEntry(film=film, position=place,
                         **(row | {"artist": named_term(Artist, row["artist"]) if row.get("artist") else None}))
         for place, row in enumerate(value, 1)],
    ),
    "availability": lambda film, _part, value: _replace(
        Availability, film,
        [Availability(film=film, **(row | {"service": named_term(Service, row["service"]),
                                           "country": _country(row["country"])})) for row in value],
    ),
    "awards": _awards,
    "credits": _credits,
    "scores": _scores,
    "ids": _ids,
}  # fmt: skip
