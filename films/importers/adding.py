"""Films that are new to the catalogue, many at once."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from films.actions.addressing import give_new_addresses
from films.actions.storing import field_value, store
from films.importers.entries import Billing, Entry
from films.importers.people import People
from films.importers.reporting import Report
from films.models import Country, Credit, Film, FilmId, Genre, Job, Language, Source
from films.names import first_free, sort_title
from films.record import FIELDS, Json
from films.search import search_text_for
from films.seed.catalogue import read_json

# What is stored for all films of a batch at once; the rest film by film.
AT_ONCE: Final = frozenset({*FIELDS, "genres", "countries", "languages"})


def add_films(entries: Iterable[Entry], people: People, *, source: Source, report: Report) -> dict[int, Entry]:
    """Store them as they are. Call in a transaction. Gives each film's id with its entry."""
    made: list[tuple[Film, Entry]] = []
    for entry in entries:
        try:
            made.append((_film(entry, source), entry))
        except ValidationError as error:
            report.skip(entry.where, reason_of(error))
    films = [film for film, _entry in made]
    give_new_addresses(films)
    people.add(billing for _film, entry in made for billing in entry.credits if not people.find(billing, None))
    Film.objects.bulk_create(films)
    _add_terms(made)
    FilmId.objects.bulk_create(
        FilmId(film=film, source=name, value=value) for film, entry in made for name, value in entry.ids.items()
    )
    Credit.objects.bulk_create(credit for film, entry in made for credit in _credits(film, entry.credits, people))
    for film, entry in made:
        _store_rest(film, entry, report)
    report.new += len(made)
    return {film.pk: entry for film, entry in made}


def _film(entry: Entry, source: Source) -> Film:
    fields: dict[str, Any] = {key: field_value(key, entry.facts[key]) for key in FIELDS if key in entry.facts}
    film = Film(**fields | {"title": entry.title, "year": entry.year}, origin=source, renown=entry.renown)
    film.sort_title = sort_title(film.title)[:250]
    film.search_text = search_text_for(
        film,
        titles=[row["title"] for row in entry.facts.get("titles", ())],
        directors=[billing.name for billing in entry.credits if billing.job == Job.DIRECTOR],
        cast=[billing.name for billing in entry.credits if billing.job == Job.ACTOR],
    )
    film.clean_fields(exclude=["slug"])
    return film


def _add_terms(made: Sequence[tuple[Film, Entry]]) -> None:
    genres = Genres()
    names = {name for _film, entry in made for name in entry.facts.get("genres", ())}
    ids = {name: genres.called(name) for name in sorted(names)}
    for key, field in (("genres", "genre_id"), ("countries", "country_id"), ("languages", "language_id")):
        through: Any = getattr(Film, key).through
        links = {
            (film.pk, ids[name] if key == "genres" else name)
            for film, entry in made
            for name in entry.facts.get(key, ())
        }
        through.objects.bulk_create(through(**{"film_id": film, field: term}) for film, term in sorted(links))


class Genres:
    """The genres that there are, by their names in whichever case."""

    def __init__(self) -> None:
        rows = Genre.objects.values_list("pk", "name", "slug")
        self.rows = {name.casefold(): (pk, name) for pk, name, _slug in rows}
        self.slugs = {slug for _pk, _name, slug in rows}

    def spelt(self, name: str) -> str:
        """A genre's name as the catalogue writes it."""
        return self.rows.get(name.casefold(), (0, name))[1]

    def called(self, name: str) -> int:
        """The genre of that name, made when it is new."""
        if name.casefold() not in self.rows:
            made = Genre.objects.create(name=name, slug=first_free(slugify(name)[:36] or "genre", self.slugs))
            self.slugs.add(made.slug)
            self.rows[name.casefold()] = (made.pk, name)
        return self.rows[name.casefold()][0]


def _credits(film: Film, billings: Iterable[Billing], people: People) -> Iterable[Credit]:
    places: dict[str, int] = {}
    seen = set()
    for billing in billings:
        one = people.known(billing, None)
        key = (one and one.pk, billing.job, billing.character, billing.detail)
        if one is None or key in seen:
            continue
        seen.add(key)
        places[billing.job] = places.get(billing.job, 0) + 1
        yield Credit(
            film=film, person_id=one.pk, job=billing.job, character=billing.character, detail=billing.detail,
            position=places[billing.job],
        )  # fmt: skip


def _store_rest(film: Film, entry: Entry, report: Report) -> None:
    for key, value in entry.facts.items():
        if key not in AT_ONCE and value:
            try:
                with transaction.atomic():
                    store(film, {key: value})
            except (ValidationError, DataError, IntegrityError) as error:
                report.doubt(entry.where, reason_of(error))


def reason_of(error: ValidationError | DataError | IntegrityError) -> str:
    """The sentences of a refusal in one line."""
    if not isinstance(error, ValidationError):
        return _("The database cannot hold a part of it.")
    if hasattr(error, "error_dict"):
        return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    return " ".join(error.messages)


def ensure_terms(entries: Iterable[Entry], report: Report) -> None:
    """Make the countries and languages that the entries name and that there are; take the others off the entries."""
    entries = list(entries)
    kinds: tuple[tuple[Any, str, str], ...] = ((Country, "country", "countries"), (Language, "language", "languages"))
    for model, key, group in kinds:
        named: dict[str, str] = read_json("terms.json")[group]
        wanted = {code for entry in entries for code in _codes(entry.facts, key, group)}
        there = set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        rows = [model(code=code, name=named[code]) for code in sorted(wanted - there) if code in named]
        model._default_manager.bulk_create(rows, ignore_conflicts=True)
        there = set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        for entry in entries:
            if unknown := _codes(entry.facts, key, group) - there:
                _drop(entry.facts, key, group, unknown)
                report.doubt(entry.where, _("It names countries or languages that nobody knows."))


def _codes(facts: dict[str, Json], key: str, group: str) -> set[str]:
    rows = [row for name in ("titles", "releases", "availability") for row in facts.get(name, ())]
    return {*facts.get(group, ()), *(row[key] for row in rows if row.get(key))}


def _drop(facts: dict[str, Json], key: str, group: str, unknown: set[str]) -> None:
    for name in ("titles", "releases", "availability", group):
        if name in facts:
            facts[name] = [row for row in facts[name] if (row if isinstance(row, str) else row.get(key)) not in unknown]
