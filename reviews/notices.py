"""How members hear of what concerns them, where they have chosen nothing else; and what they have heard."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.compiled import prepared, row_of
from accounts.freshness import by_tag
from accounts.models import User
from config.freshness import WIDE
from config.keeping import Tags, kept
from films.freshness import LISTS, words_tag
from reviews.models import Mailing, Notice, NoticeChoice, Notification
from reviews.telling import GROUPED, THINGS, Line, line_of, thing_of

WAS_READ: Final = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
# What those have in common that are told in one line.
ALIKE: Final = ("kind", *THINGS, "was_read")
# More than so many unread are not counted one by one.
MOST_COUNTED: Final = 99


class Way(NamedTuple):
    """Whether a kind of notice is shown on the site, when it is mailed, and whether devices ring for it."""

    on_site: bool
    mailing: str
    push: bool = False

    @property
    def is_any(self) -> bool:
        return self.on_site or self.push or self.mailing != Mailing.NEVER


# Likes come often and ask for nothing; what moderators decide must reach a member wherever they are.
DEFAULTS: Final[dict[str, Way]] = dict.fromkeys(Notice.values, Way(True, Mailing.NEVER)) | {
    Notice.FOLLOW_REQUEST.value: Way(True, Mailing.NOW),
    Notice.LIST_INVITATION.value: Way(True, Mailing.NOW),
    Notice.COMMENT.value: Way(True, Mailing.DAILY),
    Notice.REPLY.value: Way(True, Mailing.DAILY),
    Notice.MENTION.value: Way(True, Mailing.DAILY),
    Notice.TIP.value: Way(True, Mailing.DAILY),
    # They come by night, several at a time: one mail in the morning.
    Notice.LEAVING.value: Way(True, Mailing.DAILY),
    Notice.RELEASE.value: Way(True, Mailing.DAILY),
    # A seat that somebody waits for, or a door that stays shut, does not wait for tomorrow.
    Notice.SCREENING_SEAT.value: Way(True, Mailing.NOW),
    Notice.SCREENING_CHANGE.value: Way(True, Mailing.NOW),
    Notice.SCREENING_SOON.value: Way(True, Mailing.NOW),
    Notice.CASE.value: Way(True, Mailing.NOW),
    Notice.EXPORT.value: Way(True, Mailing.NOW),
    Notice.STOPPED.value: Way(True, Mailing.NOW),
}


def ways_of(members: Iterable[int], kind: str) -> dict[int, Way]:
    """How each of these members (by id) hears of this kind. One query."""
    ids = set(members)
    chosen = NoticeChoice.objects.filter(member__in=ids, kind=kind)
    ways = {choice.member_id: Way(choice.on_site, choice.mailing, choice.push) for choice in chosen}
    return {number: ways.get(number, DEFAULTS[kind]) for number in ids}


def all_ways(member: User) -> dict[str, Way]:
    """How a member hears of each kind, in the order of the kinds. One query."""
    chosen = NoticeChoice.objects.filter(member=member)
    return DEFAULTS | {choice.kind: Way(choice.on_site, choice.mailing, choice.push) for choice in chosen}


def told_to(member: User) -> QuerySet[Notification]:
    """What stands on the member's page."""
    return Notification.objects.visible_to(member).on_site()


def unread_count(member: User) -> int:
    """How many they have not read, up to one more than MOST_COUNTED. One query, however many there are.

    None at all for a member who came in by the door and has nothing that is marked as unread; nor until they are told
    something or read it, or until somebody who did it, or anybody about the film, does something more.
    """
    if not getattr(member, "has_unread", True):
        return 0

    def tags(rows: list[tuple[int | None, int | None]]) -> Tags:
        actors, films = {actor for actor, _film in rows if actor}, {film for _actor, film in rows if film}
        of_lists = (LISTS,) if any(film is None for _actor, film in rows) else ()
        return WIDE, told_tag(member.pk), by_tag(member.pk), *of_lists, *map(by_tag, actors), *map(words_tag, films)

    return len(kept(("unread", member.pk), tags, lambda: _unread(member=member.pk)))


def told_tag(member_id: int) -> str:
    """The tag of what a member was told and has read (config/freshness.py)."""
    return f"told:{member_id}"


def has_unread() -> Exists:
    """Whether anything is marked as unread, of a row of User; what of it they may still know of is not asked."""
    return Exists(Notification.objects.unread().filter(member=OuterRef("pk")))


@prepared(member=row_of("accounts.User"))
def _unread(member: Any) -> Any:
    return told_to(member).filter(read_at=None).order_by().values_list("actor", "film")[: MOST_COUNTED + 1]


def firsts_for(member: User) -> QuerySet[Notification]:
    """For the page: of several likes of one thing only the newest, of the unread and of the read ones."""
    told = told_to(member)
    place = Window(RowNumber(), partition_by=ALIKE, order_by=("-created_at", "-id"))
    grouped = told.filter(kind__in=GROUPED).annotate(was_read=WAS_READ).annotate(place=place)
    return told.filter(~Q(kind__in=GROUPED) | Q(pk__in=grouped.filter(place=1).order_by().values("pk")))


def lines_for(member: User, firsts: Iterable[Notification]) -> list[Line]:
    """The lines of rows of `firsts_for`, with how many others did the same. One query."""
    rows = list(firsts)
    grouped = [row for row in rows if row.kind in GROUPED]
    reviews = [row.review_id for row in grouped if row.review_id]
    lists = [row.film_list_id for row in grouped if row.film_list_id]
    essays = [row.essay_id for row in grouped if row.essay_id]
    counted = _alike(member=member.pk, reviews=reviews, lists=lists, essays=essays) if grouped else []
    numbers: dict[tuple[Any, ...], int] = {tuple(group): number for *group, number in counted}
    return [line_of(row, numbers.get((row.kind, *thing_of(row), row.is_read), 1) - 1) for row in rows]


@prepared(member=row_of("accounts.User"), reviews=list, lists=list, essays=list)
def _alike(member: Any, reviews: Any, lists: Any, essays: Any) -> Any:
    about = Q(review__in=reviews) | Q(film_list__in=lists) | Q(essay__in=essays)
    alike = told_to(member).filter(about, kind__in=GROUPED).order_by().annotate(was_read=WAS_READ)
    return alike.values_list(*ALIKE).annotate(number=Count("pk"))
