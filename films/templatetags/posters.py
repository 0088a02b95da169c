"""`{% poster film sizes="6rem" %}` and `{% poster_of film as image %}`: the film's poster, drawn and in figures."""

from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from films import posters
from films.models import Film

register = template.Library()

# Dozens of them are on a page, so they are put together here: a template takes two and a half times as long.
IMAGE: Final = '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" {} decoding="async">'
SOURCE: Final = '<source type="{}" srcset="{}" sizes="{}">'
STAND_IN: Final = '<img class="stand-in" src="{}" width="24" height="36" alt="">'
FIRST, LATER = SafeString('fetchpriority="high"'), SafeString('loading="lazy"')


@register.simple_tag
def poster_of(film: Film) -> posters.Poster:
    return posters.poster_of(film)


@register.simple_tag
def poster(film: Film, sizes: str = "12rem", alt: str = "", eager: bool = False) -> SafeString:
    """2 by 3. Beside its title it says nothing (`alt=""`); alone it needs `alt`. `sizes`: what the place measures.

    `eager`: for the one above the fold.
    """
    shown = posters.poster_of(film)
    hint = FIRST if eager else LATER
    image = format_html(IMAGE, shown.src, shown.srcset, sizes, shown.width, shown.height, alt, hint)
    if shown.sources:
        sources = format_html_join("", SOURCE, ((each.type, each.srcset, sizes) for each in shown.sources))
        image = format_html("<picture>{}{}</picture>", sources, image)
    below = format_html(STAND_IN, shown.stand_in) if eager and shown.stand_in else ""
    return format_html('<span class="poster">{}{}</span>', below, image)
