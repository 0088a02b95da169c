"""Draws: of things of which a few are much more wanted than the rest, and of pairs of which no two are the same."""

from collections.abc import Callable
from typing import Final

import numpy as np

from reviews.seed.community.columns import Array

SHIFT: Final = 32  # of the first of a pair


def long_tail(rng: np.random.Generator, size: int, *, steep: float, flat: float, leaning: Array | None = None) -> Array:
    """Weights as of a law of Zipf: the first is steeply ahead from `flat` places on. Who is first is drawn.

    `leaning` lets some come out ahead of others more often.
    """
    fate = rng.normal(size=size) if leaning is None else rng.normal(size=size) + leaning
    weights = np.empty(size)
    weights[np.argsort(-fate, kind="stable")] = (np.arange(size) + flat) ** -steep
    return weights


def draw(rng: np.random.Generator, weights: Array, number: int) -> Array:
    """So many places, each as often as it weighs."""
    sums = np.cumsum(weights)
    return np.searchsorted(sums, rng.random(number) * sums[-1], side="right").clip(max=len(weights) - 1)


def distinct(
    rng: np.random.Generator, wanted: int, more: Callable[[int], Array], without: Array | None = None
) -> Array:
    """So many different pairs, sorted, of what `more` draws; none of those that are in `without` (sorted).

    Fewer where a hundred rounds do not bring enough.
    """
    pairs = np.empty(0, dtype=np.int64)
    for _round in range(100):
        missing = wanted - len(pairs)
        if missing <= 0:
            break
        new = np.unique(more(missing + missing // 3 + 16))
        for known in (pairs, without):
            if known is not None and len(known):
                new = new[known[np.searchsorted(known, new).clip(max=len(known) - 1)] != new]
        pairs = np.sort(np.concatenate([pairs, new]), kind="stable")  # two sorted runs: a merge
    surplus = len(pairs) - wanted
    if surplus > 0:
        kept = np.ones(len(pairs), dtype=bool)
        kept[rng.choice(len(pairs), surplus, replace=False, shuffle=False)] = False
        pairs = pairs[kept]
    return pairs


def pair(one: Array, other: Array) -> Array:
    return (one.astype(np.int64) << SHIFT) | other


def parted(pairs: Array) -> tuple[Array, Array]:
    return (pairs >> SHIFT).astype(np.int32), (pairs & ((1 << SHIFT) - 1)).astype(np.int32)


def places_within(groups: Array) -> Array:
    """Of each row of sorted groups, how many of its group come before it."""
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    sizes = np.diff(np.append(starts, len(groups)))
    return np.arange(len(groups)) - np.repeat(starts, sizes)
