"""What a source says of one film, and what it holds that is no film."""

from dataclasses import dataclass, field
from typing import NamedTuple

from films.models import PersonId, Source
from films.names import normalise
from films.record import Json

# By which of their own ids a source names people.
PERSON_IDS: dict[Source, str] = {
    Source.IMDB: PersonId.Source.IMDB,
    Source.TMDB: PersonId.Source.TMDB,
    Source.WIKIDATA: PersonId.Source.WIKIDATA,
}


class Billing(NamedTuple):
    """One credit as the source has it; `id` is the person's there, where it has one."""

    job: str
    name: str
    character: str = ""
    detail: str = ""
    id: str = ""


class Unusable(NamedTuple):
    """Something that is not taken, and why."""

    where: str
    reason: str


@dataclass
class Entry:
    """One film. `facts` are by the keys of films/record.py, the title, the year, ids and credits apart."""

    where: str
    title: str = ""
    year: int | None = None
    ids: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Json] = field(default_factory=dict)
    credits: list[Billing] = field(default_factory=list)
    renown: int = 0
    poster: str = ""  # its address at the source
    doubts: list[str] = field(default_factory=list)
    # Keys that are stated only where the film has nothing.
    only_fills: frozenset[str] = frozenset()
    # The ids may be wrong: they count only where title, year and people agree.
    weak_ids: bool = False
    # A part of what the source has of a film: nothing to begin a film with.
    is_part: bool = False

    @property
    def names(self) -> set[str]:
        """The titles that it may be found by, normalised."""
        return {normalise(name) for name in (self.title, self.facts.get("original_title")) if name}

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What makes two entries of one source the same."""
        named = [(normalise(self.title), f"{self.year} {self.ids}")]
        return named if self.weak_ids or not self.ids else list(self.ids.items())

    def people(self, job: str) -> set[str]:
        return {normalise(billing.name)[:400] for billing in self.credits if billing.job == job}
