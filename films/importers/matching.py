"""Which film of the catalogue an entry of a source is about: a few queries for a whole batch of entries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from films.importers.entries import Entry
from films.models import Credit, Film, FilmId, Job, Merge
from films.names import normalise, sort_title
from films.survivors import retired_ids


class Match(NamedTuple):
    """A film, or nothing and the reason for which it is no new one either."""

    film: int | None = None
    refused: str = ""


class _Known(NamedTuple):
    pk: int
    names: set[str]
    year: int | None


class Matching:
    """What the catalogue holds near these entries, and which film each is about."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.by_id = dict(self._films_with(entries))
        sources = {source for entry in entries for source in entry.ids}
        self.retired = {
            (source, value) for source in sources for value in retired_ids(Merge.Kind.FILM, source)
        } - self.by_id.keys()
        near = Q(pk__in=set(self.by_id.values())) | self._named(entries)
        rows = Film.objects.filter(near).values_list("pk", "title", "original_title", "year")
        self.films = {pk: _Known(pk, {normalise(title), normalise(other)} - {""}, year)
                      for pk, title, other, year in rows}  # fmt: skip
        self.by_name: dict[tuple[str, int | None], list[int]] = defaultdict(list)
        for film in self.films.values():
            for name in film.names:
                self.by_name[name, film.year].append(film.pk)
        self.ids: dict[int, dict[str, str]] = defaultdict(dict)
        for pk, source, value in FilmId.objects.filter(film__in=self.films).values_list("film", "source", "value"):
            self.ids[pk][source] = value
        self.people: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        credits = Credit.objects.filter(film__in=self.films).values_list("film", "job", "person__search_text")
        for pk, job, name in credits.iterator():
            self.people[pk][job].add(name)

    @staticmethod
    def _films_with(entries: Iterable[Entry]) -> Iterable[tuple[tuple[str, str], int]]:
        wanted: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for source, value in entry.ids.items():
                wanted[source].add(value)
        for source, values in wanted.items():
            rows = FilmId.objects.filter(source=source, value__in=values).values_list("value", "film")
            yield from (((source, value), pk) for value, pk in rows)

    @staticmethod
    def _named(entries: Iterable[Entry]) -> Q:
        titles = {sort_title(name)[:250] for entry in entries for name in (entry.title, *entry.names) if name}
        years = {entry.year for entry in entries}
        return Q(sort_title__in=titles) & (Q(year__in=years - {None}) | (Q(year=None) if None in years else Q()))

    def of(self, entry: Entry) -> Match:
        """The film of the entry. Ids that proved wrong, or went when two films became one, are taken off the entry."""
        if self.retired & entry.ids.items():
            entry.ids = dict(entry.ids.items() - self.retired)
            if not any(pair in self.by_id for pair in entry.ids.items()):
                return Match(refused=_("A curator made it part of another film, which has ids of its own."))
        known = {self.by_id[pair] for pair in entry.ids.items() if pair in self.by_id}
        if entry.weak_ids and known and not any(self._agrees(entry, self.films[pk]) for pk in known):
            entry.ids, known = {}, set()
        if len(known) > 1:
            return Match(refused=_("Its ids belong to different films here: merge those first."))
        if known:
            return Match(known.pop())
        if entry.is_part:
            return Match(refused=_("It tells a part of a film that is not in the catalogue: read the film first."))
        return self._by_title(entry)

    def _by_title(self, entry: Entry) -> Match:
        named = {pk for name in entry.names for pk in self.by_name[name, entry.year]}
        shared = {pk for pk in named if self._shares(entry, pk) and (entry.weak_ids or not self._other_ids(entry, pk))}
        found = shared or {pk for pk in named if not self._contradicts(entry, pk)}
        if len(found) == 1 and (shared or len(named) == 1):
            return Match(found.pop())
        if not named or entry.ids:
            return Match()
        return Match(refused=_("It may be one of several films of this title and year, and it has no id."))

    def _shares(self, entry: Entry, pk: int) -> bool:
        there = set().union(*self.people[pk].values()) if pk in self.people else set()
        return any(normalise(billing.name)[:400] in there for billing in entry.credits)

    def _other_ids(self, entry: Entry, pk: int) -> bool:
        return any(self.ids[pk].get(source, value) != value for source, value in entry.ids.items())

    def _contradicts(self, entry: Entry, pk: int) -> bool:
        """Whether it has another id, another director, or quite another cast."""
        if self._other_ids(entry, pk):
            return True
        for job, enough in ((Job.DIRECTOR, 1), (Job.ACTOR, 2)):
            ours, theirs = self.people[pk][job], entry.people(job)
            if min(len(ours), len(theirs)) >= enough and not ours & theirs:
                return True
        return False

    def _agrees(self, entry: Entry, film: _Known) -> bool:
        same_name = bool(entry.names & film.names)
        if self._shares(entry, film.pk):
            return same_name or any(a in b or b in a for a in entry.names for b in film.names)
        near = entry.year == film.year or (entry.year and film.year and abs(entry.year - film.year) <= 1)
        return same_name and bool(near) and not (self.people[film.pk][Job.ACTOR] and entry.people(Job.ACTOR))
