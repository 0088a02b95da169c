"""A QR code as SVG in the page itself: the CSP allows no `data:` images."""

import re
from typing import Final

import qrcode
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.image.svg import SvgPathImage

register = template.Library()

BOX: Final = re.compile(r'viewBox="([0-9. ]+)"')
DRAWING: Final = re.compile(r'<path d="([MHVLZmhvlz0-9., -]+)"')


@register.simple_tag
def qr(svg: str, label: str) -> SafeString:
    """Draw again, with our own attributes, the one path of an SVG from the library qrcode."""
    box, drawing = BOX.search(svg), DRAWING.search(svg)
    if box is None or drawing is None:
        raise ValueError("This is not a drawing of a QR code.")
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="{}"><path d="{}"/></svg>', label, box[1], drawing[1]
    )


@register.simple_tag
def qr_of(words: str, label: str) -> SafeString:
    """A QR code of these words."""
    drawn = qrcode.make(words, image_factory=SvgPathImage, border=2)
    return qr(drawn.to_string(encoding="unicode"), label)
