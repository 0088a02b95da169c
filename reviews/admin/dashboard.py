"""The front page of the admin: what waits, what is incomplete, what grows; each for those who may see it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.desk import staff
from accounts.models import Invite, User
from config.cache import kept_for
from films.admin.filters import MISSING
from films.models import Collection, Conflict, Duplicate, Film, Suggestion
from reviews.actions.appealing import appeals_for
from reviews.caseload import waiting_for
from reviews.models import Article, Essay, Finding, Incident, Mark, Review

WEEKS: Final = 12
BAR, GAP, HEIGHT = 16, 8, 72
KEPT: Final = 10 * 60  # seconds: on a large site the counting takes its time
MOST: Final = 10_000  # nobody works through more; beyond it the number only says that there are more

BEGINNINGS: Final = (
    ("films_film", "films.add_film", _("Add a film")),
    ("reviews_article", "reviews.add_article", _("Write an article")),
    ("films_collection", "films.add_collection", _("Put a collection together")),
    ("reviews_housenotice", "reviews.add_housenotice", _("Put up a notice")),
    ("accounts_invite", "accounts.add_invite", _("Invite somebody")),
)


@dataclass(frozen=True)
class Task:
    """Something that waits for somebody, and where it is done. The number is bounded by `MOST`."""

    number: int
    words: Any
    url: str

    @property
    def is_more(self) -> bool:
        return self.number > MOST

    @property
    def shown(self) -> int:
        return min(self.number, MOST)


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    height: int
    week: date
    number: int


@dataclass(frozen=True)
class Growth:
    """What came in a week, for twelve weeks up to this one."""

    words: Any
    bars: list[Bar]
    width: int = WEEKS * (BAR + GAP) - GAP
    height: int = HEIGHT
    bar: int = BAR

    @property
    def total(self) -> int:
        return sum(bar.number for bar in self.bars)

    @property
    def this_week(self) -> int:
        return self.bars[-1].number


def dashboard(request: HttpRequest) -> dict[str, Any]:
    may: Callable[[str], bool] = staff(request).has_perm
    return {
        "beginnings": [(words, reverse(f"admin:{name}_add")) for name, needed, words in BEGINNINGS if may(needed)],
        "waiting": list(_waiting(staff(request))),
        "incomplete": list(_incomplete()) if may("films.change_film") else [],
        "growth": [
            Growth(words, _bars(_kept(key, *rows))) for key, permission, words, rows in _grown() if may(permission)
        ],
        "may_arrange": may("films.change_collection"),
        "front_page": list(Collection.objects.on_front_page()[:12]) if may("films.view_collection") else [],
    }


def _page(name: str, **query: str) -> str:
    return reverse(f"admin:{name}_changelist") + (f"?{urlencode(query)}" if query else "")


def _count(rows: QuerySet[Any]) -> int:
    """How many there are, but never more than one beyond `MOST`: the database stops reading there."""
    return rows.order_by()[: MOST + 1].count()


def _task(rows: QuerySet[Any], words: Any, url: str) -> Task:
    """`words`: of one and of several."""
    number = _count(rows)
    return Task(number, words % number, url)


def _waiting(moderator: User) -> Iterator[Task]:
    may, now = moderator.has_perm, timezone.now()
    if may("reviews.view_case"):
        cases = waiting_for(moderator)
        yield _task(cases, ngettext_lazy("open case", "open cases"), _page("reviews_case", state="open"))
        appeals = appeals_for(moderator).filter(decided_at=None)
        yield _task(appeals, ngettext_lazy("appeal", "appeals"), _page("reviews_appeal", state="waiting"))
    if may("reviews.view_incident"):
        incidents = Incident.objects.open()
        words = ngettext_lazy("open incident", "open incidents")
        yield _task(incidents, words, _page("reviews_incident", state="open"))
    if may("films.change_film"):
        conflicts = Conflict.objects.filter(state=Conflict.State.WAITING)
        words = ngettext_lazy("conflict with an import", "conflicts with imports")
        yield _task(conflicts, words, _page("films_conflict"))
        suggestions = Suggestion.objects.filter(state=Suggestion.State.WAITING)
        words = ngettext_lazy("suggestion of a member", "suggestions of members")
        yield _task(suggestions, words, _page("films_suggestion"))
        pairs = Duplicate.objects.filter(state=Duplicate.State.WAITING)
        words = ngettext_lazy("possible duplicate", "possible duplicates")
        yield _task(pairs, words, _page("films_duplicate", state__exact="waiting"))
    if may("reviews.change_finding"):
        findings = Finding.objects.filter(state=Finding.State.WAITING)
        words = ngettext_lazy("fact found in a document", "facts found in documents")
        yield _task(findings, words, _page("reviews_finding", state__exact="waiting"))
    if may("reviews.change_article"):
        drafts = Article.objects.filter(published_at=None)
        words = ngettext_lazy("draft of an article", "drafts of articles")
        yield _task(drafts, words, _page("reviews_article", state="draft"))
        coming = Article.objects.filter(published_at__gt=now)
        words = ngettext_lazy("scheduled article", "scheduled articles")
        yield _task(coming, words, _page("reviews_article", state="scheduled"))
    if may("accounts.view_invite"):
        unused = Invite.objects.filter(used_by=None)
        words = ngettext_lazy("invitation not used yet", "invitations not used yet")
        yield _task(unused, words, _page("accounts_invite", used="no"))


def _incomplete() -> Iterator[Task]:
    """Films without what every film has. Counted every few minutes: where few lack it, all have to be looked at."""
    kept_as = f"admin-incomplete-{'-'.join(MISSING)}"
    numbers = kept_for(KEPT, kept_as, lambda: {key: _count(Film.objects.filter(MISSING[key][1])) for key in MISSING})
    for key, (words, _condition) in MISSING.items():
        yield Task(numbers[key], words, _page("films_film", missing=key))


def _grown() -> Iterator[tuple[str, str, Any, tuple[QuerySet[Any], str]]]:
    yield "members", "accounts.view_user", _("New members"), (User.objects.all(), "date_joined")
    yield "films", "films.view_film", _("New films"), (Film.objects.all(), "created_at")
    yield "reviews", "reviews.view_review", _("New reviews"), (Review.objects.published(), "published_at")
    yield "essays", "reviews.view_review", _("New essays"), (Essay.objects.published(), "published_at")
    yield "ratings", "reviews.view_review", _("New ratings"), (Mark.objects.rated(), "rated_at")


def _first_week() -> datetime:
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday(), weeks=WEEKS - 1)


def _kept(key: str, rows: QuerySet[Any], moment: str) -> list[tuple[date, int]]:
    return kept_for(KEPT, f"admin-growth-{key}", lambda: _weeks(rows, moment))


def _weeks(rows: QuerySet[Any], moment: str) -> list[tuple[date, int]]:
    first = _first_week()
    counted = (
        rows.filter(**{f"{moment}__gte": first})
        .order_by()
        .annotate(week=TruncWeek(moment))
        .values("week")
        .annotate(number=Count("pk"))
        .values_list("week", "number")
    )
    found = {week.date(): number for week, number in counted}
    weeks = [(first + timedelta(weeks=number)).date() for number in range(WEEKS)]
    return [(week, found.get(week, 0)) for week in weeks]


def _bars(weeks: list[tuple[date, int]]) -> list[Bar]:
    most = max([1, *(number for _week, number in weeks)])
    bars = []
    for place, (week, number) in enumerate(weeks):
        height = max(2, round(number / most * HEIGHT)) if number else 1
        bars.append(Bar(place * (BAR + GAP), HEIGHT - height, height, week, number))
    return bars
