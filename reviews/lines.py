"""Lines of the feed as they stand on a page, each kept by itself."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import get_template
from django.utils.translation import get_language

from accounts.compiled import for_viewers, prepared, row_of
from accounts.counting import apart_from
from accounts.faces import Drawn, drawn
from accounts.models.viewer import Viewer
from config.freshness import WIDE
from config.keeping import Tags, kept_many
from films.freshness import LISTS, tag_of, words_tag
from reviews.blind import is_blind
from reviews.counting import with_apart_of_reviews
from reviews.models import Activity
from reviews.timeline import at_hand, with_line


def rows_of(viewer: Any, numbers: list[int]) -> list[Any]:
    """Lines by their numbers, with all that they show. One query."""
    if apart := apart_from(viewer):
        return _rows_apart(viewer=viewer.pk, numbers=numbers, apart=list(apart))
    return _rows(viewer, numbers=numbers)


@for_viewers(numbers=list)
def _rows(viewer: Viewer, numbers: Any) -> Any:
    return with_line(Activity.objects.filter(pk__in=numbers), viewer)


@prepared(viewer=row_of("accounts.User"), numbers=list, apart=list)
def _rows_apart(viewer: Viewer, numbers: Any, apart: Any) -> Any:
    rows = with_line(Activity.objects.filter(pk__in=numbers), viewer)
    return with_apart_of_reviews(rows, apart)


def draw_lines(viewer: Viewer, lines: Sequence[Activity], *, heading: str = "h3") -> list[Drawn]:
    """Of lines that are `bare`, in their order. Made afresh for a viewer who sees other figures than everybody does.

    Two queries at most. What was taken away meanwhile is left out.
    """
    by_number: dict[int, Any] = {line.pk: line for line in lines}

    def make(missing: list[int]) -> dict[int, Drawn]:
        template = get_template("reviews/_line.html")
        rows = at_hand(viewer, rows_of(viewer, missing)) if missing else []
        return {row.pk: drawn(template.render({"line": row, "heading": heading}), _named_in(row)) for row in rows}

    def tags(number: int, said: Drawn) -> Tags:
        line = by_number[number]
        film, of_list = line.film_id, (LISTS,) if line.film_list_id else ()
        return WIDE, *said.faces, *of_list, *((tag_of(film), words_tag(film)) if film else ())

    if apart_from(viewer) or is_blind(viewer):
        made = make(list(by_number))
    else:
        language = get_language()
        keys = {
            line.pk: ("line", line.pk, line.film_seen, line.film_liked, heading, language)
            for line in by_number.values()
        }
        made = kept_many(keys, tags, make)
    return [made[number] for number in by_number if number in made]


def _named_in(line: Activity) -> list[int | None]:
    about = (about for about in (line.review, line.film_list, line.essay) if about is not None)
    return [line.member_id, line.other_id, *(each.member_id for each in about)]
