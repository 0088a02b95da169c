"""Reviews and what is said under them: put together from sentences of our own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from reviews.markup import EXCERPT_LENGTH, render, shorten
from reviews.models import Comment, Review, ReviewLike, Subscription
from reviews.seed.community.catalogue import Films
from reviews.seed.community.chance import distinct, draw, long_tail, pair, parted, places_within
from reviews.seed.community.columns import Array, copy_columns
from reviews.seed.community.lines import NULL, array_of, copy_lines, moments, safe
from reviews.seed.community.members import Members
from reviews.seed.community.opinions import PUBLIC, VISIBILITIES, Evenings, Marks
from reviews.seed.community.sizes import Sizes
from reviews.seed.community.stock import words

PARAGRAPHS: Final = 4_000  # different ones
LIKES: Final = 3  # of a review, on average
HOT: Final = 3.0  # times as many reviews for a rating of the one film that everybody talks about


@dataclass
class Reviews:
    """By the places of their marks, in the order of time; `viewing` is 0 where there is none."""

    ids: Array
    mark: Array
    viewing: Array
    draft: Array

    def __len__(self) -> int:
        return len(self.ids)


def choose(sizes: Sizes, films: Films, marks: Marks) -> Array:
    """Which marks get a review: some of the ratings that were given here."""
    rng = np.random.default_rng([sizes.seed, 31])
    here = np.flatnonzero(marks.rated & ~marks.imported)
    weights = np.where(marks.film[here] == films.hot, HOT, 1.0)
    keys = rng.exponential(size=len(here)) / weights  # the smallest of these: a draw without putting back
    number = min(sizes.reviews, len(here))
    return np.sort(here[np.argpartition(keys, number - 1)[:number]]) if number else here[:0]


def with_evenings(sizes: Sizes, chosen: Array, evenings: Evenings, first_id: int) -> Reviews:
    rng = np.random.default_rng([sizes.seed, 32])
    viewing = np.zeros(len(chosen), dtype=np.int64)
    _both, mine, theirs = np.intersect1d(chosen, evenings.mark, assume_unique=True, return_indices=True)
    viewing[mine] = evenings.ids[theirs]
    draft = (viewing == 0) & (rng.random(len(chosen)) < 0.02)
    return Reviews(np.arange(first_id, first_id + len(chosen)), chosen, viewing, draft)


@dataclass(frozen=True)
class Paragraph:
    body: str
    html: str


def paragraphs(rng: np.random.Generator, number: int) -> list[Paragraph]:
    """Of two to five sentences each, as the site itself turns them into HTML."""
    sentences = words("sentences")
    parts, praise, fault = words("parts"), words("praise"), words("fault")
    made = []
    for _number in range(number):
        chosen = rng.choice(len(sentences), rng.integers(2, 6), replace=False).tolist()
        said = []
        for place in chosen:
            sentence = sentences[place]
            for slot, stock in (("{part}", parts), ("{praise}", praise), ("{fault}", fault)):
                while slot in sentence:
                    sentence = sentence.replace(slot, stock[rng.integers(0, len(stock))], 1)
            said.append(sentence)
        body = " ".join(said)
        made.append(Paragraph(body, render(body).html))
    return made


@dataclass
class Talk:
    """Likes and comments. Reviews and members by their places, moments in seconds since 2000."""

    liked: Array
    liker: Array
    liked_at: Array
    review: Array
    speaker: Array
    said_at: Array


def talk(sizes: Sizes, members: Members, marks: Marks, reviews: Reviews) -> Talk:
    """Of what everybody may read: a few reviews have very many likes, and most have none or one."""
    rng = np.random.default_rng([sizes.seed, 33])
    writer = marks.member[reviews.mark]
    shown = (marks.visibility[reviews.mark] == PUBLIC) & ~members.private[writer] & ~reviews.draft
    weights = (
        long_tail(rng, len(reviews), steep=1.0, flat=len(reviews) / 300 + 1) * shown * members.noted[writer] ** 0.5
    )
    keen = members.keen + members.keen.mean() / 10
    if not weights.sum():
        none = np.empty(0, dtype=np.int64)
        return Talk(none, none, none, none, none, none)

    def likes(number: int) -> Array:
        review, liker = draw(rng, weights, number), draw(rng, keen, number)
        others = writer[review] != liker
        return pair(review[others], liker[others])

    most = int(shown.sum()) * len(members) // 8
    liked, liker = parted(distinct(rng, min(LIKES * len(reviews), most), likes))
    open_ = weights * (members.policy[writer] == 0)
    review = np.sort(draw(rng, open_, len(reviews) // 2)) if open_.sum() else np.empty(0, dtype=np.int64)
    return Talk(
        liked, liker, _after(rng, sizes, marks.at[reviews.mark][liked]), review, draw(rng, keen, len(review)),
        _after(rng, sizes, marks.at[reviews.mark][review]),
    )  # fmt: skip


def _after(rng: np.random.Generator, sizes: Sizes, begin: Array) -> Array:
    """Soon after, mostly."""
    return begin + ((sizes.now - begin) * rng.random(len(begin)) ** 4).astype(np.int64)


def write_reviews(
    sizes: Sizes, films: Films, members: Members, marks: Marks, reviews: Reviews, said: Talk, folder: list[Paragraph]
) -> None:
    number = len(reviews)
    counts = [np.bincount(rows, minlength=number).tolist() for rows in (said.liked, said.review)]
    copy_lines(
        Review,
        ["id", "member", "film", "viewing", "half_stars", "body", "body_html", "excerpt", "spoilers", "tags",
         "visibility", "created_at", "published_at", "updated_at", "like_count", "comment_count"],
        _lines(sizes, films, members, marks, reviews, counts, folder),
    )  # fmt: skip


def _lines(
    sizes: Sizes, films: Films, members: Members, marks: Marks, reviews: Reviews, counts: list[list[int]],
    folder: list[Paragraph],
) -> Iterator[str]:  # fmt: skip
    rng, mark, number = np.random.default_rng([sizes.seed, 34]), reviews.mark, len(reviews)
    lengths = rng.choice([1, 2, 3, 5], number, p=[0.5, 0.3, 0.15, 0.05]).tolist()
    draws, tags = rng.integers(0, len(folder), (number, 5)).tolist(), words("tags")
    labels = rng.integers(0, len(tags), (number, 3)).tolist()
    fates = rng.random((number, 2)).tolist()
    rows = zip(
        reviews.ids.tolist(), members.ids[marks.member[mark]].tolist(), films.ids[marks.film[mark]].tolist(),
        reviews.viewing.tolist(), marks.half_stars[mark].tolist(), marks.visibility[mark].tolist(),
        moments(marks.at[mark]), reviews.draft.tolist(), lengths, draws, labels, fates, *counts, strict=True,
    )  # fmt: skip
    for pk, member, film, viewing, stars, seen_by, at, draft, length, chosen, label, fate, likes, comments in rows:
        parts = [folder[place] for place in dict.fromkeys(chosen[:length])]
        body = "\n\n".join(part.body for part in parts)
        tagged = dict.fromkeys(tags[place] for place in label[: int(fate[0] * 4)])
        yield "\t".join((
            str(pk), str(member), str(film), str(viewing) if viewing else NULL, str(stars), safe(body),
            safe("".join(part.html for part in parts)), shorten(body, EXCERPT_LENGTH), "t" if fate[1] < 0.05 else "f",
            array_of(tagged), VISIBILITIES[seen_by], at, NULL if draft else at, at, str(likes), str(comments),
        ))  # fmt: skip


def write_talk(sizes: Sizes, members: Members, marks: Marks, reviews: Reviews, said: Talk, first_id: int) -> None:
    """COPY likes, comments, and who follows which thread."""
    order = np.argsort(said.liked_at, kind="stable")
    columns = {
        "review": reviews.ids[said.liked[order]], "member": members.ids[said.liker[order]],
        "created_at": said.liked_at[order],
    }  # fmt: skip
    copy_columns(ReviewLike, columns, len(order))
    copy_lines(
        Comment, ["id", "review", "member", "reply_to", "body", "body_html", "created_at"],
        _comments(sizes, members, reviews, said, first_id),
    )  # fmt: skip
    published = np.flatnonzero(~reviews.draft)
    follows = np.unique(np.concatenate([
        pair(published, marks.member[reviews.mark[published]]), pair(said.review, said.speaker)
    ]))  # fmt: skip
    review, member = parted(follows)
    columns = {
        "review": reviews.ids[review],
        "member": members.ids[member],
        "updated_at": marks.at[reviews.mark[review]],
    }
    copy_columns(Subscription, columns, len(follows))


def _comments(sizes: Sizes, members: Members, reviews: Reviews, said: Talk, first_id: int) -> Iterator[str]:
    """In the order of their threads; one in three answers the first of its thread."""
    rng = np.random.default_rng([sizes.seed, 35])
    order = np.lexsort((said.said_at, said.review))
    place = places_within(said.review[order])
    number = len(order)
    ids = first_id + np.arange(number)
    answers = np.where((place > 0) & (rng.random(number) < 0.33), ids - place, 0).tolist()
    remarks = [Paragraph(remark, render(remark, kind="comment").html) for remark in words("remarks")]
    chosen = rng.integers(0, len(remarks), number).tolist()
    rows = zip(
        ids.tolist(), reviews.ids[said.review[order]].tolist(), members.ids[said.speaker[order]].tolist(), answers,
        chosen, moments(said.said_at[order]), strict=True,
    )  # fmt: skip
    for pk, review, member, answered, which, at in rows:
        remark = remarks[which]
        yield (
            f"{pk}\t{review}\t{member}\t{answered or NULL}\t{safe(remark.body)}\t{safe(remark.html)}\t{at}"
        )  # fmt: skip
