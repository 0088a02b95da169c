"""What a browser calls itself, in words."""

import re
from typing import Final

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: later browsers also carry the names of earlier ones.
BROWSERS: Final = (
    ("Firefox", "Firefox|FxiOS"),
    ("Edge", "Edg"),
    ("Opera", "OPR"),
    ("Chrome", "Chrom|CriOS"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("macOS", "Mac OS X"),
    ("ChromeOS", "CrOS"),
    ("Linux", "Linux|X11"),
)


@register.filter
def device(user_agent: str) -> str:
    """“Firefox, Windows”; what it sent, cut short, when we know neither; a phrase when it sent nothing."""
    names = [
        next((name for name, sign in known if re.search(sign, user_agent or "")), "") for known in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, names)) or (user_agent or "")[:60] or _("A browser that does not say which")
