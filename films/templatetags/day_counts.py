"""Days until something ends."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def days_left(day: date) -> int:
    """Whole days from today until `day`; 0 on the day itself."""
    return (day - timezone.localdate()).days


@register.filter
def from_today(day: date) -> str:
    """“today”, “tomorrow”, “in 5 days”."""
    days = days_left(day)
    if days < 2:
        return _("tomorrow") if days == 1 else _("today")
    return ngettext("in %(number)d day", "in %(number)d days", days) % {"number": days}
