"""What a member is told of a text that does not fit its place."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reviews.models.case import LONGEST_LINE


def too_long(text: str, most: int) -> str:
    """The sentence for a text of more than `most` characters; empty for one that fits."""
    if len(text) <= most:
        return ""
    counts = {"length": intcomma(len(text)), "most": intcomma(most)}
    return _("This is %(length)s characters long. Shorten it to %(most)s or fewer.") % counts


def checked_line(text: str, *, field: str, if_empty: str) -> str:
    """A line between a member and the moderators, without the spaces around it.

    Raises ValidationError for `field`: with the sentence `if_empty`, or for more than LONGEST_LINE characters.
    """
    line = text.strip()
    if not line:
        raise ValidationError({field: [if_empty]})
    if len(line) > LONGEST_LINE:
        told = _("Shorten this to %(most)s characters or fewer.") % {"most": intcomma(LONGEST_LINE)}
        raise ValidationError({field: [told]})
    return line
