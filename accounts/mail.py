"""Mails are written as plain text; the HTML beside it is made from that text, so that the two never differ."""

import re
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

SIGNATURE: Final = "-- "
LINK: Final = re.compile(r"https?://\S+")
CODE: Final = re.compile(r"[A-Z0-9]{3,6}(?:[ -]?[A-Z0-9]{2,6})?")


def part(paragraph: str) -> dict[str, str]:
    """One paragraph with its kind: a link alone becomes a button, a code alone is large."""
    text = paragraph.strip()
    if LINK.fullmatch(text):
        return {"kind": "link", "text": text, "label": _("Open the link")}
    if CODE.fullmatch(text):
        return {"kind": "code", "text": text}
    if paragraph.startswith(SIGNATURE):
        return {"kind": "sign", "text": paragraph.removeprefix(SIGNATURE).strip()}
    return {"kind": "text", "text": text}


def add_html(message: EmailMultiAlternatives) -> None:
    """Attach the HTML of a message that has only its text."""
    paragraphs = [p for p in re.split(r"\n{2,}", str(message.body)) if p.strip()]
    html = render_to_string(
        "emails/message.html",
        {"subject": message.subject, "parts": [part(p) for p in paragraphs], "site_name": settings.SITE_NAME},
    )
    message.attach_alternative(html, "text/html")
