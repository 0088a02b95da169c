"""How much a member may post. Exact, also when they send many at once: one at a time is let through and counted."""

import hashlib
import re
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from reviews.models import Decision, Posting
from reviews.trust import (
    DAY,
    LIMITS,
    MINUTE,
    POSTS,
    POSTS_OF_THE_LIMITED,
    Level,
    LimitReached,
    Limits,
    is_trusted,
    level_of,
)

KEPT: Final = timedelta(hours=25)
LINK: Final = re.compile(r"https?://|\bwww\.", re.I)
SPACES: Final = re.compile(r"\s+")
COMMENT: Final = Posting.Kind.COMMENT.value


def hold_posts(*, member: User) -> None:
    """Let one post of a member at a time go on, until the transaction ends. Call it before any row is locked, so that
    no two transactions wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"posts of {member.pk}"])


@transaction.atomic
def check_may_post(*, member: User, kind: str, words: str = "") -> None:
    """Count a post of this kind (a Posting.Kind), or raise LimitReached, whose sentence says when one can go on.

    Call it in the transaction of the post, after whatever answers a post that was sent twice. Raises PermissionDenied
    for a comment of whoever is banned from commenting, ValidationError for too many links. The staff is not counted.
    """
    if member.is_staff:
        return
    hold_posts(member=member)
    limits = _check_decisions(member, kind)
    if words:
        check_words(member=member, words=words)
    digest = _digest(words) if kind in POSTS else ""
    if kind in POSTS:
        _check_pace(member, limits, digest)
    _check_number(member, kind, limits)
    Posting.objects.create(member=member, kind=kind, digest=digest)


def check_words(*, member: User, words: str) -> None:
    """Raise ValidationError where a new member puts too many links into a text, written or edited."""
    most = None if member.is_staff else LIMITS[level_of(member)].links
    if most is not None and len(LINK.findall(words)) > most:
        sentence = ngettext(
            "While you are new here, one text has at most %(most)d link. Take the others out.",
            "While you are new here, one text has at most %(most)d links. Take the others out.",
            most,
        )
        raise ValidationError(sentence % {"most": most}, code="links")


def check_may_comment(*, member: User) -> None:
    """Raise PermissionDenied for whoever moderators banned from commenting; also where a comment is only changed."""
    ban = _in_force(member, Decision.Kind.MUTE).first()
    if ban is None:
        return
    if ban.until is None:
        raise PermissionDenied(_("You cannot comment: the moderators decided so. You can appeal on the page about it."))
    raise PermissionDenied(
        _("You cannot comment until %(when)s: the moderators decided so. You can appeal on the page about it.")
        % {"when": _moment(ban.until)}
    )


def forget_postings() -> None:
    """What no limit looks at any more. Once an hour."""
    Posting.objects.filter(made_at__lt=timezone.now() - KEPT).delete()


def _in_force(member: User, kind: str) -> QuerySet[Decision]:
    return Decision.objects.in_force().filter(member=member, kind=kind).order_by("-until")


def _check_decisions(member: User, kind: str) -> Limits:
    """The limits of the member's level, once it is sure that no decision of moderators stands in the way."""
    if kind == COMMENT:
        check_may_comment(member=member)
    if kind in POSTS and (limit := _in_force(member, Decision.Kind.LIMIT).first()) is not None:
        last = _nth_newest(member, POSTS, POSTS_OF_THE_LIMITED)
        if last is not None:
            next_one = last + DAY
            raise LimitReached(
                _("You can post %(most)d times a day until %(end)s, as the moderators decided; next at %(when)s.")
                % {
                    "most": POSTS_OF_THE_LIMITED,
                    "end": _moment(limit.until) if limit.until else _("further notice"),
                    "when": _moment(next_one),
                },
                next_one - timezone.now(),
            )
    return LIMITS[level_of(member)]


def _check_pace(member: User, limits: Limits, digest: str) -> None:
    now = timezone.now()
    most = limits.a_minute
    if most and (first := _nth_newest(member, POSTS, most, now - MINUTE)) is not None:
        wait = first + MINUTE - now
        raise LimitReached(
            _("While you are new here you post at most %(most)d times in a minute. Send it again in %(wait)d seconds.")
            % {"most": most, "wait": max(1, round(wait.total_seconds()))},
            wait,
        )
    if limits.repeats_after and digest:
        same = Posting.objects.filter(member=member, digest=digest, made_at__gt=now - limits.repeats_after)
        if (twice := same.order_by("-made_at").first()) is not None:
            wait = twice.made_at + limits.repeats_after - now
            raise LimitReached(
                _("You posted the very same words a moment ago. Say it in others, or wait until %(when)s.")
                % {"when": _moment(now + wait)},
                wait,
            )


def _check_number(member: User, kind: str, limits: Limits) -> None:
    most = limits.most[Posting.Kind(kind)]
    if (last := _nth_newest(member, (kind,), most)) is None:
        return
    is_new = limits is LIMITS[Level.NEW]
    if not is_new and is_trusted(member):
        most = LIMITS[Level.TRUSTED].most[Posting.Kind(kind)]
        if (last := _nth_newest(member, (kind,), most)) is None:
            return
    sentence = (
        _("While you are new here you have %(most)d %(what)s in 24 hours. You can go on at %(when)s.")
        if is_new
        else _("Everybody has %(most)d %(what)s in 24 hours. You can go on at %(when)s.")
    )
    told = {"most": most, "what": Posting.Kind(kind).label, "when": _moment(last + DAY)}
    raise LimitReached(sentence % told, last + DAY - timezone.now())


def _nth_newest(member: User, kinds: tuple[str, ...], number: int, since: datetime | None = None) -> datetime | None:
    """When the member made the newest but `number` - 1 of their postings in the last 24 hours, or since then."""
    since = since or timezone.now() - DAY
    recent = Posting.objects.filter(member=member, kind__in=kinds, made_at__gt=since).order_by("-made_at")
    found: datetime | None = recent.values_list("made_at", flat=True)[number - 1 : number].first()
    return found


def _digest(words: str) -> str:
    plain = SPACES.sub(" ", words).strip().casefold()
    return hashlib.blake2b(plain.encode(), digest_size=16).hexdigest() if plain else ""


def _moment(moment: datetime) -> str:
    # Translators: of a moment, in the letters of Django's date filter: 18:05 UTC, 27 June.
    return date_format(timezone.localtime(moment), _("H:i e, j F"))
