"""Addresses that open one decision, and the form of its appeal, without a log-in: for whoever is suspended by it.

Nothing is stored: the address is signed, and is good for as long as an appeal can be made.
"""

from django.core import signing
from django.urls import reverse

from accounts.models import User
from reviews.models import Decision
from reviews.models.case import APPEAL_TIME

_signer = signing.TimestampSigner(salt="reviews.passes")


def pass_for(decision: Decision) -> str:
    """The secret part of the address."""
    return _signer.sign(str(decision.pk))


def pass_url(decision: Decision) -> str:
    return reverse("reviews:decision_by_pass", args=[pass_for(decision)])


def decision_by(secret: str) -> Decision | None:
    """The decision that the address was made for, while its member is suspended: everybody else can log in."""
    try:
        number = _signer.unsign(secret, max_age=APPEAL_TIME)
    except signing.BadSignature:
        return None
    found = Decision.objects.filter(pk=number, member__is_active=False).select_related("member", "appeal")
    return found.first()


def suspension_of(member: User) -> Decision | None:
    """Why a member cannot come in, where that was decided here."""
    decisions = Decision.objects.in_force().filter(member=member, kind=Decision.Kind.SUSPEND)
    return decisions.order_by("-made_at").first()
