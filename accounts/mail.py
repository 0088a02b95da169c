"""Mails are written as plain text; the HTML beside it is made from that text, so that the two never differ."""

import re
from typing import Final

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import AccessToken, App, User, Webhook

SIGNATURE: Final = "-- "
LINK: Final = re.compile(r"https?://\S+")
IN_WORDS: Final = re.compile(r"https?://\S*[^\s.,;:!?)\]”“’»]")  # what ends the sentence is no part of it
CODE: Final = re.compile(r"[A-Z0-9]{3,6}(?:[ -]?[A-Z0-9]{2,6})?")


def verified_address(member: User) -> str:
    """Where the member's mails go: the address that they confirmed, their main one if there are several; or nothing."""
    confirmed = EmailAddress.objects.filter(user=member, verified=True).order_by("-primary", "pk")
    return confirmed.values_list("email", flat=True).first() or ""


def may_send(letter: str) -> bool:
    """Claim a mail, by a name of its own, until the transaction ends: whether nobody else is about to send it.

    It is no lock on a row, so that nobody waits for a mail server; a worker that is killed leaves nothing claimed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [letter])
        return bool(cursor.fetchone()[0])


def tell_of_token(member: User, token: AccessToken) -> None:
    """As of a new password: whoever has the token may do nearly all that the member may. Within a request."""
    get_adapter().send_notification_mail("account/email/token_made", member, {"name": token.name})


def tell_of_app(member: User, app: App) -> None:
    """The same of an app that was let in. Within a request."""
    get_adapter().send_notification_mail("account/email/app_let_in", member, {"name": app.name})


def tell_of_webhook(member: User, webhook: Webhook) -> None:
    """The same of an address at which a program is told what the member does. Within a request."""
    get_adapter().send_notification_mail("account/email/webhook_registered", member, {"host": webhook.host})


def tell_of_copies(member: User, host: str) -> None:
    """The same of a place to which copies of all that is the member's are sent. Within a request."""
    get_adapter().send_notification_mail("account/email/copies_set_up", member, {"host": host})


def tell_of_player(member: User, name: str) -> None:
    """The same of an address for a player, which writes into the diary. Within a request."""
    get_adapter().send_notification_mail("account/email/player_made", member, {"name": name})


def part(paragraph: str) -> dict[str, str]:
    """One paragraph with its kind: a link alone becomes a button, words above a link become one, a code is large."""
    text = paragraph.strip()
    words, _line, link = text.rpartition("\n")
    if words and LINK.fullmatch(link):
        return {"kind": "linked", "text": words, "link": link}
    if LINK.fullmatch(text):
        return {"kind": "link", "text": text, "label": _("Open the link")}
    if CODE.fullmatch(text):
        return {"kind": "code", "text": text}
    if paragraph.startswith(SIGNATURE):
        return {"kind": "sign", "text": paragraph.removeprefix(SIGNATURE).strip()}
    return {"kind": "text", "text": linked(text)}


def linked(text: str) -> SafeString:
    """Whole addresses in it as links. What only looks like one, a host's name or a member's, stays words: whoever
    reads the mail is to be led nowhere by how somebody calls themselves.
    """
    html, end = SafeString(""), 0
    for found in IN_WORDS.finditer(text):
        html += format_html('{}<a href="{}">{}</a>', text[end : found.start()], found[0], found[0])
        end = found.end()
    return html + conditional_escape(text[end:])


def add_html(message: EmailMultiAlternatives) -> None:
    """Attach the HTML of a message that has only its text."""
    paragraphs = [p for p in re.split(r"\n{2,}", str(message.body)) if p.strip()]
    html = render_to_string(
        "emails/message.html",
        {"subject": message.subject, "parts": [part(p) for p in paragraphs], "site_name": settings.SITE_NAME},
    )
    message.attach_alternative(html, "text/html")
