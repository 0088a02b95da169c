"""Members' words with their curtains: `{{ review|drawn|safe }}`; on cards, `{% if review|is_covered %}`."""

from django import template

from reviews import curtains

register = template.Library()
register.filter("drawn", curtains.drawn)
register.filter("is_covered", curtains.is_covered)
