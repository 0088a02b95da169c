"""Tags: found whatever their case, and counted as a viewer may see them. They are stored as they were written."""

from collections import Counter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, Func, TextField, Value

from accounts.models import User
from accounts.models.viewer import Viewer
from reviews.models import FilmList, Review


def tagged(rows: Any, tag: str) -> Any:
    """Those of these reviews or lists that carry the tag."""
    asked = Value([tag], output_field=ArrayField(CharField()))
    return rows.filter(folded_tags__contains=Func(asked, function="folded_tags", output_field=ArrayField(TextField())))


def tags_of(member: User, viewer: Viewer) -> list[tuple[str, int]]:
    """A member's tags with how many reviews and lists carry them, the most used first. Two queries."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for rows in (Review.objects.visible_to(viewer), FilmList.objects.visible_to(viewer)):
        one = Func(F("tags"), function="unnest", output_field=CharField(), set_returning=True)
        found = rows.filter(member=member).order_by().values(tag=one).annotate(number=Count("pk"))
        for tag, number in found.values_list("tag", "number"):
            counts[tag.casefold()] += number
            written.setdefault(tag.casefold(), tag)
    return [(written[key], number) for key, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
