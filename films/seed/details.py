"""What only a few films have: songs, prizes, scores, places to watch, regional titles; and the collections."""

from datetime import date
from typing import Any

from django.utils.text import slugify

from films.actions.naming import named_term
from films.models import (
    AlternativeTitle,
    Artist,
    Availability,
    Award,
    Collection,
    CollectionEntry,
    Company,
    ContentNote,
    Film,
    OutsideScore,
    Person,
    Release,
    Service,
    SoundtrackEntry,
)
from films.names import slug_for
from films.seed.catalogue import Row

SERVICES = {"Netflix": "https://www.netflix.com/"}


def add_details(row: Row) -> None:
    """Everything of the one film that the house knows in full."""
    film = Film.objects.get(slug=slug_for(row["title"], row["year"]))
    SoundtrackEntry.objects.bulk_create(
        SoundtrackEntry(film=film, position=position, title=title, artist=named_term(Artist, artist), scene=scene)
        for position, (title, artist, scene) in enumerate(row["soundtrack"], 1)
    )
    AlternativeTitle.objects.bulk_create(
        AlternativeTitle(film=film, title=title, country_id=country, language_id=language)
        for title, country, language in row["titles"]
    )
    Release.objects.bulk_create(release_of(film, dict(release)) for release in row["releases"])
    film.companies.set(named_term(Company, name) for name in row["companies"])
    film.content_notes.set(named_term(ContentNote, name) for name in row["content_notes"])
    OutsideScore.objects.bulk_create(OutsideScore(film=film, **score) for score in row["scores"])
    for award in row["awards"]:
        add_award(film, dict(award))
    for place in row["availability"]:
        name = place["service"]
        service, _made = Service.objects.get_or_create(
            slug=slugify(name), defaults={"name": name, "url": SERVICES.get(name, "")}
        )
        # The country stays open: the notice that names the day does not name it.
        Availability.objects.create(
            film=film, service=service, kind=place["kind"], ends_on=date.fromisoformat(place["ends_on"])
        )


def release_of(film: Film, release: dict[str, Any]) -> Release:
    day = release.pop("released_on", None)
    country = release.pop("country")
    return Release(film=film, country_id=country, released_on=date.fromisoformat(day) if day else None, **release)


def add_award(film: Film, award: dict[str, Any]) -> None:
    names = award.pop("people", [])
    winner = Film.objects.filter(title=award.get("lost_to", ""), year=film.year).first()
    row = Award.objects.create(film=film, lost_to_film=winner, **award)
    row.people.set(Person.objects.filter(name__in=names, credits__film=film).distinct())


def add_collections(rows: list[Row]) -> None:
    """The collections that stand on the front page of a new site, in their order."""
    for place, row in enumerate(rows, 1):
        collection = Collection.objects.create(
            title=row["title"], slug=row["slug"], text=row["text"], on_front_page=True, position=place
        )
        films = dict(Film.objects.filter(slug__in=[slug for slug, _note in row["films"]]).values_list("slug", "pk"))
        CollectionEntry.objects.bulk_create(
            CollectionEntry(collection=collection, film_id=films[slug], position=position, note=note)
            for position, (slug, note) in enumerate(row["films"], 1)
        )
