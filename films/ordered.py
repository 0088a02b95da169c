"""Films in the order of one key: where very many are to be chosen from, the first are found without looking at all.

An order is sorted once, and not again for each film whose key has changed since: those lie loose, and are looked at by
themselves.
"""

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import Any, Final

import numpy as np
from pyroaring import BitMap

type Numbers = np.ndarray[Any, np.dtype[Any]]

AT_ONCE: Final = 512  # films looked at
MOST_LOOKS: Final = 8


class Order:
    """`ids` by the key and then by the number. `was` has the keys of loose films, by which they were sorted."""

    def __init__(self, ids: Numbers, column: Numbers) -> None:
        """`ids` ascend; `column` has the keys of all films, by their numbers, and is the one that will change."""
        self.ids, self.was = ids[np.argsort(column.take(ids), kind="stable")], dict[int, int]()

    def place_of(self, place: tuple[int, int] | None, column: Numbers, descending: bool) -> int:
        """Where to begin to look for what lies beyond a key and number; for None at the beginning of all."""
        if place is None:
            return len(self.ids) if descending else 0

        def at(index: int) -> tuple[int, int]:
            film = int(self.ids[index])
            return self.was.get(film, int(column[film])), film

        return (bisect_left if descending else bisect_right)(range(len(self.ids)), place, key=at)


def walk(
    ids: Numbers, start: int, descending: bool, films: BitMap, loose: BitMap | dict[int, int], most: int
) -> list[int] | None:
    """The first of these films from there on, without loose ones; None where they lie too far apart to be found so.

    Descending, from the one before `start` down to the first of `ids`; else from `start` up to the last.
    """
    found: list[int] = []
    for _look in range(MOST_LOOKS):
        end = max(0, start - AT_ONCE) if descending else start + AT_ONCE
        some = ids[end:start][::-1] if descending else ids[start:end]
        fit = (film for film in some.tolist() if film in films and film not in loose)
        found += islice(fit, most - len(found))
        start = end
        if len(found) == most or start <= 0 or start >= len(ids):
            return found
    return None
