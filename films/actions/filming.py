"""Adding a film, and correcting what is known of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, TypedDict, Unpack

from django.db import transaction

from accounts.legible import line_of
from accounts.models import Event, User
from accounts.webhooks.announcing import announce_film
from films.actions.addressing import give_film_address
from films.actions.permission import require
from films.actions.remembering import remembering
from films.actions.settling import settle
from films.models import AccessFeature, Company, ContentNote, Country, Film, Franchise, Genre, Language
from films.names import sort_title
from films.record import FIELDS, TERMS

LINES: Final = frozenset({"title", "original_title", "tagline"})
# What the press draws a poster from, the directors apart.
DRAWN: Final = frozenset({"title", "original_title", "year", "genres", "poster_family", "poster_palette"})


class FilmFacts(TypedDict, total=False):
    """What a curator may say of a film. What is left out stays as it is."""

    title: str
    original_title: str
    year: int | None
    release_date: date | None
    runtime_minutes: int | None
    tagline: str
    synopsis: str
    genres: Iterable[Genre]
    countries: Iterable[Country]
    languages: Iterable[Language]
    companies: Iterable[Company]
    franchise: Franchise | None
    franchise_part: int | None
    content_notes: Iterable[ContentNote]
    access_features: Iterable[AccessFeature]
    trailer_url: str
    budget: str
    box_office: str
    poster_alt: str
    poster_family: str
    poster_palette: str
    renown: int


@transaction.atomic
def add_film(*, curator: User, **facts: Unpack[FilmFacts]) -> Film:
    """A new film with its address. Raises ValidationError by field."""
    require(curator, "films.add_film")
    film = Film()
    _state(film, facts)
    give_film_address(film, title="", year=None)
    film.full_clean()
    film.save(force_insert=True)
    _set_terms(film, facts)
    settle(film)
    announce_film(Event.FILM_ADDED, film=film.pk)
    return film


@transaction.atomic
def delete_film(*, curator: User, film: Film) -> None:
    """With all that hangs on it. Merging it into another keeps what members said (films/actions/merging.py)."""
    require(curator, "films.delete_film")
    number = film.pk
    film.delete()
    announce_film(Event.FILM_DELETED, film=number, slug=film.slug)


@transaction.atomic
def correct_film(*, curator: User, film: Film, **facts: Unpack[FilmFacts]) -> Film:
    """Change what is given and nothing else; a new title or year makes a new address, and the old one leads there.

    Raises ValidationError by field.
    """
    require(curator, "films.change_film")
    with remembering(film, facts_named(facts), by=curator):
        return change_film(film, facts)


def facts_named(facts: FilmFacts) -> set[str]:
    """The keys of films/record.py that these concern."""
    names = {"franchise" if name == "franchise_part" else name for name in facts}
    return {name for name in names if name in FIELDS or name in TERMS or name == "franchise"}


def change_film(film: Film, facts: FilmFacts) -> Film:
    """The same for whoever may: within a transaction, and without word of it. Raises ValidationError by field."""
    before = Film.objects.select_for_update(no_key=True).only("slug", "title", "year", "poster_version").get(pk=film.pk)
    film.slug = before.slug
    _state(film, facts)
    give_film_address(film, title=before.title, year=before.year)
    film.full_clean()
    film.poster_version = before.poster_version + bool(DRAWN & facts.keys())
    film.save(update_fields=[*(facts.keys() - set(TERMS)), "slug", "sort_title", "poster_version", "updated_at"])
    _set_terms(film, facts)
    settle(film)
    return film


@transaction.atomic
def add_genre(*, curator: User, genre: Genre, films: Iterable[Film]) -> int:
    """Put films under a genre, beside those that they have. Returns how many were not under it before."""
    require(curator, "films.change_film")
    chosen = {film.pk for film in films}
    new = chosen - set(genre.films.filter(pk__in=chosen).values_list("pk", flat=True))
    for film in Film.objects.filter(pk__in=new).order_by("pk"):
        with remembering(film, ["genres"], by=curator):
            film.genres.add(genre)
        settle(film, redraw=True)
    return len(new)


def _state(film: Film, facts: FilmFacts) -> None:
    for name, value in facts.items():
        if name not in TERMS:
            setattr(film, name, line_of(str(value), name) if name in LINES else value)
    film.sort_title = sort_title(film.title)[:250]


def _set_terms(film: Film, facts: FilmFacts) -> None:
    stated: dict[str, Any] = dict(facts)
    for name in TERMS:
        if name in stated:
            getattr(film, name).set(stated[name])
