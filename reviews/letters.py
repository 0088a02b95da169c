"""Notifications as mails: one at once, or many in a digest. What they say is said in reviews/telling.py."""

from collections.abc import Sequence
from datetime import date
from email.policy import default as default_policy
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.mail import add_html
from accounts.models import User
from reviews.models import Mailing
from reviews.telling import Line
from reviews.unsubscribing import unsubscribe_url

MOST_LINES: Final = 40
LONGEST_HEADER: Final = 998  # as long as RFC 5322 lets a line be


class Letter(EmailMultiAlternatives):
    """A mail whose headers stand in one line each.

    Python folds at 78 characters, and where there is no space to fold at, it encodes: an address of List-Unsubscribe
    that no mail program understands.
    """

    def message(self, *, policy: Any = default_policy) -> Any:
        message: Any = super().message(policy=policy)
        message.policy = policy.clone(max_line_length=LONGEST_HEADER)
        return message


def letter_of_one(line: Line, *, to: str) -> Letter:
    """The same notification makes the same Message-ID whenever it is sent: a repeat shows as one."""
    notification = line.notification
    words = {"line": line, "address": settings.SITE_URL + line.url}
    headers = _headers(f"notice-{notification.pk}", notification.member_id, notification.kind)
    return _letter("emails/notice.txt", line.text, words, headers, to)


def letter_of_many(lines: Sequence[Line], *, member: User, often: str, day: date, to: str) -> Letter:
    """A digest. One a member and day has its Message-ID; `often` is Mailing.DAILY or WEEKLY."""
    shown = lines[:MOST_LINES]
    words = {
        "lines": [(line, settings.SITE_URL + line.url) for line in shown],
        "more": len(lines) - len(shown),
        "often": often,
        "address": settings.SITE_URL + reverse("reviews:notifications"),
    }
    headers = _headers(f"digest-{often}-{day:%Y-%m-%d}-{member.pk}", member.pk, often)
    return _letter("emails/digest.txt", _subject(len(lines), often), words, headers, to)


def _subject(count: int, often: str) -> str:
    words = {"count": count, "site": settings.SITE_NAME}
    if often == Mailing.WEEKLY:
        return ngettext(
            "%(count)d thing for you on %(site)s this week", "%(count)d things for you on %(site)s this week", count
        ) % words  # fmt: skip
    return ngettext(
        "%(count)d thing for you on %(site)s today", "%(count)d things for you on %(site)s today", count
    ) % words  # fmt: skip


def _headers(name: str, member_id: int, what: str) -> dict[str, str]:
    return {
        "Message-ID": f"<{name}@{settings.SITE_HOST}>",
        "List-Unsubscribe": f"<{unsubscribe_url(member_id, what)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        "Auto-Submitted": "auto-generated",  # so that no holiday answer comes back
        "Precedence": "bulk",
    }


def _letter(template: str, subject: str, words: dict[str, Any], headers: dict[str, str], to: str) -> Letter:
    words |= {
        "site_name": settings.SITE_NAME,
        "choices": settings.SITE_URL + reverse("reviews:notice_choices"),
        "unsubscribe": headers["List-Unsubscribe"].strip("<>"),
    }
    letter = Letter(subject, render_to_string(template, words), to=[to], headers=headers)
    add_html(letter)
    return letter
