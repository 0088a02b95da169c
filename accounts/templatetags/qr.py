"""A QR code as SVG in the page itself: the CSP allows no `data:` images."""
import re
from typing import Final
from xml.etree import ElementTree

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
PATH: Final = "{http://www.w3.org/2000/svg}path"


@register.simple_tag
def qr(svg: str, label: str) -> SafeString:
    """Draw again, with our own attributes, the one path of an SVG from the library qrcode."""
    root = ElementTree.fromstring(svg)  # made by our own server a moment ago
    path = root.find(PATH)
    drawing = path.get("d", "") if path is not None else ""
    box = root.get("viewBox", "")
    if not re.fullmatch(r"[MHVLZmhvlz0-9.,\s-]+", drawing) or not re.fullmatch(r"[0-9.\s]+", box):
        raise ValueError("This is not a drawing of a QR code.")
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="{}"><path d="{}"/></svg>', label, box, drawing
    )
