"""How well the house knows a member, from facts alone, and what that lets them do in a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.models import Comment, Decision, Essay, FilmList, Posting, Review


class Level(TextChoices):
    NEW = "new", _("New here")
    MEMBER = "member", _("Member")
    TRUSTED = "trusted", _("Trusted")


@dataclass(frozen=True)
class Limits:
    """How many of each kind in 24 hours, how many posts in a minute, and how many links in one of them."""

    most: dict[str, int]
    a_minute: int | None = None  # of all posts together
    links: int | None = None
    repeats_after: timedelta = timedelta(0)  # the same words again


Kind = Posting.Kind
# A post has words that others read; a member whom moderators limited has this many in 24 hours, of all kinds.
POSTS: Final = (Kind.REVIEW.value, Kind.COMMENT.value, Kind.LIST.value, Kind.TIP.value, Kind.ESSAY.value)
POSTS_OF_THE_LIMITED: Final = 5
DAY: Final = timedelta(hours=24)
MINUTE: Final = timedelta(minutes=1)

LIMITS: Final[dict[Level, Limits]] = {
    Level.NEW: Limits(
        most={
            Kind.REVIEW: 30, Kind.COMMENT: 60, Kind.LIST: 10, Kind.FOLLOW: 60, Kind.LIKE: 200, Kind.REPORT: 10,
            Kind.MESSAGE: 10, Kind.EVENING: 5, Kind.INVITE: 10, Kind.LINE: 200, Kind.ENTRY: 500,
            Kind.NOTE: 200, Kind.COPY: 500, Kind.TIP: 10, Kind.GUIDANCE: 30, Kind.ESSAY: 5,
        },
        a_minute=10,
        links=2,
        repeats_after=timedelta(minutes=5),
    ),
    Level.MEMBER: Limits(
        most={
            Kind.REVIEW: 150, Kind.COMMENT: 400, Kind.LIST: 50, Kind.FOLLOW: 300, Kind.LIKE: 2_000, Kind.REPORT: 50,
            Kind.MESSAGE: 30, Kind.EVENING: 15, Kind.INVITE: 30, Kind.LINE: 1_000, Kind.ENTRY: 2_000,
            Kind.NOTE: 1_000, Kind.COPY: 2_000, Kind.TIP: 50, Kind.GUIDANCE: 150, Kind.ESSAY: 20,
        },
    ),
    Level.TRUSTED: Limits(
        most={
            Kind.REVIEW: 500, Kind.COMMENT: 1_000, Kind.LIST: 200, Kind.FOLLOW: 1_000, Kind.LIKE: 5_000,
            Kind.REPORT: 200, Kind.MESSAGE: 100, Kind.EVENING: 30, Kind.INVITE: 60, Kind.LINE: 3_000, Kind.ENTRY: 6_000,
            Kind.NOTE: 3_000, Kind.COPY: 6_000, Kind.TIP: 150, Kind.GUIDANCE: 500, Kind.ESSAY: 60,
        },
    ),
}  # fmt: skip

# New is whoever joined within a day, and within a month whoever has fewer standing posts than these.
FIRST_DAY: Final = timedelta(hours=24)
FIRST_MONTH: Final = timedelta(days=30)
ENOUGH_POSTS: Final = 3
# Trusted is whoever has been here for long, confirmed their address, wrote this much, and kept to the rules.
LONG: Final = timedelta(days=90)
MANY_POSTS: Final = 20
CLEAN: Final = timedelta(days=180)


class LimitReached(ValidationError):
    """Too many, or too fast. `wait`: the seconds after which it may be tried again."""

    def __init__(self, sentence: str, wait: timedelta) -> None:
        super().__init__(sentence, code="limit")
        self.wait = max(1, -int(-wait.total_seconds() // 1))


@dataclass(frozen=True)
class Standing:
    """What the house knows of a member."""

    level: Level
    age: timedelta
    is_verified: bool
    posts: int
    decisions: int


def standing_posts(member: User, most: int) -> int:
    """What stands of the member's reviews, comments, lists and essays, counted up to `most`."""
    reviews = Review.objects.published().filter(member=member, removed_at=None)
    comments = Comment.objects.standing().filter(member=member)
    lists = FilmList.objects.filter(member=member, removed_at=None)
    essays = Essay.objects.published().filter(member=member, removed_at=None)
    number = 0
    for rows in (reviews, comments, lists, essays):
        number += rows.order_by()[: most - number].count()
        if number >= most:
            break
    return number


def level_of(member: User) -> Level:
    """Whether a member is new here or not; whether they are trusted is asked by `is_trusted`. It costs no query for
    whoever has been here for a month.
    """
    age = timezone.now() - member.date_joined
    if age < FIRST_DAY:
        return Level.NEW
    if age < FIRST_MONTH and standing_posts(member, ENOUGH_POSTS) < ENOUGH_POSTS:
        return Level.NEW
    return Level.MEMBER


def counts_from(member: User) -> datetime | None:
    """When a vote begins to count of whoever is in their first day here; None for all others, whose votes do at once.

    Otherwise five accounts of one afternoon could say what a film contains.
    """
    begins = member.date_joined + FIRST_DAY
    return begins if begins > timezone.now() else None


def is_trusted(member: User) -> bool:
    now = timezone.now()
    return (
        now - member.date_joined >= LONG
        and EmailAddress.objects.filter(user=member, verified=True).exists()
        and not _against(member).filter(made_at__gt=now - CLEAN).exists()
        and standing_posts(member, MANY_POSTS) >= MANY_POSTS
    )


def standing_of(member: User) -> Standing:
    """All of it, for moderators to read."""
    level = level_of(member)
    return Standing(
        level=Level.TRUSTED if level == Level.MEMBER and is_trusted(member) else level,
        age=timezone.now() - member.date_joined,
        is_verified=EmailAddress.objects.filter(user=member, verified=True).exists(),
        posts=standing_posts(member, 1_000),
        decisions=_against(member).count(),
    )


def _against(member: User) -> QuerySet[Decision]:
    return Decision.objects.filter(member=member, reversed_at=None).exclude(kind=Decision.Kind.NOTHING)
