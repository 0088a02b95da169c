"""The lines of feeds, as the acts behind them would have written them (reviews/actions/noting.py)."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from reviews.models import Activity
from reviews.seed.community import lists as listing
from reviews.seed.community.catalogue import Films
from reviews.seed.community.columns import Array, Coded, Column, Maybe, copy_columns
from reviews.seed.community.lists import Lists
from reviews.seed.community.members import Circle, Members
from reviews.seed.community.opinions import PUBLIC, VISIBILITIES, Evenings, Marks
from reviews.seed.community.texts import Reviews, Talk

WHAT = ("film", "mark", "viewing", "review", "film_list", "other")
PRIVATE = len(VISIBILITIES) - 1


@dataclass
class Lines:
    """Blocks of lines, each of one kind."""

    blocks: list[dict[str, Any]] = field(default_factory=list)

    def add(self, kind: Activity.Kind, at: Array, member: Array, visibility: Array | int, **what: Array) -> None:
        """Members and what the lines are about by their ids."""
        seen_by = np.full(len(at), visibility) if isinstance(visibility, int) else visibility
        self.blocks.append({"kind": kind.value, "at": at, "member": member, "visibility": seen_by} | what)

    def write(self) -> None:
        """COPY them in the order of time."""
        at = self._all("at")
        order = np.argsort(at, kind="stable")
        kinds = [block["kind"] for block in self.blocks]
        number = np.repeat(np.arange(len(kinds)), [len(block["at"]) for block in self.blocks])
        columns: dict[str, Column] = {
            "member": self._all("member")[order], "kind": Coded(number[order], kinds), "created_at": at[order],
            "visibility": Coded(self._all("visibility")[order], VISIBILITIES),
        }  # fmt: skip
        for name in WHAT:
            ids = self._all(name)[order]
            columns[name] = Maybe(ids, ids > 0)
        copy_columns(Activity, columns, len(order))

    def _all(self, name: str) -> Array:
        rows = [block.get(name, np.zeros(len(block["at"]), dtype=np.int64)) for block in self.blocks]
        return np.concatenate([part.astype(np.int64) for part in rows])


def note_marks(
    films: Films, members: Members, marks: Marks, reviews: Reviews, evenings: Evenings, lines: Lines
) -> None:
    """Of what was said here: the review speaks for its stars and its evening, the evening for its stars."""
    told = np.zeros(len(marks), dtype=bool)
    published = ~reviews.draft
    Kind = Activity.Kind

    def add(kind: Activity.Kind, rows: Array, **what: Array) -> None:
        lines.add(
            kind, marks.at[rows], members.ids[marks.member[rows]], marks.visibility[rows],
            film=films.ids[marks.film[rows]], **what,
        )  # fmt: skip

    written = reviews.mark[published]
    told[written] = True
    add(Kind.REVIEWED, written, review=reviews.ids[published])
    logged = ~told[evenings.mark] & ~marks.imported[evenings.mark]
    told[evenings.mark] = True
    add(Kind.LOGGED, evenings.mark[logged], viewing=evenings.ids[logged])
    for kind, which in (
        (Kind.RATED, marks.rated & ~told), (Kind.LIKED, marks.liked), (Kind.WATCHLISTED, marks.listed)
    ):  # fmt: skip
        mark = np.flatnonzero(which & ~marks.imported)
        add(kind, mark, mark=marks.ids[mark])


def note_others(
    films: Films, members: Members, marks: Marks, reviews: Reviews, said: Talk, lists: Lists, circle: Circle,
    lines: Lines,
) -> None:  # fmt: skip
    Kind, ids = Activity.Kind, members.ids
    film = films.ids[marks.film[reviews.mark[said.liked]]]
    lines.add(
        Kind.LIKED_REVIEW, said.liked_at, ids[said.liker], PUBLIC, review=reviews.ids[said.liked], film=film
    )  # fmt: skip
    seen = np.array([0, PRIVATE, 1, PRIVATE])[lists.visibility]
    filled = np.zeros(len(lists.ids), dtype=bool)
    filled[lists.entry_list] = True
    told = filled & ((lists.visibility == listing.PUBLIC) | (lists.visibility == listing.FOLLOWERS))
    lines.add(Kind.LISTED, lists.at[told], ids[lists.member[told]], seen[told], film_list=lists.ids[told])
    lines.add(Kind.LIKED_LIST, lists.liked_at, ids[lists.liker], PUBLIC, film_list=lists.ids[lists.liked])
    open_ = ~members.private[circle.followed]  # who is asked first, accepts later: that is a line, too
    lines.add(
        Kind.FOLLOWED, circle.at[open_], ids[circle.follower[open_]], PUBLIC, other=ids[circle.followed[open_]]
    )  # fmt: skip
