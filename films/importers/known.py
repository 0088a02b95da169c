"""What the catalogue says of a batch of films, read in a few queries where films/record.py takes one for each fact."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from films import record
from films.actions.stating import EMPTY
from films.importers.adding import Genres
from films.models import BY_HAND, RANKS, Company, Credit, FactLock, FactSource, Film, FilmId, Franchise, Service, Source
from films.record import FIELDS, TERMS, Json, plain

PREFETCHED: Final = ("genres", "countries", "languages")


class Known:
    """What the catalogue knows of these films: the values that `record.read` gives, read for all of them at once."""

    def __init__(self, films: Sequence[int]) -> None:
        self.genres, self.names = Genres(), dict[tuple[Any, str], str]()
        self.values: dict[int, dict[str, Json]] = defaultdict(dict)
        self.origins: dict[int, str] = {}
        self.credits: dict[int, dict[str, list[dict[str, Json]]]] = defaultdict(lambda: defaultdict(list))
        for pk, origin, *row in Film.objects.filter(pk__in=films).values_list("pk", "origin", *FIELDS):
            self.origins[pk] = origin
            self.values[pk] = dict(zip(FIELDS, map(plain, row), strict=True))
        for key in PREFETCHED:
            for pk in films:
                self.values[pk][key] = []
            for pk, name in Film.objects.filter(pk__in=films, **{f"{key}__isnull": False}).values_list(
                "pk", f"{key}__{TERMS[key]}"
            ):
                self.values[pk][key].append(name)
        for pk, source, value in FilmId.objects.filter(film__in=films).values_list("film", "source", "value"):
            self.values[pk][f"ids.{source}"] = value
        self._read_credits(films)
        self.locked = set(FactLock.objects.filter(film__in=films).values_list("film", "fact"))
        stated = FactSource.objects.filter(film__in=films).values_list("film", "fact", "source")
        self.stated = {(pk, fact): source for pk, fact, source in stated}

    def _read_credits(self, films: Sequence[int]) -> None:
        columns = ("person_id", "person__name", "character", "detail")
        rows: Any = Credit.objects.filter(film__in=films).order_by("film", "job", "position", "id")
        for pk, job, person, name, character, detail in rows.values_list("film", "job", *columns):
            self.credits[pk][job].append({"person": person, "name": name, "character": character, "detail": detail})

    def read(self, film: int, key: str) -> Json:
        group, _dot, part = key.partition(".")
        if group == "credits":
            return self.credits[film].get(part, [])
        if group == "ids" or group in FIELDS:
            return self.values[film].get(key)
        if group in PREFETCHED:
            return sorted(self.values[film][key])
        return record.read(Film(pk=film), key)

    def spelt(self, film: int, key: str, value: Json) -> Json:
        """A value of a source in the words that the catalogue has for its terms, and in the order of the record."""
        if key == "genres":
            return sorted({self.genres.spelt(name) for name in value})
        if key == "companies":
            return sorted({self._named(Company, name) for name in value})
        if key == "availability":
            return [row | {"service": self._named(Service, row["service"])} for row in value]
        if isinstance(value, dict):
            ours = self.read(film, key) or {}
            value = value | ({"name": self._named(Franchise, value["name"])} if key == "franchise" else {})
            same = ours.get("name") == value.get("name")  # what the source does not say of it stays
            return {
                name: ours.get(name) if same and one in EMPTY and name in ours else one for name, one in value.items()
            }
        return sorted(value) if isinstance(value, list) and key in TERMS else value

    def _named(self, model: Any, name: str) -> str:
        """The name of a term as it is written here."""
        if (model, name) not in self.names:
            there = model.objects.filter(name__iexact=name).values_list("name", flat=True).first()
            self.names[model, name] = there or name
        return self.names[model, name]

    def is_open(self, film: int, key: str, source: Source) -> bool:
        """Whether the source may change the fact, as far as can be told before."""
        before = self.stated.get((film, key)) or (self.origins.get(film) if self.read(film, key) not in EMPTY else None)
        closed = (film, key) in self.locked or before in BY_HAND
        return not closed and (before is None or RANKS[Source(before)] <= RANKS[source])
