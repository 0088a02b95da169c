"""What a player said, however it says it; and how to read values that anybody may have sent."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Self

from accounts.legible import one_line
from reviews.importers.found import storable
from reviews.importers.tables import NOON
from reviews.models.player import LONGEST_TITLE, LONGEST_USER_NAME

ENOUGH: Final = 80  # percent of a film count as having seen it
YEARS: Final = range(1870, 2200)
IMDB: Final = re.compile(r"tt\d{7,10}")
TMDB: Final = re.compile(r"0*([1-9]\d{0,11})")


class NotUnderstood(Exception):
    """What was sent has the form of no player that is known."""


@dataclass(frozen=True)
class Heard:
    """That somebody stopped watching something, or came to its end."""

    title: str = ""
    year: int | None = None
    imdb: str = ""
    tmdb: str = ""
    is_film: bool = True
    is_over: bool = False  # by the player's own measure
    percent: int | None = None  # watched, 0 to 100
    user: str = ""  # whom the server knows as watching
    at: datetime | None = None  # None: just now
    day: date | None = None  # None: the day of `at` where the player stands

    @property
    def is_seen(self) -> bool:
        return self.is_over or (self.percent is not None and self.percent >= ENOUGH)

    @property
    def is_named(self) -> bool:
        return bool(self.title or self.imdb or self.tmdb)

    def with_ids(self, ids: Mapping[str, Any]) -> Self:
        """With what these names of other catalogues, in whatever case, say."""
        known = {name.casefold(): value for name, value in ids.items()}
        return replace(
            self,
            imdb=imdb_in(known.get("imdb") or known.get("imdbid")),
            tmdb=tmdb_in(known.get("tmdb") or known.get("tmdbid")),
        )


def noon_of(day: date) -> datetime:
    """What stands for the moment where only the day is known."""
    return datetime.combine(day, NOON)


def part_of(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The record of this name; an empty one for anything else."""
    found = said.get(name)
    return found if isinstance(found, Mapping) else {}


def words_in(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def title_in(value: Any) -> str:
    return one_line(storable(words_in(value)))[:LONGEST_TITLE]


def user_in(value: Any) -> str:
    return one_line(storable(words_in(value)))[:LONGEST_USER_NAME]


def year_in(value: Any) -> int | None:
    words = words_in(value).strip()
    return int(words) if re.fullmatch(r"\d{4}", words, re.ASCII) and int(words) in YEARS else None


def imdb_in(value: Any) -> str:
    words = words_in(value).strip()
    return words if IMDB.fullmatch(words) and words.isascii() else ""


def tmdb_in(value: Any) -> str:
    words = words_in(value).strip()
    found = TMDB.fullmatch(words) if words.isascii() else None
    return found[1] if found else ""


def truth_in(value: Any) -> bool:
    """True, or the word as templates write it."""
    return value is True or (isinstance(value, str) and value.strip().casefold() == "true")


def number_in(value: Any) -> float | None:
    """A number that is at least 0, or the same as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= 0 else None


def percent_in(value: Any) -> int | None:
    number = number_in(value)
    return None if number is None else int(min(100, number))


def percent_of(position: Any, length: Any) -> int | None:
    """How far a position is in a film of this length, in whatever unit both are."""
    here, whole = number_in(position), number_in(length)
    return None if here is None or not whole else int(min(100, 100 * here / whole))
