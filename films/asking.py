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
    titles = _titles(plain)
    exact = " | ".join(map(quoted, titles))
    if not words:
        return Asked(exact or None, None, None)
    texts = [words, *_other_texts(words)]
    whole = [f"{quoted(key)}:*" for key in titles if len(key) > LEAST_SQUEEZED]
    early = [_all_of(text, widely=True, people=people) for text in texts]
    late = [_all_of(text, widely=False, people=people) for text in texts]
    return Asked(exact or None, any_of([*early, *whole]), any_of([*late, *whole]))


def asked_beyond(
    earlier: str, before: Sequence[str], plain: str, words: Sequence[str], *, people: bool = False
) -> Asked | None:
    """What finds all that this text finds but an earlier one, of which it is the continuation, did not find.

    Without queries where that is nothing; None where it cannot be told.
    """
    begun = [key for key in _titles(earlier) if len(key) > LEAST_SQUEEZED]
    if _other_texts(words) or not all(key.startswith(tuple(begun)) for key in _titles(plain)):
        return None
    before, words = without_and(before), without_and(words)
    place = len(before) - 1
    if place < 0 or len(words) <= place or list(words[:place]) != list(before[:place]):
        return None

    def beyond(*, widely: bool) -> list[list[str]]:
        groups = _groups(words, widely=widely, people=people)
        known = beginnings(before[place], widely=widely, people=people)
        groups[place] = [key for key in groups[place] if not _is_among(key, known)]
        return groups

    early, late = beyond(widely=True), beyond(widely=False)
    if not early[place] and not late[place]:
        return Asked(None, None, None)
    if not late[place]:
        return None
    return Asked(None, _each_of(early if early[place] else late), _each_of(late))


def _is_among(key: str, known: Iterable[str]) -> bool:
    """Whether all that such a key finds has one of the known ones, too: what begins with "dri" begins with "dr"."""
    word = key.removesuffix(":*").strip("'")
    for one in known:
        begun = one.removesuffix(":*").strip("'")
        if key == one or (one.endswith(":*") and word.startswith(begun)):
            return True
        if begun.startswith("^") and not word.startswith("~") and word.removeprefix("^").startswith(begun[1:]):
            return True
    return False


def _titles(plain: str) -> list[str]:
    return [key for way in (plain, series(plain)) for key in title_keys(way)]


def _other_texts(words: Sequence[str]) -> list[list[str]]:
    """Wordings of as many words more or fewer."""
    others = (way(" ".join(words)).split() for way in (numbered, lettered))
    return [other for other in others if len(other) != len(words)]


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
    return _each_of(_groups(without_and(words), widely=widely, people=people))


def without_and(words: Sequence[str]) -> Sequence[str]:
    return [word for word in words if word != "and"] or words


def _groups(words: Sequence[str], *, widely: bool, people: bool) -> list[list[str]]:
    """The keys of each word, of which one is enough."""
    *finished, last = words
    return [*(word_keys(word, people=people) for word in finished), beginnings(last, widely=widely, people=people)]


def _each_of(groups: Iterable[list[str]]) -> str:
    return " & ".join(map(any_of, groups))


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
