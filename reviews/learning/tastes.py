"""What members who like a film like besides, and what they do not.

For the most rated films together in closed form (EASE, Steck 2019: a ridge regression of every film on all others,
whose weights are read off one inverse); for those behind them, each by itself, from the cosine of whom they share. The
inverse knows that two films that everybody has seen say little of each other, which cosines do not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.linalg import lapack

from reviews.learning.ratings import FEWEST, Array, Ratings
from reviews.models.taste import MOST_SHOWN, SCALE

MOST_TOGETHER: Final = 8_000  # films of which the inverse is made: half a gigabyte
KEPT: Final = 100  # others of each film
A_BLOCK: Final = 256  # films at once
SHRINK: Final = 10  # members whom a cosine is held back by


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The films near one film, with weights. The first `shown` of `others` are those that its page shows, the likest
    first.
    """

    film: int
    others: Array
    weights: Array
    shown: int


def neighbours(ratings: Ratings) -> Iterator[Neighbours]:
    """The neighbours of every film that has any. Two films are neighbours if at least FEWEST members rated both."""
    liking = ratings.liking.tocsc()
    if not liking.shape[1]:
        return
    yield from _together(ratings, liking[:, :MOST_TOGETHER])
    yield from _apart(ratings, liking, MOST_TOGETHER)


def _together(ratings: Ratings, liking: Any) -> Iterator[Neighbours]:
    number = liking.shape[1]
    inverse, shared = _gram(liking)
    places = np.arange(number)
    # Held back by the root of how many there are: what is measured best for hundreds and for hundreds of thousands.
    inverse[places, places] += 2 * np.sqrt(liking.shape[0])
    _factor, failed = lapack.dpotrf(inverse, lower=1, overwrite_a=1)
    _inverse, failed = lapack.dpotri(inverse, lower=1, overwrite_c=1) if not failed else (None, failed)
    if failed:
        raise ArithmeticError(f"LAPACK could not invert the films' products: {failed}")
    own = inverse[places, places].copy()
    for place in range(number):
        row = np.concatenate((inverse[place, :place], inverse[place:, place]))
        row[place] = 0
        row[~shared[place]] = 0
        weights = -row / own
        alike = -row / np.sqrt(own[place] * own)
        found = _of_one(ratings, place, weights, alike)
        if found is not None:
            yield found


def _gram(liking: Any) -> tuple[Array, Array]:
    """The products of every two films, by columns as LAPACK likes them, and which two share enough members."""
    number = liking.shape[1]
    products, shared = np.empty((number, number), order="F"), np.empty((number, number), bool)
    rated = _ones(liking)
    for start in range(0, number, A_BLOCK):
        block = slice(start, start + A_BLOCK)
        products[:, block] = (liking[:, block].T @ liking).toarray().T
        shared[block] = (rated[:, block].T @ rated).toarray() >= FEWEST
    return products, shared


def _apart(ratings: Ratings, liking: Any, start: int) -> Iterator[Neighbours]:
    number, rated = liking.shape[1], _ones(liking)
    norms = np.sqrt(np.asarray(liking.multiply(liking).sum(axis=0)).ravel())
    for begin in range(start, number, A_BLOCK):
        block = slice(begin, min(begin + A_BLOCK, number))
        products = (liking[:, block].T @ liking).toarray()
        shared = (rated[:, block].T @ rated).toarray() >= FEWEST
        for place in range(block.start, block.stop):
            alike = products[place - begin] * shared[place - begin] / (norms[place] * norms + SHRINK)
            alike[place] = 0
            # Together the others weigh as much as those of a film in the inverse do.
            found = _of_one(ratings, place, alike / max(1, alike.sum()), alike)
            if found is not None:
                yield found


def _of_one(ratings: Ratings, place: int, weights: Array, alike: Array) -> Neighbours | None:
    whole = np.rint(weights * SCALE).clip(-SCALE, SCALE).astype("i2")
    shown = _largest(alike, MOST_SHOWN)
    heavy = _largest(np.abs(whole), KEPT)
    others = np.concatenate((shown, heavy[~np.isin(heavy, shown)]))
    if not len(others):
        return None
    return Neighbours(int(ratings.films[place]), ratings.films[others], whole[others], len(shown))


def _largest(values: Array, most: int) -> Array:
    """The places of the largest that are above nothing, in their order; of equals the more rated film comes first."""
    places = np.flatnonzero(values > 0)
    if len(places) > most:
        places = places[np.argpartition(-values[places], most - 1)[:most]]
    return places[np.lexsort((places, -values[places]))]


def _ones(matrix: Any) -> Any:
    ones = matrix.copy()
    ones.data = np.ones_like(ones.data)
    return ones
