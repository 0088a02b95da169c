"""Tags before they are stored."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.legible import one_line
from reviews.models.tags import LONGEST_TAG, MOST_TAGS


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
