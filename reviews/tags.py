"""Tags: found whatever their case, and counted as a viewer may see them. They are stored as they were written."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import CharField, Count, F, Func, Q, TextField, Value
from django.utils.translation import gettext as _

from accounts.legible import one_line
from accounts.models import User
from accounts.models.viewer import Viewer
from reviews.models import FilmList, Review, Viewing
from reviews.models.tags import LONGEST_TAG, MOST_TAGS


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


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without extra spaces and repetitions. Raises ValidationError for too many, or one that is too long."""
    kept: dict[str, str] = {}
    for tag in tags:
        words = one_line(tag).lstrip("#").strip()
        if len(words) > LONGEST_TAG:
            raise ValidationError(
                _("A tag has at most %(most)d characters.") % {"most": LONGEST_TAG}, code="tag_length"
            )
        if words:
            kept.setdefault(words.casefold(), words)
    if len(kept) > MOST_TAGS:
        raise ValidationError(_("Use at most %(most)d tags.") % {"most": MOST_TAGS}, code="tag_count")
    return tuple(kept.values())
