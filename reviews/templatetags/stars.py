"""Stars on pages: half-stars (1 to 10) come in, words and drawings go out."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from reviews import stars

register = template.Library()


def in_stars(half_stars: int | None) -> str:
    """9 as 4.5, the form that addresses and form fields use; nothing for no rating."""
    return f"{half_stars / 2:g}" if half_stars else ""


@register.filter
def out_of_five(half_stars: int) -> str:
    return _("%(stars)s out of 5") % {"stars": stars.label(half_stars)}


@register.simple_tag(name="stars")
def drawn(half_stars: int | None, size: str = "") -> SafeString:
    """A rating as five stars, read aloud as “4½ stars out of 5”; nothing for no rating. `size`: "big" or nothing."""
    return _drawn(half_stars, size, get_language()) if half_stars else SafeString("")


@cache
def _drawn(half_stars: int, size: str, _language: str | None) -> SafeString:
    return format_html(
        '<span class="stars{}" role="img" aria-label="{}" data-r="{}"></span>',
        f" {size}" if size else "",
        out_of_five(half_stars),
        in_stars(half_stars),
    )


@register.filter
def saying(half_stars: int | None) -> str:
    """What a rating is called: “4½  Can’t shake it”."""
    if not half_stars:
        return ""
    word = str(stars.WORDS[half_stars - 1])
    return f"{stars.numeral(half_stars)}  {word[0].upper()}{word[1:]}"


@register.simple_tag
def scale() -> list[dict[str, Any]]:
    """The ten ratings from the least to the most, for a group of radios."""
    steps = range(stars.LEAST, stars.MOST + 1)
    return [{"half_stars": n, "value": in_stars(n), "label": stars.label(n), "saying": saying(n)} for n in steps]


@register.inclusion_tag("reviews/_histogram.html")
def histogram(counts: Sequence[int], url: str, own: bool = False, name: str = "") -> dict[str, Any]:
    """Ten bars from the ten counts. Each links to `url` with `stars=`, the reviews that gave so many.

    `own`: they are the ratings of one member. `name`: what they are called where a page has several.
    """
    most = max([*counts, 1])
    address = f"{url}{'&' if '?' in url else '?'}stars="
    bars = [_bar(n, count, most, address, own) for n, count in enumerate(counts, start=1)]
    return {"bars": bars, "any": any(counts), "own": own, "name": name}


def _bar(half_stars: int, count: int, most: int, address: str, own: bool) -> dict[str, Any]:
    # The least bar is a sliver, so that none of the ten vanishes and all stay a target.
    height = max(1.5, 100 * count / most)
    by_members = ngettext("%(count)d member gave %(stars)s", "%(count)d members gave %(stars)s", count)
    said = ngettext("%(stars)s once", "%(stars)s %(count)d times", count) if own else by_members
    return {
        "count": count,
        "label": said % {"count": count, "stars": stars.label(half_stars)},
        "url": f"{address}{in_stars(half_stars)}",
        "height": f"{height:.1f}",
        "top": f"{100 - height:.1f}",
        "peak": count == most,
    }
