"""`{% poster film sizes="6rem" %}` and `{% poster_of film as image %}`: the film's poster, drawn and in figures."""

from typing import Final

from django import template
from django.utils.safestring import SafeString

from config.drawing import drawn, drawn_each
from films import posters
from films.models import Film

register = template.Library()

# {}: what lies below, what other formats there are, the picture, and their end. Drawn as config/drawing.py says.
POSTER: Final = '<span class="poster">{}{}<img {} decoding="async">{}</span>'
IMAGE: Final = 'src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" {}'
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
    before, after = "", ""
    if shown.sources:
        sources = drawn_each(SOURCE, ((each.type, each.srcset, sizes) for each in shown.sources))
        before, after = drawn("<picture>{}", sources), SafeString("</picture>")
    below = drawn(STAND_IN, shown.stand_in) if eager and shown.stand_in else ""
    image = drawn(IMAGE, shown.src, shown.srcset, sizes, shown.width, shown.height, alt, hint)
    return drawn(POSTER, below, before, image, after)
