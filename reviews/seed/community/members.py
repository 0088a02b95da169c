"""Members, and who follows, blocks and mutes whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from accounts.models import Block, CommentPolicy, Follow, Mute, User
from reviews.seed.community.catalogue import GENRES
from reviews.seed.community.chance import distinct, draw, long_tail, pair, parted
from reviews.seed.community.columns import Array, copy_columns
from reviews.seed.community.lines import copy_lines, moments, safe
from reviews.seed.community.sizes import Sizes
from reviews.seed.community.stock import words

OPEN_FOR: Final = 6 * 365 * 86_400  # seconds since the site opened
POLICIES: Final = (CommentPolicy.ANYONE.value, CommentPolicy.FOLLOWERS.value, CommentPolicy.NOBODY.value)
FOLLOWED: Final = 10  # by a member, on average
NONE: Final = np.empty(0, dtype=np.int64)


@dataclass
class Members:
    """What everything else needs to know of the members, in the order of their ids."""

    ids: Array
    joined: Array  # seconds since 2000
    keen: Array  # how much each does
    noted: Array  # how much each is followed
    taste: Array  # two places in GENRES each
    bias: Array  # half stars above what others give
    reserve: Array  # the share of marks that not everybody is to see
    private: Array
    hides: Array
    policy: Array
    brings: Array  # a diary from elsewhere, by an import

    def __len__(self) -> int:
        return len(self.ids)


@dataclass
class Circle:
    """Pairs of places; `at` in seconds since 2000."""

    follower: Array
    followed: Array
    at: Array
    blocks: Array = field(default_factory=lambda: NONE)


def invent(sizes: Sizes, first_id: int) -> Members:
    rng, number = np.random.default_rng([sizes.seed, 11]), sizes.members
    joined = sizes.now - 3_600 - ((OPEN_FOR - 3_600) * rng.random(number) ** 1.3).astype(np.int64)
    genres = np.array(list(GENRES.values()), dtype=float)
    return Members(
        ids=np.arange(first_id, first_id + number), joined=np.sort(joined),
        keen=long_tail(rng, number, steep=0.75, flat=number / 200 + 1) * (rng.random(number) > 0.08),
        noted=long_tail(rng, number, steep=0.95, flat=number / 500 + 1),
        taste=rng.choice(len(genres), (number, 2), p=genres / genres.sum()),
        bias=rng.normal(0, 0.7, number), reserve=np.where(rng.random(number) < 0.06, rng.random(number), 0.0),
        private=rng.random(number) < 0.04, hides=rng.random(number) < 0.03,
        policy=rng.choice(3, number, p=[0.92, 0.06, 0.02]), brings=rng.random(number) < 0.6,
    )  # fmt: skip


def befriend(sizes: Sizes, members: Members) -> Circle:
    """Who follows whom, since when; blocks come first, and nobody follows across one."""
    rng, number = np.random.default_rng([sizes.seed, 12]), len(members)

    def strangers(some: int) -> Array:
        one, other = rng.integers(0, number, some), rng.integers(0, number, some)
        return pair(one[one != other], other[one != other])

    def followers(some: int) -> Array:
        one, other = draw(rng, members.keen + members.keen.mean() / 4, some), draw(rng, members.noted, some)
        return pair(one[one != other], other[one != other])

    blocks = distinct(rng, number // 40, strangers)
    one, other = parted(blocks)
    apart = np.unique(np.concatenate([blocks, pair(other, one)]))
    wanted = min(FOLLOWED * number, number * (number - 1) // 6)
    follower, followed = parted(distinct(rng, wanted, followers, apart))
    since = np.maximum(members.joined[follower], members.joined[followed])
    at = since + ((sizes.now - since) * rng.random(len(since))).astype(np.int64)
    return Circle(follower, followed, at, blocks)


def write_members(sizes: Sizes, members: Members, circle: Circle, ratings: Array, names: "Names") -> None:
    number = len(members)
    counts = [np.bincount(side, minlength=number) for side in (circle.followed, circle.follower)]
    copy_lines(
        User,
        ["id", "username", "display_name", "password", "bio", "location", "pronouns", "date_joined", "is_private",
         "hides_scores", "comment_policy", "follower_count", "following_count", "rating_count"],
        _lines(sizes, members, [*counts, ratings], names),
    )  # fmt: skip


@dataclass
class Names:
    """What members may be called; `taken` are usernames in lower case."""

    surnames: list[str]
    taken: set[str]


def _lines(sizes: Sizes, members: Members, counts: list[Array], names: Names) -> Iterator[str]:
    rng, number = np.random.default_rng([sizes.seed, 13]), len(members)
    given, nouns, bios, surnames = words("given"), words("nouns"), words("bios"), names.surnames
    draws = rng.integers(0, 2**31, (number, 3)).tolist()
    fates = rng.random((number, 4)).tolist()
    secrets = rng.bytes(20 * number).hex()
    rows = zip(
        members.ids.tolist(), moments(members.joined), members.private.tolist(), members.hides.tolist(),
        members.policy.tolist(), draws, fates, *(each.tolist() for each in counts), strict=True,
    )  # fmt: skip
    for place, (pk, joined, private, hides, policy, draw_, fate, *tallies) in enumerate(rows):
        first, last = given[draw_[0] % len(given)], surnames[draw_[1] % len(surnames)]
        stem = (
            f"{first}{last}" if fate[0] < 0.4 else f"{first}_{nouns[draw_[2] % len(nouns)]}" if fate[0] < 0.8 else last
        )
        yield "\t".join((
            str(pk), _username(stem, names.taken), safe(f"{first} {last}") if fate[1] < 0.55 else "",
            f"!{secrets[40 * place : 40 * place + 40]}",  # Django's mark of a password that opens nothing
            bios[draw_[2] % len(bios)] if fate[2] < 0.3 else "", last if fate[2] > 0.75 else "",
            ("she/her", "he/him", "they/them")[draw_[0] % 3] if fate[3] < 0.2 else "", joined,
            "t" if private else "f", "t" if hides else "f", POLICIES[policy], *map(str, tallies),
        ))  # fmt: skip


def _username(stem: str, taken: set[str]) -> str:
    """Letters, digits and underscores; a number where somebody has the name."""
    plain = "".join(letter for letter in stem.lower().replace("-", "_") if letter.isascii())[:22] or "member"
    name, number = plain, 1
    while name in taken:
        number += 1
        name = f"{plain}{number}"
    taken.add(name)
    return name


def write_circle(sizes: Sizes, members: Members, circle: Circle) -> None:
    rng, ids = np.random.default_rng([sizes.seed, 14]), members.ids
    order = np.argsort(circle.at, kind="stable")
    columns = {
        "follower": ids[circle.follower][order], "followed": ids[circle.followed][order],
        "created_at": circle.at[order],
    }  # fmt: skip
    copy_columns(Follow, columns, len(order))
    one, other = parted(circle.blocks)
    at = np.maximum(members.joined[one], members.joined[other])
    copy_columns(Block, {"blocker": ids[one], "blocked": ids[other], "created_at": at}, len(one))
    muted = rng.random(len(circle.at)) < 0.005
    columns = {
        "muter": ids[circle.follower[muted]],
        "muted": ids[circle.followed[muted]],
        "created_at": circle.at[muted],
    }
    copy_columns(Mute, columns, int(muted.sum()))
