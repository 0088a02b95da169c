"""How films, people, genres, countries, languages and services are called on the admin's forms."""

import re
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, Model, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.admin.picking import MOST_SUGGESTIONS, Shelf, Suggestion
from films.finding import best_films, best_people
from films.models import (
    AccessFeature,
    Artist,
    Company,
    ContentNote,
    Country,
    Film,
    Franchise,
    Genre,
    Language,
    Person,
    Service,
)
from films.names import normalise, sort_title

# A name, and in square brackets the address of the one that is meant among namesakes.
ADDRESSED: Final = re.compile(r"(?P<name>.*?)\s*\[(?P<slug>[^\]\s]+)\]")
DATED: Final = re.compile(r"(?P<title>.+?)\s*\((?P<year>\d{4})\)")


class FilmShelf(Shelf[Film]):
    """“Baby Driver (2017)”, “Baby Driver”, or among namesakes “Baby Driver (2017) [baby-driver-2017-2]”."""

    model = Film

    def suggestions(self, words: str) -> Iterable[Suggestion]:
        same = Film.objects.filter(sort_title=OuterRef("sort_title"), year=OuterRef("year")).exclude(pk=OuterRef("pk"))
        found = best_films(DATED.sub(r"\g<title> \g<year>", words)).annotate(has_namesake=Exists(same))
        for film in found.only("title", "year", "slug", "original_title")[:MOST_SUGGESTIONS]:
            yield Suggestion(
                f"{film} [{film.slug}]" if film.has_namesake else str(film),
                film.original_title,
            )

    def read(self, text: str) -> list[Film]:
        if addressed := ADDRESSED.fullmatch(text):
            return list(Film.objects.filter(slug=addressed["slug"]))
        dated = DATED.fullmatch(text)
        found = Film.objects.filter(sort_title=sort_title(text))
        if dated:
            found = Film.objects.filter(
                Q(sort_title=sort_title(dated["title"]), year=int(dated["year"])) | Q(sort_title=sort_title(text))
            )
        return list(found.order_by("-popularity", "-id")[:20])

    def choices(self, rows: list[Film]) -> str:
        return "; ".join(f"{film} [{film.slug}]" for film in rows)


class PersonShelf(Shelf[Person]):
    """“Edgar Wright”, or among namesakes “Steve McQueen [steve-mcqueen-2]”."""

    model = Person

    def suggestions(self, words: str) -> Iterable[Suggestion]:
        same = Person.objects.filter(name=OuterRef("name")).exclude(pk=OuterRef("pk"))
        found = best_people(words).annotate(has_namesake=Exists(same))
        for person in found.only("name", "slug", "credit_count")[:MOST_SUGGESTIONS]:
            named = f"{person} [{person.slug}]" if person.has_namesake else str(person)
            yield Suggestion(named, _("Credits: %(number)d") % {"number": person.credit_count})

    def read(self, text: str) -> list[Person]:
        if addressed := ADDRESSED.fullmatch(text):
            return list(Person.objects.filter(slug=addressed["slug"]))
        exact = list(Person.objects.filter(name=text)[:20])
        if exact:
            return exact
        return list(best_people(text).filter(search_text=normalise(text)[:400])[:20])

    def may_be_new(self, text: str) -> bool:
        return not ADDRESSED.fullmatch(text)  # nobody is at that address: it is a slip

    def choices(self, rows: list[Person]) -> str:
        return "; ".join(f"{person} [{person.slug}]" for person in rows)


class NameShelf[Row: Model](Shelf[Row]):
    """Rows of a short list with unique names; countries and languages also by their code."""

    def __init__(self, model: type[Row], *, key: str) -> None:
        self.model, self.key = model, key

    def suggestions(self, words: str) -> Iterable[Suggestion]:
        rows: Any = self.model._default_manager.filter(Q(name__icontains=words) | Q(**{f"{self.key}__iexact": words}))
        starts = [row for row in rows if row.name.lower().startswith(words.lower())]
        for row in starts + [row for row in rows if row not in starts]:
            yield Suggestion(row.name, getattr(row, self.key))

    def read(self, text: str) -> list[Row]:
        named = list(self.model._default_manager.filter(name__iexact=text))
        return named or list(self.model._default_manager.filter(**{f"{self.key}__iexact": text}))


FILMS: Final = FilmShelf()
PEOPLE: Final = PersonShelf()
GENRES: Final = NameShelf(Genre, key="slug")
COUNTRIES: Final = NameShelf(Country, key="code")
LANGUAGES: Final = NameShelf(Language, key="code")
SERVICES: Final = NameShelf(Service, key="slug")
ARTISTS: Final = NameShelf(Artist, key="slug")
COMPANIES: Final = NameShelf(Company, key="slug")
FRANCHISES: Final = NameShelf(Franchise, key="slug")
CONTENT_NOTES: Final = NameShelf(ContentNote, key="slug")
ACCESS_FEATURES: Final = NameShelf(AccessFeature, key="slug")
