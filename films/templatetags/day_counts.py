"""Days until something ends."""

from datetime import date

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def days_left(day: date) -> int:
    """Whole days from today until `day`; 0 on the day itself."""
    return (day - timezone.localdate()).days
