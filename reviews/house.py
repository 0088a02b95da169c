"""What the house itself says, as every page needs it: its words, its pages, its notices.

Every process holds it. It is read again after each write that says no narrower place (config/writes.py), as those to
these tables do, and every minute.
"""

import time
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import InterfaceError, OperationalError
from django.db.models import OuterRef, Value
from django.db.models.functions import JSONObject, Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from accounts.clock import clock_time
from accounts.compiled import prepared
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.freshness import WIDE
from config.keeping import held
from config.kept_pages import AWAY, put_away_in
from reviews.models import HouseNotice, HousePage, HouseWords, NoticePutAway, ScreenedFilm, Screening
from reviews.models.house import contact_url

MOST_SHOWN: Final = 3  # notices above a page; what is put away makes room for the next
A_MINUTE: Final = 60
WORDS: Final = ("line", "welcome", "contact")
OF_A_PAGE: Final = ("kind", "title", "slug", "place", "id", "original", "language")
OF_SCREENINGS: Final = ("audience",)
OF_THE_NEXT: Final = ("id", "title", "films", "starts_at", "place")
OF_A_NOTICE: Final = ("id", "kind", "words", "link", "link_words", "audience", "starts_at", "ends_at")


class PageLink(NamedTuple):
    """`titles` are by language; the one of all others is under nothing."""

    kind: str
    slug: str
    titles: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        titles = dict(self.titles)
        return titles.get(get_language() or "") or titles[""]

    def get_absolute_url(self) -> str:
        return reverse("reviews:house_page", args=[self.slug])


class Standing(NamedTuple):
    """A notice as it stands above pages, or will."""

    id: int
    kind: str
    words: str
    link: str
    link_words: str
    audience: str
    starts_at: datetime
    ends_at: datetime | None

    def stands(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or self.ends_at > at)

    def is_for(self, viewer: Viewer) -> bool:
        return self.audience == HouseNotice.Audience.EVERYBODY or is_signed_in(viewer)


class Next(NamedTuple):
    """What the house shows next."""

    id: int
    title: str
    films: tuple[str, ...]
    starts_at: datetime
    place: str

    def __str__(self) -> str:
        return self.title or " + ".join(self.films)

    @property
    def when(self) -> str:
        return clock_time(self.starts_at, settings.HOUSE_TIME_ZONE)

    def get_absolute_url(self) -> str:
        return reverse("reviews:screening", args=[self.id])


class House(NamedTuple):
    """`pages` are those that are published, in their order; `notices` those that stand or will, the newest first;
    `screens` says for whom the house has announced screenings, `shows` what is next of those that members may see.
    """

    line: str = ""
    welcome: str = ""
    contact: str = ""
    pages: tuple[PageLink, ...] = ()
    notices: tuple[Standing, ...] = ()
    screens: frozenset[str] = frozenset()
    shows: Next | None = None

    @property
    def contact_url(self) -> str:
        return contact_url(self.contact)

    @property
    def privacy(self) -> PageLink | None:
        return self._of_kind(HousePage.Kind.PRIVACY)

    @property
    def terms(self) -> PageLink | None:
        return self._of_kind(HousePage.Kind.TERMS)

    def _of_kind(self, kind: str) -> PageLink | None:
        return next((page for page in self.pages if page.kind == kind), None)

    def screens_for(self, viewer: Viewer) -> bool:
        """Whether the house has announced a screening that this viewer may see."""
        return bool(self.screens) if is_signed_in(viewer) else Screening.Audience.EVERYBODY in self.screens

    def notices_for(self, viewer: Viewer, put_away: Collection[int], *, at: datetime) -> tuple[Standing, ...]:
        """What stands above the pages of this viewer: work on the house first, and no more than MOST_SHOWN."""
        theirs = [each for each in self.notices if each.stands(at) and each.is_for(viewer) and each.id not in put_away]
        theirs.sort(key=lambda notice: notice.kind != HouseNotice.Kind.MAINTENANCE)
        return tuple(theirs[:MOST_SHOWN])

    def changes_at(self, *, after: datetime) -> datetime | None:
        """When the next notice begins or ends; None where none does."""
        times = (time for notice in self.notices for time in (notice.starts_at, notice.ends_at) if time)
        return min((time for time in times if time > after), default=None)


def house_of(request: HttpRequest) -> House:
    """What the house says, looked up once a request."""
    known: House | None = getattr(request, "house", None)
    if known is None:
        known = request.house = house()  # type: ignore[attr-defined]  # for whatever else of the page asks
    return known


def house() -> House:
    """What a page says without it where the database is away: those that tell of something wrong need none of it."""
    try:
        found: House = held("the house", int(time.time() // A_MINUTE), (WIDE,), _read)
    except (InterfaceError, OperationalError):
        return House()
    return found


def put_away_by(viewer: Viewer, request: HttpRequest) -> frozenset[int]:
    """The notices that the reader does not want to see again: a member's are stored, a visitor's are in a cookie."""
    if not is_signed_in(viewer):
        return put_away_in(request.COOKIES.get(AWAY, ""))
    known = getattr(viewer, "notices_away", None)  # read with a member who came in by the door
    if known is None:
        known = NoticePutAway.objects.filter(member=viewer).values_list("notice", flat=True)
    return frozenset(known)


def notices_away() -> ArraySubquery:
    """The notices that are not over and that a row of User has put away."""
    mine = NoticePutAway.objects.filter(member=OuterRef("pk"), notice__in=HouseNotice.objects.not_over())
    return ArraySubquery(mine.order_by().values("notice"))


@prepared()
def _rows() -> Any:
    return (
        _as("words", HouseWords.objects.all(), WORDS)
        .union(_as("page", HousePage.objects.published(), OF_A_PAGE), all=True)
        .union(_as("notice", HouseNotice.objects.not_over(), OF_A_NOTICE), all=True)
        .union(_as("screening", Screening.objects.filter(published_at__lte=Now()), OF_SCREENINGS).distinct(), all=True)
        .union(_as("next", _next(), OF_THE_NEXT), all=True)
    )


def _read() -> House:
    """One query."""
    found: dict[str, list[dict[str, Any]]] = {"words": [], "page": [], "notice": [], "screening": [], "next": []}
    for what, facts in _rows():
        found[what].append(facts)
    pages = sorted(found["page"], key=lambda page: (page["place"], page["id"]))
    titles = defaultdict[int, dict[str, str]](dict)
    for page in pages:
        titles[page["original"] or page["id"]][page["language"]] = page["title"]
    notices = map(_notice, found["notice"])
    return House(
        **(found["words"][0] if found["words"] else {}),
        pages=tuple(
            PageLink(page["kind"], page["slug"], tuple(titles[page["id"]].items()))
            for page in pages
            if not page["original"]
        ),
        notices=tuple(sorted(notices, key=lambda notice: (notice.starts_at, notice.id), reverse=True)),
        screens=frozenset(each["audience"] for each in found["screening"]),
        shows=next(map(_shown, found["next"]), None),
    )


def _as(what: str, rows: Any, names: tuple[str, ...]) -> Any:
    return rows.order_by().values_list(Value(what), JSONObject(**{name: name for name in names}))


def _next() -> Any:
    films = ScreenedFilm.objects.filter(screening=OuterRef("pk")).order_by("position", "id").values("film__title")
    to_come = Screening.objects.filter(published_at__lte=Now()).to_come().taking_place().order_by("starts_at", "id")
    return Screening.objects.filter(pk__in=to_come.values("pk")[:1]).annotate(films=ArraySubquery(films))


def _shown(facts: dict[str, Any]) -> Next:
    starts_at = parse_datetime(facts["starts_at"])
    assert starts_at is not None
    return Next(**facts | {"films": tuple(facts["films"]), "starts_at": starts_at})


def _notice(facts: dict[str, Any]) -> Standing:
    times = {name: parse_datetime(facts[name]) for name in ("starts_at", "ends_at") if facts[name]}
    return Standing(**facts | times)
