"""How alike two members rate films: from the films that both rated, as far as the one who looks may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.compiled import prepared, row_of
from accounts.models import User
from accounts.prepared import rows
from films.models.film import ON_A_CARD
from films.ordered import Numbers
from films.packed import unpacked
from reviews.blind import is_blind
from reviews.circle import LOVED
from reviews.models import Dismissal, Mark
from reviews.quiet import without_muted
from reviews.stars import LEAST, MOST

FEWEST: Final = 5  # films in common; of fewer nothing is said
BY_CHANCE: Final = 2.25  # half-stars that two ratings differ by if they have nothing to do with each other
DOUBT: Final = 5  # films that differ as by chance, added to those in common
SHOWN: Final = 8  # of each list
TO_SEE: Final = 12
APART: Final = 2  # half-stars; films on which two differ by less are none to differ about
DIFFERENCES: Final = MOST - LEAST + 1
COMMON: Final = """
    SELECT string_agg(int4send(film), ''), string_agg(int2send(mine), ''), string_agg(int2send(theirs), '')
    FROM (
        SELECT t.film_id::int AS film, m.half_stars::int2 AS mine, t.half_stars::int2 AS theirs
        FROM ({theirs}) t JOIN reviews_mark m ON m.film_id = t.film_id
        WHERE m.member_id = %(viewer)s::bigint AND m.half_stars IS NOT NULL
        ORDER BY greatest(m.rated_at, t.rated_at) DESC, t.film_id DESC
    ) common
"""


@dataclass(frozen=True)
class Match:
    """The films that both rated with the half-stars of either, what was rated last first."""

    films: Numbers
    mine: Numbers
    theirs: Numbers

    def __len__(self) -> int:
        return len(self.films)

    @cached_property
    def apart(self) -> Numbers:
        """By how many half-stars the two differ on each film."""
        difference: Numbers = np.abs(self.mine - self.theirs)
        return difference

    @property
    def agreement(self) -> int | None:
        """From 0 to 100, the same for both members; None where too few films are in common.

        It is the mean absolute difference of the ratings (Shardanand and Maes, "Social information filtering", 1995),
        turned round: 100 are the same stars everywhere, 50 a difference as by chance, 0 twice that or more. By chance,
        two ratings differ by 2/√π of their standard deviation (Gini's mean difference of a normal distribution), which
        of ratings of films is about one star. Unlike a correlation it says something of members who give everything
        the same stars, and a harsh one and a mild one are not alike.

        Few films prove little, so a few that differ as by chance are added: the same stars on five films make 75, on
        fifty 95. For the same reason Herlocker and others ("An algorithmic framework for performing collaborative
        filtering", 1999) devalue what rests on few films.
        """
        if len(self) < FEWEST:
            return None
        mean = (int(self.apart.sum()) + DOUBT * BY_CHANCE) / (len(self) + DOUBT)
        return round(100 * max(0.0, 1 - mean / (2 * BY_CHANCE)))

    @property
    def counts(self) -> list[int]:
        """On how many films the two give the same stars, are half a star apart, one star, up to four and a half."""
        return [int(count) for count in np.bincount(self.apart, minlength=DIFFERENCES)]

    @property
    def higher(self) -> int:
        """On how many films the viewer gives more."""
        return int((self.mine > self.theirs).sum())

    @property
    def lower(self) -> int:
        return int((self.mine < self.theirs).sum())

    @property
    def loved(self) -> list[int]:
        """Places of the films that both gave four stars or more: first what got most of both."""
        least = np.minimum(self.mine, self.theirs)
        order = np.lexsort((-least, -(self.mine + self.theirs)))
        return self._first(order[least[order] >= LOVED])

    @property
    def disputed(self) -> list[int]:
        """Places of the films on which the two are furthest apart."""
        order = np.argsort(-self.apart, kind="stable")
        return self._first(order[self.apart[order] >= APART])

    def _first(self, places: Any) -> list[int]:
        return [int(place) for place in places[:SHOWN]]

    def film_ids(self, *places: Sequence[int]) -> list[int]:
        return list(dict.fromkeys(int(self.films[place]) for some in places for place in some))


def match_of(viewer: User, member: User) -> Match:
    """What the viewer has in common with another member. One query.

    Of the other's ratings those count that the viewer may see, of the viewer's own all.
    """
    query = COMMON.format(theirs=_rated.sql)
    ((films, mine, theirs),) = rows(query, {"viewer": viewer.pk, "member": member.pk})
    return Match(unpacked(films, 4), unpacked(mine, 2), unpacked(theirs, 2))


@prepared(viewer=row_of("accounts.User"), member=row_of("accounts.User"))
def _rated(viewer: Any, member: Any) -> Any:
    return Mark.objects.visible_to(viewer).rated().filter(member=member).values("film_id", "half_stars", "rated_at")


def to_see(viewer: User, member: User) -> list[Mark]:
    """The other's marks, with the films, of what they loved and the viewer neither knows nor has put aside. One query.

    First what got most stars; for who sees no scores before their own, what the other saw last. None where the viewer
    has switched recommendations off, or the other does not want to help with them.
    """
    if not viewer.wants_recommendations or not member.lends_taste:
        return []
    found = _seen_lately if is_blind(viewer) else _loved
    return list(found(viewer=viewer.pk, member=member.pk))


@prepared(viewer=row_of("accounts.User"), member=row_of("accounts.User"))
def _loved(viewer: Any, member: Any) -> Any:
    marks = _unknown(viewer, member).filter(half_stars__gte=LOVED)
    return marks.order_by("-half_stars", "-rated_at", "-id")[:TO_SEE]


@prepared(viewer=row_of("accounts.User"), member=row_of("accounts.User"))
def _seen_lately(viewer: Any, member: Any) -> Any:
    return _unknown(viewer, member).watched().order_by("-watched_at", "-id")[:TO_SEE]


def _unknown(viewer: Any, member: Any) -> Any:
    """Marks of films that the viewer neither knows nor wants to see already, and has neither dismissed nor muted."""
    own = Mark.objects.filter(member=viewer, film=OuterRef("film"))
    known = own.exclude(watched_at=None, watchlisted_at=None)
    marks = Mark.objects.visible_to(viewer).filter(
        ~Exists(known), ~Exists(Dismissal.objects.filter(member=viewer, film=OuterRef("film"))), member=member
    )
    marks = without_muted(marks, viewer, members=())
    return marks.select_related("film").only("film", "member", "half_stars", *(f"film__{name}" for name in ON_A_CARD))


def said(agreement: int | None) -> str:
    """The figure in words."""
    if agreement is None:
        return _("Too few films in common")
    for least, words in (
        (85, _("Almost the same taste")),
        (70, _("Much alike")),
        (55, _("Alike in part")),
        (45, _("No more alike than by chance")),
        (25, _("Rather different")),
    ):
        if agreement >= least:
            return words
    return _("Worlds apart")


def pairs(match: Match, places: Iterable[int], films: dict[int, Any]) -> list[tuple[Any, int, int]]:
    """Films with the viewer's half-stars and the other's."""
    numbers = ((int(match.films[n]), int(match.mine[n]), int(match.theirs[n])) for n in places)
    return [(films[film], mine, theirs) for film, mine, theirs in numbers if film in films]
