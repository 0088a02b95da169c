"""`{% face member size="s" %}`: a member's picture, or their initials on a disc. Decoration: put the name beside it."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User

register = template.Library()


@register.simple_tag
def face(member: User, size: str = "") -> SafeString:
    """`size`: "s", "big" or nothing."""
    look = f" {size}" if size else ""
    if picture := member.avatar_url:
        image = '<img class="face{}" src="{}" width="104" height="104" alt="" loading="lazy" decoding="async">'
        return format_html(image, look, picture)
    disc = '<span class="face f{}{}" aria-hidden="true">{}</span>'
    return format_html(disc, member.tint, look, member.initials)
