"""Tags: found whatever their case, and counted as a viewer may see them. They are stored as they were written."""

from collections import Counter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, Func, Q, TextField, Value

from accounts.models import User
from accounts.models.viewer import Viewer
from reviews.models import FilmList, Review, Viewing


def tagged(rows: Any, tag: str) -> Any:
    """Those of these reviews, lists or lines of the diary that carry the tag."""
    return rows.filter(carries(tag))


def carries(tag: str) -> Q:
    asked = Value([tag], output_field=ArrayField(CharField()))
    return Q(folded_tags__contains=Func(asked, function="folded_tags", output_field=ArrayField(TextField())))


def tags_of(member: User, viewer: Viewer) -> list[tuple[str, int]]:
    """A member's tags with how many reviews, lists and lines of the diary carry them, the most used first.

    A line with a review has the same tags as that, and is not counted again. Three queries.
    """
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    lines = Viewing.objects.visible_to(viewer).filter(review=None)
    for rows in (Review.objects.visible_to(viewer), FilmList.objects.visible_to(viewer), lines):
        one = Func(F("tags"), function="unnest", output_field=CharField(), set_returning=True)
        found = rows.filter(member=member).order_by().values(tag=one).annotate(number=Count("pk"))
        for tag, number in found.values_list("tag", "number"):
            counts[tag.casefold()] += number
            written.setdefault(tag.casefold(), tag)
    return [(written[key], number) for key, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
