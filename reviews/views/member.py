"""A member's page and the lists below it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actions import unblock
from accounts.compiled import for_viewers, prepared, row_of
from accounts.counting import count_follows
from accounts.models import Block, Follow, FollowRequest, FormerUsername, Mute, User
from accounts.requests import MemberRequest
from accounts.views.keeping import kept_page
from accounts.views.posting import posted_from
from config.keeping import Tags
from films.freshness import about, by_tag
from reviews.actions import parting
from reviews.actions.pinning import MOST_PINNED
from reviews.blind import cover_stars, is_blind
from reviews.counting import count_for
from reviews.curtains import with_seen
from reviews.deals import draw_deals
from reviews.favourites import favourites_of
from reviews.lists import lists_of
from reviews.models import Mark, Review, Viewing
from reviews.models.review import ReviewQuerySet
from reviews.notes import draw_notes, place_of, places_of
from reviews.pages import page_of
from reviews.stars import to_half_stars
from reviews.stats import numbers_of

FILMS_A_PAGE = 60
ROWS_A_PAGE = 40
LISTS_SHOWN = 2
REVIEWS_SHOWN = 6


def member_or_redirect(request: HttpRequest, username: str, *address: str) -> User | HttpResponse:
    """The member of that name, or a redirect to the name they have now. Raises Http404, also for blocked ones.

    `address`: what follows the name in the address.
    """
    member = next(iter(_called(request.user, name=username)), None)
    match = request.resolver_match
    assert match is not None  # a request that reached a view has one
    if member is None:
        former = FormerUsername.objects.filter(username__iexact=username).values("member")
        member = User.objects.active().not_blocking(request.user).filter(pk__in=former).first()
    if member is None:
        raise Http404(_("No member has this name."))
    if member.username != username:
        return HttpResponsePermanentRedirect(reverse(match.view_name, args=[member.username, *address]))
    return member


@for_viewers(name=str)
def _called(viewer: Any, name: Any) -> Any:
    return User.objects.active().not_blocking(viewer).filter(username__iexact=name)[:1]


@require_safe
def show(request: HttpRequest, username: str) -> HttpResponse:
    member = member_or_redirect(request, username)
    if isinstance(member, HttpResponse):
        return member
    top = head(request, member)
    if not top["lets_in"]:
        return render(request, "reviews/member_private.html", top)

    def make() -> tuple[dict[str, Any], Tags]:
        shown = profile(request.user, member)
        films = [line.film_id for line in shown["diary"]] + [film.pk for film in shown["favourites"]]
        return top | shown, (*_between_us(request, member), *about([*films, *shown["written_about"]]))

    return kept_page(request, "reviews/member.html", make)


def _between_us(request: HttpRequest, member: User) -> Tags:
    """The tags of what the member and the reader do."""
    return by_tag(member.pk), by_tag(request.user.pk)


def profile(viewer: Any, member: User) -> dict[str, Any]:
    """What a member's first page shows, without the stars that this viewer does not want to see."""
    diary = _lately(viewer, member=member.pk)
    cover_stars(viewer, diary)
    said = _said(viewer, member=member.pk)
    pinned = sorted((row for row in said if row.pinned), key=lambda row: (row.pinned, row.pk), reverse=True)
    notes = draw_notes(viewer, map(place_of, said))
    above = [notes.pop(row.pk) for row in pinned if row.pk in notes]
    lists = draw_deals(viewer, (row.pk for row in _lists(viewer, member=member.pk)), bare=True)
    return {
        "numbers": numbers_of(member, viewer),
        "favourites": favourites_of(member, viewer),
        "diary": diary,
        "pinned": above,
        "reviews": list(notes.values())[:REVIEWS_SHOWN],
        "written_about": [row.film_id for row in said],
        "lists": lists,
        "blind": is_blind(viewer) and viewer.pk != member.pk,
    }


@for_viewers(member=row_of("accounts.User"))
def _lately(viewer: Any, member: Any) -> Any:
    return viewings_of(member, viewer).order_by("-watched_on", "-id")[:8]


@for_viewers(member=row_of("accounts.User"))
def _said(viewer: Any, member: Any) -> Any:
    """What is pinned, and enough of the newest besides, with when it was pinned; the newest first."""
    shown = Review.objects.visible_to(viewer).filter(member=member)
    pinned = shown.filter(pinned_at__isnull=False, removed_at=None).order_by("-pinned_at", "-id")[:MOST_PINNED]
    newest = shown.newest()[: REVIEWS_SHOWN + MOST_PINNED]
    rows = Review.objects.filter(pk__in=pinned.values("pk").union(newest.values("pk"), all=True))
    return places_of(rows, viewer).annotate(pinned=Case(When(removed_at=None, then=F("pinned_at")))).newest()


@for_viewers(member=row_of("accounts.User"))
def _lists(viewer: Any, member: Any) -> Any:
    kept = lists_of(member, viewer).filter(film_count__gt=0, removed_at=None)
    return kept.order_by("-updated_at", "-id").only("pk")[:LISTS_SHOWN]


def head(request: HttpRequest, member: User) -> dict[str, Any]:
    """What the top of every page of a member needs."""
    viewer = request.user
    mine = viewer.is_authenticated and viewer.pk == member.pk
    alone = mine or not viewer.is_authenticated
    followed, requested, muted = (False, False, False) if alone else between(viewer, member)
    lets_in = mine or followed or not member.is_private
    count_follows(viewer, [member])
    between_us = {"mine": mine, "followed": followed, "requested": requested, "muted": muted}
    return {"member": member, "lets_in": lets_in} | between_us


def between(viewer: Any, member: User) -> tuple[bool, bool, bool]:
    """Whether the viewer follows the member, has asked to, and mutes them. One query."""
    (them,) = _between(viewer=viewer.pk, member=member.pk)
    return them.followed, them.requested, them.muted


@prepared(viewer=row_of("accounts.User"), member=row_of("accounts.User"))
def _between(viewer: Any, member: Any) -> Any:
    asked = FollowRequest.objects.filter(follower=viewer, followed=OuterRef("pk"))
    return (
        User.objects.filter(pk=member.pk)
        .only("pk")
        .annotate(followed=Follow.by(viewer, "pk"), requested=Exists(asked), muted=Mute.by(viewer, "pk"))
    )


def viewings_of(member: User, viewer: Any) -> QuerySet[Viewing]:
    """Lines of the diary, each with `shown_review`: the id of its review where the viewer may read that."""
    reviews = Review.objects.visible_to(viewer).filter(viewing=OuterRef("pk")).values("pk")[:1]
    return (
        Viewing.objects.visible_to(viewer)
        .filter(member=member)
        .annotate(shown_review=Subquery(reviews))
        .select_related("film")
        .defer("film__synopsis", "film__search_text")
    )


@dataclass(frozen=True)
class Listing:
    """One list below a member's page: its template, rows, and the keys that order them, descending."""

    template: str
    rows: Callable[[Any, User], QuerySet[Any]]
    keys: tuple[str, ...]
    size: int = ROWS_A_PAGE


def _marks(viewer: Any, member: User) -> Any:
    return (
        Mark.objects.visible_to(viewer)
        .filter(member=member)
        .select_related("film")
        .defer("film__synopsis", "film__search_text")
    )


def _reviews(viewer: Any, member: User) -> ReviewQuerySet:
    return with_seen(Review.objects.visible_to(viewer).filter(member=member).with_card(), viewer)


def _followers(viewer: Any, member: User) -> QuerySet[Follow]:
    people = User.objects.active().not_blocking(viewer)
    return Follow.objects.filter(followed=member, follower__in=people).select_related("follower")


def _following(viewer: Any, member: User) -> QuerySet[Follow]:
    people = User.objects.active().not_blocking(viewer)
    return Follow.objects.filter(follower=member, followed__in=people).select_related("followed")


FILMS = "reviews/member_films.html"
PEOPLE = "reviews/member_people.html"
LISTS: Final = {
    "diary": Listing(
        "reviews/member_diary.html", lambda viewer, member: viewings_of(member, viewer), ("watched_on", "id")
    ),
    "reviews": Listing("reviews/member_reviews.html", _reviews, ("published_at", "id"), 20),
    "ratings": Listing(
        FILMS, lambda viewer, member: _marks(viewer, member).rated(), ("half_stars", "rated_at", "id"), FILMS_A_PAGE
    ),
    "watchlist": Listing(
        FILMS, lambda viewer, member: _marks(viewer, member).in_watchlist(), ("watchlisted_at", "id"), FILMS_A_PAGE
    ),
    "films": Listing(
        FILMS, lambda viewer, member: _marks(viewer, member).watched(), ("watched_at", "id"), FILMS_A_PAGE
    ),
    "likes": Listing(FILMS, lambda viewer, member: _marks(viewer, member).liked(), ("liked_at", "id"), FILMS_A_PAGE),
    "followers": Listing(PEOPLE, _followers, ("id",)),
    "following": Listing(PEOPLE, _following, ("id",)),
}


@require_safe
def listing(request: HttpRequest, username: str, *, kind: str) -> HttpResponse:
    """One of the lists below a member's page; `?stars=` narrows ratings to one."""
    member = member_or_redirect(request, username)
    if isinstance(member, HttpResponse):
        return member
    top = head(request, member)
    if not top["lets_in"]:
        raise Http404(_("This account is private."))
    chosen = LISTS[kind]

    def make() -> tuple[dict[str, Any], Tags]:
        page = _page(request, member, kind, top)
        films = [] if chosen.template == PEOPLE else [row.film_id for row in page["rows"]]
        return page, (*_between_us(request, member), *about(films))

    return kept_page(request, chosen.template, make)


def _page(request: HttpRequest, member: User, kind: str, top: dict[str, Any]) -> dict[str, Any]:
    chosen = LISTS[kind]
    rows = chosen.rows(request.user, member)
    may_narrow = kind == "ratings" and (top["mine"] or not is_blind(request.user))
    if may_narrow and (half_stars := asked_stars(request)):
        rows = rows.filter(half_stars=half_stars)
    page = page_of(request, rows, *chosen.keys, size=chosen.size)
    if kind == "reviews":
        count_for(request.user, page["rows"])
    if kind == "diary":
        page["undated"] = undated(request.user, member)
    if chosen.template != PEOPLE:
        cover_stars(request.user, page["rows"])
    return top | {"kind": kind} | page


def undated(viewer: Any, member: User) -> int:
    """How many films the member has seen, as the viewer may know, without a line in the diary."""
    logged = Viewing.objects.filter(member=member, film=OuterRef("film"))
    return Mark.objects.visible_to(viewer).filter(~Exists(logged), member=member).watched().count()


def asked_stars(request: HttpRequest) -> int | None:
    try:
        return to_half_stars(request.GET.get("stars"))
    except ValidationError:
        return None


@login_required
@posted_from("reviews:member", "username")
def block_member(request: MemberRequest, username: str) -> HttpResponse:
    """Blocking works on members whom one no longer sees, so it looks them up by itself."""
    member = User.objects.active().filter(username__iexact=username).first()
    if member is None or Block.objects.filter(blocker=member, blocked=request.user).exists():
        raise Http404(_("No member has this name."))
    if request.POST.get("block") == "0":
        unblock(member=request.user, other=member)
        messages.success(request, _("%(name)s is no longer blocked.") % {"name": member.name})
        return redirect(member)
    try:
        parting.block_member(member=request.user, other=member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(member)
    messages.success(request, _("%(name)s is blocked. You no longer see each other here.") % {"name": member.name})
    return redirect("reviews:home")
