"""What is asked of the keys (films/models/keys.py) for the words that somebody typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from films.numerals import in_figures, squeezed
from films.scripts import ways_to_spell
from films.wordings import joined_numbers, lettered, numbered, series, ways_to_say, wordings

BEGINNING: Final = 3  # letters up to which a beginning is a key of its own
LEAST_SQUEEZED: Final = 4  # letters of a whole title that are asked for as its beginning
FEWEST_INITIALS, MOST_INITIALS = 3, 12  # of one key
SMALL_WORDS: Final = frozenset("the and for der die das les los una gli uma het een det ett".split())
MOST_WITH_INITIALS: Final = 3  # words of which one may be initials
SIGNS: Final = str.maketrans("", "", "'\\:")  # of the language of queries; the keys have none of them either


@dataclass(frozen=True, slots=True)
class Asked:
    """Queries in PostgreSQL's language: for a title that is just so; for the words in the upper tiers; in the last."""

    exact: str | None
    early: str | None
    late: str | None


def asked_for(plain: str, words: Sequence[str], *, people: bool = False) -> Asked:
    """`plain`: all that was typed, normalised. The last of the words may be unfinished."""
    titles = [key for way in (plain, series(plain)) for key in title_keys(way)]
    exact = " | ".join(map(quoted, titles))
    if not words:
        return Asked(exact or None, None, None)
    others = (way(" ".join(words)).split() for way in (numbered, lettered))
    texts = [words, *(other for other in others if len(other) != len(words))]
    whole = [f"{quoted(key)}:*" for key in titles if len(key) > LEAST_SQUEEZED]
    early = [_all_of(text, widely=True, people=people) for text in texts]
    late = [_all_of(text, widely=False, people=people) for text in texts]
    return Asked(exact or None, any_of([*early, *whole]), any_of([*late, *whole]))


def asked_by_initials(words: Sequence[str]) -> Asked | None:
    """Films with the initials that one of the words may be, and the others as words or initials: "lotr", "2001 aso"."""
    if len(words) > MOST_WITH_INITIALS:
        return None
    last = len(words) - 1
    ways = [beginnings(word, widely=False) if place == last else word_keys(word) for place, word in enumerate(words)]
    short = [[quoted("#" + word)] if _may_be_initials(word) else [] for word in words]
    groups = [any_of([*some, *more]) for some, more in zip(ways, short, strict=True)]
    asked = [" & ".join([*groups[:place], *some, *groups[place + 1 :]]) for place, some in enumerate(short) if some]
    return Asked(None, any_of(asked), any_of(asked)) if asked else None


def asked_as_typed(words: Sequence[str]) -> Asked:
    """Films with all the words, none of which is unfinished."""
    whole = " & ".join(any_of(word_keys(word)) for word in words)
    return Asked(None, whole, whole)


def _may_be_initials(word: str) -> bool:
    plain = word.isascii() and not word.isdigit() and word not in SMALL_WORDS
    return plain and FEWEST_INITIALS <= len(word) <= MOST_INITIALS


@lru_cache(maxsize=2**10)
def title_keys(plain: str) -> tuple[str, ...]:
    """The keys of whole titles that are asked for: as they are spelt in any script and in any wording."""
    ways = [squeezed(wording) for way in ways_to_spell(plain) for wording in wordings(way)]
    if " " not in plain:
        ways += joined_numbers(plain)
    return tuple(dict.fromkeys("=" + way for way in ways if way))


def _all_of(words: Sequence[str], *, widely: bool, people: bool) -> str:
    *finished, last = [word for word in words if word != "and"] or words
    groups = [any_of(word_keys(word, people=people)) for word in finished]
    return " & ".join([*groups, any_of(beginnings(last, widely=widely, people=people))])


def word_keys(word: str, *, people: bool = False) -> list[str]:
    """Ways to ask for a whole word: of a title, or of a name beside it."""
    ways = [quoted(in_figures(way)) for said in ways_to_say(word) for way in ways_to_spell(said)]
    return ways if people else [*ways, *(quoted("~" + way) for way in ways_to_spell(word))]


def beginnings(word: str, *, widely: bool, people: bool = False) -> list[str]:
    """Ways to ask for a word that may be unfinished.

    The beginning of a name beside the titles (`widely`) is on too many films to be asked of a million.
    """
    found = word_keys(word, people=people)
    for way in ways_to_spell(word):
        short = len(way) <= BEGINNING and way.isascii()
        found.append(quoted("^" + way) if short else f"{quoted(way)}:*")
        if widely and not people and len(way) >= BEGINNING:
            found.append(f"{quoted('~' + way)}:*")
    return found


def any_of(parts: Iterable[str]) -> str:
    parts = list(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"


def quoted(key: str) -> str:
    return f"'{key.translate(SIGNS)}'"
