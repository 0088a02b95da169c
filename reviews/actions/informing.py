"""Telling the suspended by mail: they cannot come in to read it."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.mail import add_html
from config.jobs import enqueue
from reviews.models import Decision
from reviews.passes import pass_url


def tell_of_suspension(decision: Decision) -> None:
    """Have it mailed once the transaction of the decision is over."""
    if decision.member is not None and decision.member.email:
        enqueue("reviews.mail_suspension", once=f"mail_suspension:{decision.pk}", decision=decision.pk)


def mail_suspension(decision: Decision) -> None:
    """What was decided, why, and an address for the appeal that needs no log-in."""
    if decision.member is None or decision.reversed_at is not None:
        return
    told = {"decision": decision, "url": f"{settings.SITE_URL}{pass_url(decision)}", "site_name": settings.SITE_NAME}
    letter = EmailMultiAlternatives(
        subject=_("Your account at %(site)s is suspended") % {"site": settings.SITE_NAME},
        body=render_to_string("emails/suspension.txt", told),
        to=[decision.member.email],
        # The same for the same decision: a mail that is sent again is known again.
        headers={"Message-ID": f"<decision-{decision.pk}@{settings.SITE_HOST}>"},
    )
    add_html(letter)
    letter.send()
