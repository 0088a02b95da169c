"""The rule of the draw: what most people want, then what is rated best here; among equals the lot decides.

    draw_from(left, lot=new_lot())

The lot is kept with the result, so that anybody can do the sum again: of equal films the one whose SHA-256 of
"lot:film number" is the smallest.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

UNRATED: Final = Decimal(-1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A film that is left. `score`: in stars, or None."""

    film_id: int
    wants: int
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out, of how many, and how many of those were equal."""

    entry: Entry
    left: int
    tied: int


def new_lot() -> str:
    return secrets.token_hex(8)


def draw_from(left: Sequence[Entry], *, lot: str) -> Outcome:
    """Raises ValueError for an empty hat."""
    best = max((entry.wants, _score(entry)) for entry in left)
    equal = [entry for entry in left if (entry.wants, _score(entry)) == best]
    return Outcome(min(equal, key=lambda entry: ticket(lot, entry.film_id)), len(left), len(equal))


def ticket(lot: str, film_id: int) -> str:
    """Its place among equals: the smallest is drawn."""
    return hashlib.sha256(f"{lot}:{film_id}".encode()).hexdigest()


def _score(entry: Entry) -> Decimal:
    return UNRATED if entry.score is None else entry.score
