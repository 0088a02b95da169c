"""Reviews as they stand on a page (templates/reviews/_note.html), each kept by itself."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.template.loader import get_template
from django.utils.translation import get_language

from accounts.compiled import for_viewers, prepared, row_of
from accounts.counting import apart_from
from accounts.faces import Drawn, drawn
from accounts.models.viewer import Viewer
from config.freshness import WIDE
from config.keeping import Tags, kept_many
from films.freshness import words_tag
from reviews.blind import cover_stars, is_blind
from reviews.counting import count_for, with_apart
from reviews.curtains import with_seen
from reviews.models import Review


class Place(NamedTuple):
    """A review that is to be shown. `seen`: whether the viewer has seen its film."""

    number: int
    film_id: int
    seen: bool = False


def places_of(reviews: Any, viewer: Viewer) -> Any:
    """Reviews with no more than what `draw_notes` is to be told of them, and what they are ordered by."""
    return with_seen(reviews.only("film", "published_at", "like_count"), viewer)


def place_of(review: Any) -> Place:
    """The place of a review, from a row of `places_of`."""
    return Place(review.pk, review.film_id, review.film_seen)


@for_viewers(numbers=list)
def _cards(viewer: Viewer, numbers: Any) -> Any:
    return _cards_of(viewer, numbers)


@prepared(viewer=row_of("accounts.User"), numbers=list, apart=list)
def _cards_apart(viewer: Viewer, numbers: Any, apart: Any) -> Any:
    return with_apart(_cards_of(viewer, numbers), apart)


def _cards_of(viewer: Viewer, numbers: Any) -> Any:
    return with_seen(Review.objects.filter(pk__in=numbers).with_card(), viewer)


def draw_notes(
    viewer: Any,
    places: Iterable[Place],
    *,
    bare: bool = False,
    heading: str = "",
    lead: int | None = None,
    covered: Collection[int] | None = None,
) -> dict[int, Drawn]:
    """By their numbers, in this order; what was taken away meanwhile is left out. `lead` is the largest of them.

    `covered` are the films whose score is, if that is known.

    One query for those that are not kept. Made afresh for viewers who see other figures than everybody does.
    """
    by_number = {place.number: place for place in places}
    apart = list(apart_from(viewer))

    def make(missing: list[int]) -> dict[int, Drawn]:
        if apart:
            rows = _cards_apart(viewer=viewer.pk, numbers=missing, apart=apart)
        else:
            rows = _cards(viewer, numbers=missing)
        count_for(viewer, rows)
        cover_stars(viewer, rows, covered=covered)
        note = get_template("reviews/_note.html")
        look = {"bare": bare, "heading": heading}
        return {
            row.pk: drawn(
                note.render({"review": row, "liked": row.film_liked, "lead": row.pk == lead} | look), [row.member_id]
            )
            for row in rows
        }

    def tags(number: int, note: Drawn) -> Tags:
        return WIDE, words_tag(by_number[number].film_id), *note.faces

    if not by_number:
        return {}
    if apart or is_blind(viewer):
        made = make(list(by_number))
    else:
        look = (bare, heading, get_language())
        made = kept_many({n: ("note", *by_number[n], n == lead, *look) for n in by_number}, tags, make)
    return {number: made[number] for number in by_number if number in made}
