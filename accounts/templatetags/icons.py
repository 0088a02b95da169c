"""Line icons from the sprite `static/icons.svg`."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@cache
def _sprite() -> str:
    return static("icons.svg")


@register.simple_tag
@cache
def icon(name: str, *classes: str) -> SafeString:
    """`{% icon "heart" "s" "solid" %}`: decoration beside a word, so hidden from screen readers."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        " ".join(("icon", *classes)),
        _sprite(),
        name,
    )


@register.simple_tag
def pause_mark() -> SafeString:
    """The mark: a pause sign whose bars are curtains."""
    return format_html(
        '<svg class="mark" viewBox="0 0 34 48" aria-hidden="true"><use href="{}#mark"/></svg>', _sprite()
    )
