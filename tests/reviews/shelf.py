"""A catalogue in memory, for what only reads texts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from films.names import normalise, slug_for, sort_title
from reviews.documents.catalogue import KnownCredit, KnownFilm, KnownPerson


class Shelf:
    """Films as rows of `title`, `year`, and optionally `titles`, `director`, `cast` (names, or name → character)."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.films: list[KnownFilm] = []
        self.people: dict[str, KnownPerson] = {}
        self.credits: dict[int, list[KnownCredit]] = defaultdict(list)
        self.called: dict[str, list[KnownFilm]] = defaultdict(list)
        slugs: set[str] = set()
        for number, row in enumerate(rows, start=1):
            slug = slug_for(row["title"], row.get("year"), slugs)
            slugs.add(slug)
            film = KnownFilm(number, slug, row["title"], row.get("year"), (row["title"], *row.get("titles", ())))
            self.films.append(film)
            for key in {sort_title(title) for title in film.titles}:
                self.called[key].append(film)
            for name in row.get("director", ()):
                self.credits[number].append(KnownCredit(self.person(name), "director"))
            cast = row.get("cast", {})
            for name in cast:
                character = cast[name] if isinstance(cast, dict) else ""
                self.credits[number].append(KnownCredit(self.person(name), "actor", character))

    def person(self, name: str) -> KnownPerson:
        known = KnownPerson(len(self.people) + 1, normalise(name).replace(" ", "-"), name)
        return self.people.setdefault(normalise(name), known)

    def films_called(self, keys: Collection[str]) -> Sequence[KnownFilm]:
        found = {film.id: film for key in keys for film in self.called.get(key, ())}
        return [found[pk] for pk in sorted(found)]

    def film_at(self, slug: str) -> KnownFilm | None:
        return next((film for film in self.films if film.slug == slug), None)

    def credits_of(self, films: Collection[int]) -> Mapping[int, Sequence[KnownCredit]]:
        return {film: self.credits.get(film, []) for film in films}

    def people_called(self, names: Collection[str]) -> Sequence[KnownPerson]:
        return [self.people[name] for name in sorted(names) if name in self.people]

    def films_of(self, people: Collection[int]) -> Mapping[int, Sequence[KnownFilm]]:
        found: dict[int, list[KnownFilm]] = defaultdict(list)
        for film in self.films:
            for person in {credit.person.id for credit in self.credits[film.id]} & set(people):
                found[person].append(film)
        return found
