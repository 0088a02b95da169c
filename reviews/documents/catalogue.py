"""What the reader asks the catalogue, and the answer from the database."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q
from django.db.models.functions import Lower

from films.models import AlternativeTitle, Credit, Film, FormerSlug, Person
from films.names import normalise, sort_title


@dataclass(frozen=True, slots=True)
class KnownFilm:
    id: int
    slug: str
    title: str
    year: int | None
    titles: tuple[str, ...]  # all that it is called, `title` first

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title


@dataclass(frozen=True, slots=True)
class KnownPerson:
    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class KnownCredit:
    person: KnownPerson
    job: str
    character: str = ""


class Catalogue(Protocol):
    """Keys are titles as `films.names.sort_title` makes them, names as `normalise` does."""

    def films_called(self, keys: Collection[str]) -> Sequence[KnownFilm]: ...

    def film_at(self, slug: str) -> KnownFilm | None: ...

    def credits_of(self, films: Collection[int]) -> Mapping[int, Sequence[KnownCredit]]: ...

    def people_called(self, names: Collection[str]) -> Sequence[KnownPerson]: ...

    def films_of(self, people: Collection[int]) -> Mapping[int, Sequence[KnownFilm]]: ...


class StoredCatalogue:
    """The catalogue in the database. Titles of the film itself go by index; alternative titles are read through."""

    def films_called(self, keys: Collection[str]) -> Sequence[KnownFilm]:
        lowered = set(keys) | {f"{article} {key}" for key in keys for article in ("the", "a", "an")}
        own = Film.objects.filter(sort_title__in=keys).values_list("id", flat=True)
        original = (
            Film.objects.exclude(original_title="")
            .annotate(_said=Lower("original_title"))
            .filter(_said__in=lowered)
            .values_list("id", flat=True)
        )
        elsewhere = (
            AlternativeTitle.objects.annotate(_said=Lower("title"))
            .filter(_said__in=lowered)
            .values_list("film_id", flat=True)
        )
        wanted = set(keys)
        return [
            film
            for film in self._films({*own, *original, *elsewhere})
            if any(sort_title(title) in wanted for title in film.titles)
        ]

    def film_at(self, slug: str) -> KnownFilm | None:
        found = Film.objects.filter(slug=slug).values_list("id", flat=True).first()
        if found is None:
            found = FormerSlug.objects.filter(slug=slug).values_list("film_id", flat=True).first()
        return self._films({found})[0] if found is not None else None

    def credits_of(self, films: Collection[int]) -> Mapping[int, Sequence[KnownCredit]]:
        found: dict[int, list[KnownCredit]] = defaultdict(list)
        for credit in Credit.objects.filter(film__in=films).select_related("person").order_by("film", "position", "id"):
            found[credit.film_id].append(KnownCredit(_person(credit.person), credit.job, credit.character))
        return found

    def people_called(self, names: Collection[str]) -> Sequence[KnownPerson]:
        found = Person.objects.filter(Q(search_text__in=names) | Q(name__in=[name.title() for name in names]))
        wanted = set(names)
        return [_person(person) for person in found.order_by("id") if normalise(person.name) in wanted]

    def films_of(self, people: Collection[int]) -> Mapping[int, Sequence[KnownFilm]]:
        pairs = list(Credit.objects.filter(person__in=people).values_list("person_id", "film_id").distinct())
        films = {film.id: film for film in self._films({film for _, film in pairs})}
        found: dict[int, list[KnownFilm]] = defaultdict(list)
        for person, film in pairs:
            found[person].append(films[film])
        return found

    def _films(self, ids: Collection[int]) -> list[KnownFilm]:
        others: dict[int, list[str]] = defaultdict(list)
        for film, title in AlternativeTitle.objects.filter(film__in=ids).values_list("film_id", "title"):
            others[film].append(title)
        rows = (
            Film.objects.filter(id__in=ids).order_by("id").values_list("id", "slug", "title", "original_title", "year")
        )
        return [
            KnownFilm(
                pk, slug, title, year, tuple(dict.fromkeys([title, *([original] if original else []), *others[pk]]))
            )
            for pk, slug, title, original, year in rows
        ]


def _person(person: Person) -> KnownPerson:
    return KnownPerson(person.pk, person.slug, person.name)
