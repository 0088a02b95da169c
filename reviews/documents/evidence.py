"""What in a text speaks for a film: the places that name it, its people, its year."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from films.models import Job
from films.names import normalise
from reviews.documents import mentions
from reviews.documents.catalogue import KnownCredit, KnownFilm
from reviews.documents.layout import Flow, Word, phrases, sentences
from reviews.documents.mentions import Mention
from reviews.documents.spelling import is_misspelt


class Outcome(StrEnum):
    KNOWN = "known"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FilmReading:
    """What the text is about. `candidates` are the films it may be when that is not certain."""

    outcome: Outcome
    film: KnownFilm | None = None
    said: str = ""
    candidates: tuple[KnownFilm, ...] = ()


@dataclass(slots=True)
class Group:
    """The films of one title, with every place that names it."""

    films: tuple[KnownFilm, ...]
    mentions: list[Mention] = field(default_factory=list)
    score: float = 0
    people: int = 0  # how many people of the likeliest film the text names

    @property
    def own(self) -> list[Mention]:
        return [mention for mention in self.mentions if not mention.is_passing and not mention.is_listed]


@dataclass(slots=True)
class Evidence:
    """The text as the decision needs it."""

    flow: Flow
    names: set[str]  # runs of words, as names are compared
    like: Mapping[tuple[str, int], Sequence[str]]  # the same by first letter and number of spaces
    credits: Mapping[int, Sequence[KnownCredit]]
    directors: set[str]  # whom the text says the film is directed by
    first: int  # where the first sentence ends
    opening: int  # where the second sentence of the first paragraph ends
    headed: set[int]  # the parts that are headings
    known_people: int  # how many people of the catalogue the text names

    def _names(self, name: str) -> bool:
        """Whether the text names somebody, if with a letter or two wrong."""
        words = name.count(" ")
        return name in self.names or (
            words > 0 and any(is_misspelt(said, name) for said in self.like.get((name[:1], words), ()))
        )

    def people_of(self, film: KnownFilm) -> tuple[int, int]:
        """How many directors and other people of `film` the text names."""
        credits = self.credits.get(film.id, ())
        named = {credit.person.id for credit in credits if self._names(normalise(credit.person.name))}
        directors = {credit.person.id for credit in credits if credit.job == Job.DIRECTOR} & named
        return len(directors), len(named - directors)


def name_keys(text: str, words: Sequence[Word]) -> set[str]:
    """Every run of two to five words with a capital at both ends, as names are compared; mononyms are no evidence."""
    keys = set()
    all_lower = mentions.is_all_lower(words)
    for first, after in phrases(text, list(words), 5):
        if after - first > 1 and (all_lower or (words[first].is_capital and words[after - 1].is_capital)):
            last = re.sub(r"['’]s?$", "", words[after - 1].text)
            keys.add(" ".join([*(word.key for word in words[first : after - 1]), normalise(last)]))
    return keys


def by_start(names: set[str]) -> Mapping[tuple[str, int], Sequence[str]]:
    """Names by what a misspelt one keeps: the first letter and the number of words."""
    found: dict[tuple[str, int], list[str]] = {}
    for name in names:
        found.setdefault((name[:1], name.count(" ")), []).append(name)
    return found


def opening(flow: Flow, headed: set[int]) -> tuple[int, int]:
    """Where the first two sentences of the first paragraph end."""
    paragraphs = [index for index in range(len(flow.parts)) if index not in headed]
    for index in [*(index for index in paragraphs if len(flow.parts[index].text) > 40), *paragraphs][:1]:
        if found := sentences(flow.parts[index].text):
            return flow.starts[index] + found[0].end, flow.starts[index] + found[min(1, len(found) - 1)].end
    return 0, 0
