"""`{{ moment|clock }}`: day, time and whose time it is."""

from datetime import datetime

from django import template

from accounts.clock import clock_time

register = template.Library()


@register.filter
def clock(moment: datetime | None) -> str:
    return clock_time(moment) if moment else ""
