"""Members' lists of films, and who likes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from reviews.models import FilmList, ListEntry, ListLike
from reviews.seed.community.catalogue import Films
from reviews.seed.community.chance import distinct, draw, long_tail, pair, parted, places_within
from reviews.seed.community.columns import Array, copy_columns
from reviews.seed.community.lines import array_of, copy_lines, moments, safe
from reviews.seed.community.members import Members
from reviews.seed.community.sizes import Sizes
from reviews.seed.community.stock import words

SHARE: Final = 0.15  # lists for a member
LONGEST: Final = 200
SEEN_BY: Final = [each.value for each in (
    FilmList.Visibility.PUBLIC, FilmList.Visibility.LINK, FilmList.Visibility.FOLLOWERS, FilmList.Visibility.PRIVATE
)]  # fmt: skip
PUBLIC, LINK, FOLLOWERS, PRIVATE = range(4)


@dataclass
class Lists:
    """In the order of time. Members, films and lists by their places."""

    ids: Array
    member: Array
    at: Array
    visibility: Array
    entry_list: Array
    entry_film: Array
    liked: Array
    liker: Array
    liked_at: Array


def draw_up(sizes: Sizes, films: Films, members: Members, first_id: int) -> Lists:
    rng = np.random.default_rng([sizes.seed, 41])
    number = max(1, int(SHARE * len(members)))
    member = draw(rng, members.keen + members.keen.mean() / 8, number)
    at = members.joined[member] + ((sizes.now - members.joined[member]) * rng.random(number)).astype(np.int64)
    order = np.argsort(at, kind="stable")
    member, at = member[order], at[order]
    visibility = rng.choice(4, number, p=[0.86, 0.04, 0.04, 0.06])
    lengths = (3 + rng.exponential(17, number)).astype(np.int64).clip(max=min(LONGEST, max(1, len(films) // 2)))
    of = np.repeat(np.arange(number), lengths)
    of, film = parted(np.unique(pair(of, draw(rng, films.weight**0.7, len(of)))))
    shuffled = np.lexsort((rng.random(len(of)), of))
    liked, liker = _likes(rng, members, member, (visibility == PUBLIC) & ~members.private[member])
    return Lists(
        np.arange(first_id, first_id + number), member, at, visibility, of[shuffled], film[shuffled], liked, liker,
        at[liked] + ((sizes.now - at[liked]) * rng.random(len(liked)) ** 3).astype(np.int64),
    )  # fmt: skip


def _likes(rng: np.random.Generator, members: Members, owner: Array, shown: Array) -> tuple[Array, Array]:
    weights = long_tail(rng, len(owner), steep=1.0, flat=len(owner) / 200 + 1) * shown
    keen = members.keen + members.keen.mean() / 10

    def likes(number: int) -> Array:
        liked, liker = draw(rng, weights, number), draw(rng, keen, number)
        others = owner[liked] != liker
        return pair(liked[others], liker[others])

    if not weights.sum():
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32)
    return parted(distinct(rng, min(3 * len(owner), int(shown.sum()) * len(members) // 8), likes))


def write_lists(sizes: Sizes, films: Films, members: Members, lists: Lists, coined: list[str]) -> None:
    number = len(lists.ids)
    counts = [np.bincount(rows, minlength=number).tolist() for rows in (lists.entry_list, lists.liked)]
    copy_lines(
        FilmList,
        ["id", "member", "title", "description", "description_html", "is_ranked", "visibility", "link_key", "tags",
         "created_at", "updated_at", "film_count", "like_count"],
        _lines(sizes, members, lists, counts, coined),
    )  # fmt: skip
    by = members.ids[lists.member[lists.entry_list]]
    columns = {
        "film_list": lists.ids[lists.entry_list], "film": films.ids[lists.entry_film],
        "position": places_within(lists.entry_list) + 1, "added_by": by, "added_at": lists.at[lists.entry_list],
        "updated_at": lists.at[lists.entry_list],
    }  # fmt: skip
    copy_columns(ListEntry, columns, len(by))
    columns = {
        "film_list": lists.ids[lists.liked], "member": members.ids[lists.liker], "created_at": lists.liked_at
    }  # fmt: skip
    copy_columns(ListLike, columns, len(lists.liked))


def _lines(sizes: Sizes, members: Members, lists: Lists, counts: list[list[int]], coined: list[str]) -> Iterator[str]:
    rng, number = np.random.default_rng([sizes.seed, 42]), len(lists.ids)
    titles, nouns, adjectives, given, tags = (words(n) for n in ("lists", "nouns", "adjectives", "given", "tags"))
    draws, fates = rng.integers(0, 2**31, (number, 3)).tolist(), rng.random((number, 3)).tolist()
    keys = rng.bytes(12 * number).hex()
    rows = zip(
        lists.ids.tolist(), members.ids[lists.member].tolist(), lists.visibility.tolist(), moments(lists.at), draws,
        fates, *counts, strict=True,
    )  # fmt: skip
    for place, (pk, member, seen_by, at, draw_, fate, films, likes) in enumerate(rows):
        title = titles[draw_[0] % len(titles)].format(
            adjective=adjectives[draw_[1] % len(adjectives)].lower(), noun=nouns[draw_[2] % len(nouns)].lower(),
            place=coined[draw_[1] % len(coined)], name=given[draw_[2] % len(given)],
        )  # fmt: skip
        said = "In no order, and open to argument." if fate[0] < 0.3 else ""
        yield "\t".join((
            str(pk), str(member), title[:1].upper() + title[1:], said, safe(f"<p>{said}</p>\n") if said else "",
            "t" if fate[1] < 0.3 else "f", SEEN_BY[seen_by], keys[24 * place : 24 * place + 24],
            array_of([tags[draw_[0] % len(tags)]] if fate[2] < 0.4 else []), at, at, str(films), str(likes),
        ))  # fmt: skip
