"""`{% offered film %}`: the line of a film in what the search box offers."""

from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.keeping import remembered
from films.models import Film
from films.templatetags.posters import poster

register = template.Library()

LINE: Final = '<a class="offer" role="option" tabindex="-1" href="{}">{}<span class="offer-name">{}</span>{}</a>'
YEAR: Final = ' <span class="offer-more">{}</span>'


@register.simple_tag
def offered(film: Film) -> SafeString:
    """Made of what is named in its key alone, so that it is put together once for all letters that lead to it."""
    address = film.get_absolute_url()
    key = ("offered", film.pk, address, film.title, film.year, film.poster_key, film.poster_version)
    line: SafeString = remembered(key, lambda: _line(film, address))
    return line


def _line(film: Film, address: str) -> SafeString:
    year = format_html(YEAR, film.year) if film.year else ""
    return format_html(LINE, address, poster(film, sizes="2rem"), film.title, year)
