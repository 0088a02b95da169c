"""How many notifications the reader has not read, as the header says it."""

from django import template

from reviews.notices import MOST_COUNTED

register = template.Library()


@register.filter
def as_count(number: int) -> str:
    """7 as 7, 100 as 99+."""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
