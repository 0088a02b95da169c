"""Who made a film, and the other facts that hang on it row by row."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from films.actions.naming import add_person, named_term
from films.actions.permission import require
from films.actions.remembering import remembering
from films.actions.settling import directors_of, settle
from films.models import (
    AlternativeTitle,
    Artist,
    Availability,
    Award,
    Credit,
    Film,
    FilmId,
    OutsideScore,
    Person,
    Release,
    SoundtrackEntry,
    Source,
)
from films.record import keys_of, keys_of_rows

type Fact = AlternativeTitle | Availability | Award | Credit | FilmId | OutsideScore | Release | SoundtrackEntry


class CreditFacts(NamedTuple):
    """One credit, as a list of them is handed over. The order of the list is the order on the page."""

    person: Person
    job: str
    character: str = ""
    detail: str = ""


@transaction.atomic
def replace_credits(*, curator: User, film: Film, credits: Iterable[CreditFacts]) -> list[Credit]:
    """All credits of a film anew; the same one twice is one. Raises ValidationError for what no credit can be."""
    require(curator, "films.change_film")
    directors = directors_of(film)
    rows = [
        Credit(film=film, position=position, **credit._asdict())
        for position, credit in enumerate(dict.fromkeys(credits), start=1)
    ]
    for row in rows:
        row.clean_fields()
    there = {key for key in keys_of(film) if key.startswith("credits.")}
    with remembering(film, there | keys_of_rows(rows), by=curator):
        film.credits.all().delete()
        Credit.objects.bulk_create(rows)
    settle(film, redraw=directors_of(film) != directors)
    return rows


@transaction.atomic
def record_facts(
    *,
    curator: User,
    film: Film,
    kept: Iterable[Fact],
    dropped: Iterable[Fact] = (),
    named: Iterable[tuple[Award, Iterable[Person]]] = (),
    source: Source = Source.CURATOR,
) -> list[str]:
    """Store rows about a film that were checked already, and delete others; `source` is who the curator believed.

    A credit may name somebody who is new: they are added, once; a song may name an artist who is. `named` says whom
    prizes among the kept rows name. Returns the names of the people who were added.
    """
    require(curator, "films.change_film")
    Film.objects.select_for_update(no_key=True).only("pk").get(pk=film.pk)
    directors, new = directors_of(film), dict[str, Person]()
    kept, dropped = list(kept), list(dropped)
    with remembering(film, keys_of_rows([*kept, *dropped]), source=source, by=curator):
        for row in dropped:
            row.delete()
        for row in kept:
            row.film = film
            if isinstance(row, Credit) and row.person.pk is None:
                name = row.person.name
                row.person = new.get(name) or new.setdefault(name, add_person(curator=curator, name=name))
            if isinstance(row, SoundtrackEntry) and row.artist and row.artist.pk is None:
                row.artist = named_term(Artist, row.artist.name)
            row.save()
        for award, people in named:
            award.people.set(people)
    settle(film, redraw=directors_of(film) != directors)
    return list(new)
