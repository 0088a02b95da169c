"""The lists below a member's page: the diary, films, ratings and the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.freshness import FACES
from accounts.models import Follow, User
from accounts.models.viewer import Viewer
from accounts.views.keeping import kept_page
from config.keeping import Tags
from films.freshness import about
from reviews.blind import cover_stars, is_blind
from reviews.counting import count_for
from reviews.curtains import with_seen
from reviews.models import Mark, Review, Viewing
from reviews.models.review import ReviewQuerySet
from reviews.pages import page_of
from reviews.parts import OF_DIARY, OF_FILMS, OF_RATINGS, Part, part_of
from reviews.views.member import between_us, head, member_or_redirect, viewings_of

FILMS_A_PAGE: Final = 60
ROWS_A_PAGE: Final = 40


@dataclass(frozen=True)
class Listing:
    """One list below a member's page: its template, rows, and the keys that order them, descending."""

    template: str
    rows: Callable[[Any, User], QuerySet[Any]]
    keys: tuple[str, ...]
    size: int = ROWS_A_PAGE
    parts: tuple[str, ...] = ()  # what an address may ask for a part of it by


def _marks(viewer: Viewer, member: User) -> Any:
    return (
        Mark.objects.visible_to(viewer)
        .filter(member=member)
        .select_related("film")
        .defer("film__synopsis", "film__search_text")
    )


def _reviews(viewer: Viewer, member: User) -> ReviewQuerySet:
    return with_seen(Review.objects.visible_to(viewer).filter(member=member).with_card(), viewer)


def _followers(viewer: Viewer, member: User) -> QuerySet[Follow]:
    people = User.objects.active().not_blocking(viewer)
    return Follow.objects.filter(followed=member, follower__in=people).select_related("follower")


def _following(viewer: Viewer, member: User) -> QuerySet[Follow]:
    people = User.objects.active().not_blocking(viewer)
    return Follow.objects.filter(follower=member, followed__in=people).select_related("followed")


FILMS = "reviews/member_films.html"
PEOPLE = "reviews/member_people.html"
LISTS: Final = {
    "diary": Listing(
        "reviews/member_diary.html",
        lambda viewer, member: viewings_of(member, viewer),
        ("watched_on", "id"),
        parts=OF_DIARY,
    ),
    "reviews": Listing("reviews/member_reviews.html", _reviews, ("published_at", "id"), 20),
    "ratings": Listing(
        FILMS,
        lambda viewer, member: _marks(viewer, member).rated(),
        ("half_stars", "rated_at", "id"),
        FILMS_A_PAGE,
        OF_RATINGS,
    ),
    "watchlist": Listing(
        FILMS,
        lambda viewer, member: _marks(viewer, member).in_watchlist(),
        ("watchlisted_at", "id"),
        FILMS_A_PAGE,
        OF_FILMS,
    ),
    "films": Listing(
        FILMS, lambda viewer, member: _marks(viewer, member).watched(), ("watched_at", "id"), FILMS_A_PAGE, OF_FILMS
    ),
    "likes": Listing(
        FILMS, lambda viewer, member: _marks(viewer, member).liked(), ("liked_at", "id"), FILMS_A_PAGE, OF_FILMS
    ),
    "followers": Listing(PEOPLE, _followers, ("id",)),
    "following": Listing(PEOPLE, _following, ("id",)),
}


# What the catalogue's own filters call a list of one's own: there it can be narrowed down and put in any order.
IN_THE_CATALOGUE: Final = {"watchlist": "watchlist", "films": "seen", "likes": "liked", "ratings": "rated"}


@require_safe
def listing(request: HttpRequest, username: str, *, kind: str) -> HttpResponse:
    """One of the lists below a member's page, or the part of it that the address asks for (reviews/parts.py)."""
    member = member_or_redirect(request, username)
    if isinstance(member, HttpResponse):
        return member
    top = head(request, member)
    if not top["lets_in"]:
        raise Http404(_("This account is private."))
    chosen = LISTS[kind]

    def make() -> tuple[dict[str, Any], Tags]:
        page = _page(request, member, kind, top)
        if chosen.template == PEOPLE:
            return page, (FACES, *between_us(request, member))
        return page, (*between_us(request, member), *about(row.film_id for row in page["rows"]))

    return kept_page(request, chosen.template, make)


def _page(request: HttpRequest, member: User, kind: str, top: dict[str, Any]) -> dict[str, Any]:
    chosen = LISTS[kind]
    part = _part(request, chosen, top["mine"])
    rows = chosen.rows(request.user, member).filter(*part.conditions)
    page = page_of(request, rows, *chosen.keys, size=chosen.size)
    if kind == "reviews":
        count_for(request.user, page["rows"])
        page["drafts"] = Review.objects.drafts_of(member).count() if top["mine"] else 0
    if kind in IN_THE_CATALOGUE:
        page["narrow_url"] = f"{reverse('films:browse')}?yours={IN_THE_CATALOGUE[kind]}"
    if kind == "diary" and not part.said:
        page["undated"] = undated(request.user, member)
    if chosen.template != PEOPLE:
        cover_stars(request.user, page["rows"])
    return top | {"kind": kind, "only": part.said} | page


def _part(request: HttpRequest, chosen: Listing, mine: bool) -> Part:
    """Whoever hides scores does not look for other members' stars."""
    notices: list[str] = []
    hidden = {"stars"} if is_blind(request.user) and not mine else set()
    part = part_of(request.GET, tuple(name for name in chosen.parts if name not in hidden), notices)
    for notice in notices:
        messages.info(request, notice)
    return part


def undated(viewer: Viewer, member: User) -> int:
    """How many films the member has seen, as the viewer may know, without a line in the diary."""
    logged = Viewing.objects.filter(member=member, film=OuterRef("film"))
    return Mark.objects.visible_to(viewer).filter(~Exists(logged), member=member).watched().count()
