"""Links to what other catalogues say of a film, and its sums of money."""

from django import template

from films import sums
from films.models import FilmId

register = template.Library()


@register.simple_tag
def film_link(row: dict[str, str]) -> str:
    """The address of an outside id: a row with `source` and `value`."""
    return FilmId.link(row["source"], row["value"])


@register.filter
def source_name(row: dict[str, str]) -> str:
    return str(FilmId.Source(row["source"]).label)


@register.filter
def sum_in_words(stored: str) -> str:
    return sums.in_words(stored)


@register.filter
def sum_in_full(stored: str) -> str:
    return sums.in_full(stored)
