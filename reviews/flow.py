"""How ratings of a film come in, against how they came before: the public rule by which an attack is told from a rush.

Rule 1. Many people rating a film in one evening is what films are made for, so speed alone says nothing, nor does a
film that is loved or hated, nor do new members. An alarm needs speed, ratings that pile up where they did not before,
and then either strangers or such unity as honest evenings do not have. docs/scoring.md gives the reasons for each
number, and what the rule does not see; tests/reviews/test_flow.py plays 200 opening nights against it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

RULE: Final = 1

AN_HOUR: Final = timedelta(hours=1)
MOST: Final = 40  # the newest ratings that are looked at
FEWEST: Final = 30  # ratings within an hour, below which nothing is judged
TIMES_USUAL: Final = 10  # how much faster than usual they must come
YOUNG: Final = timedelta(days=7)

AN_END: Final = 0.60  # share of the ratings at one end, or at both
MORE_THAN_BEFORE: Final = 0.30  # by how much that share must exceed the one before
BOTH_EACH: Final = 0.20  # with both ends, each must have so much
STRANGERS: Final = 0.50  # share of accounts younger than a week, or whose only rating this is

# Old accounts can be bought or called together: then only unity tells, and only on a film that is known well.
AT_ONE: Final = 0.90
AT_THE_TOP: Final = 0.95  # evenings of fans are more united in praise than any in scorn
KNOWN_BY: Final = 100
RARE_BEFORE: Final = 0.30
BOTH_RARE_BEFORE: Final = 0.50

# Before a film has a past, it is taken for one of twenty ratings that fall as ratings do.
PAST: Final = 20
USUAL_SHARE: Final = {"low": 0.10, "high": 0.25, "both": 0.35}

LOW: Final = (1, 2)
HIGH: Final = (9, 10)
ENDS: Final = {"low": LOW, "high": HIGH, "both": (*LOW, *HIGH), "all": tuple(range(1, 11))}


class Given(NamedTuple):
    """One rating as it came. A stranger's account was younger than a week, or has rated nothing else."""

    at: datetime
    half_stars: int
    is_stranger: bool


@dataclass(frozen=True)
class Past:
    """How the film was rated before: counted ratings from ½ star to 5, and how many came in an hour of late."""

    histogram: Sequence[int]
    per_hour: float

    @property
    def count(self) -> int:
        return sum(self.histogram)

    def shares(self) -> dict[str, float]:
        """Which share of the ratings is at the low end, at the high end, and at both together."""
        low, high = sum(self.histogram[: LOW[-1]]), sum(self.histogram[HIGH[0] - 1 :])
        there = {"low": low, "high": high, "both": low + high}
        whole = self.count + PAST
        return {end: (number + PAST * USUAL_SHARE[end]) / whole for end, number in there.items()}


class Figures(NamedTuple):
    """What is seen in the newest ratings of a film. `end` is where they pile up: low, high, both, or nowhere."""

    rule: int
    number: int
    minutes: float
    per_hour: float
    usual_per_hour: float
    strangers: float
    low: float
    high: float
    low_before: float
    high_before: float
    count_before: int
    end: str
    is_alarm: bool

    def as_json(self) -> dict[str, Any]:
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in self._asdict().items()}


def is_stranger(joined: datetime, rated: datetime, ratings: int) -> bool:
    """`ratings`: how many films the account has rated by now."""
    return rated - joined < YOUNG or ratings <= 1


def figures_of(newest: Sequence[Given], past: Past) -> Figures:
    """Judge the newest ratings of a film, the newest first: at most `MOST` of them, all of the last hour."""
    number, before = len(newest), past.shares()
    stars = [given.half_stars for given in newest]
    low = sum(map(stars.count, LOW)) / max(1, number)
    high = sum(map(stars.count, HIGH)) / max(1, number)
    strangers = [given.is_stranger for given in newest].count(True) / max(1, number)
    # A minute at least: a burst of a second says no more than one of a minute.
    hours = max((newest[0].at - newest[-1].at) / AN_HOUR, 1 / 60) if newest else 1
    shares = {"low": low, "high": high, "both": low + high if min(low, high) >= BOTH_EACH else 0}
    piled = [end for end in shares if shares[end] >= max(AN_END, before[end] + MORE_THAN_BEFORE)]
    end = max(piled, key=lambda each: shares[each] - before[each], default="")
    is_fast = number >= FEWEST and number / hours >= TIMES_USUAL * past.per_hour
    is_alarm = is_fast and end != "" and (strangers >= STRANGERS or _is_at_one(shares[end], end, number, past))
    return Figures(
        rule=RULE, number=number, minutes=hours * 60, per_hour=number / hours, usual_per_hour=past.per_hour,
        strangers=strangers, low=low, high=high, low_before=before["low"], high_before=before["high"],
        count_before=past.count, end=end, is_alarm=is_alarm,
    )  # fmt: skip


def _is_at_one(share: float, end: str, number: int, past: Past) -> bool:
    """Whether so many say the same that it does not matter who they are."""
    enough = AT_THE_TOP if end == "high" else AT_ONE
    rare = BOTH_RARE_BEFORE if end == "both" else RARE_BEFORE
    return number >= MOST and past.count >= KNOWN_BY and share >= enough and past.shares()[end] <= rare


def beginning(newest: Iterable[Given], end: str) -> datetime | None:
    """When the pile began: from there on it outweighs all else by the most. `newest` comes newest first."""
    began, weight, most = None, 0, 0
    for given in newest:
        weight += 1 if given.half_stars in ENDS[end] else -1
        if weight > most:
            began, most = given.at, weight
    return began
