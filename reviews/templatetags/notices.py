"""How many notifications the member who reads the page has not read, for the header: one query a page."""

from typing import Any

from django import template

from reviews.notices import MOST_COUNTED, unread_count

register = template.Library()


@register.simple_tag
def unread_notices(user: Any) -> int:
    return unread_count(user) if user.is_authenticated else 0


@register.filter
def as_count(number: int) -> str:
    """7 as 7, 100 as 99+."""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
