"""A member's page, and what stands at the top of all pages below it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actions import unblock
from accounts.compiled import for_viewers, prepared, row_of
from accounts.counting import apart_from, count_follows, follows_of, knowing
from accounts.freshness import by_tag
from accounts.models import Block, Follow, FollowRequest, FormerUsername, Mute, User
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from accounts.requests import MemberRequest
from accounts.views.keeping import kept_page
from accounts.views.posting import posted_from
from config.keeping import Tags
from films.freshness import LISTS, about
from reviews.actions import parting
from reviews.actions.pinning import MOST_PINNED
from reviews.blind import cover_films, cover_stars, covered_among, is_blind
from reviews.deals import draw_deals
from reviews.essays import essays_in, lines_of
from reviews.favourites import favourites_of
from reviews.lists import lists_of
from reviews.match import match_of
from reviews.models import Review, Viewing
from reviews.notes import draw_notes, place_of, places_of
from reviews.shelf import is_shown
from reviews.stats.numbers import numbers_of
from reviews.views.federation import led_elsewhere

LISTS_SHOWN = 2
REVIEWS_SHOWN = 6


def member_or_redirect(request: HttpRequest, username: str, *address: str) -> User | HttpResponse:
    """The member of that name, or a redirect to the name they have now. Raises Http404, also for blocked ones.

    `address`: what follows the name in the address.
    """
    member = member_called(request.user, username)
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


def member_called(viewer: Any, name: str) -> User | None:
    """The member of that name, if this viewer may see them, with what is `between` the two. One query."""
    if apart := apart_from(viewer):
        found = _called_apart(viewer=viewer.pk, name=name, apart=list(apart))
    else:
        found = _called(viewer, name=name)
    return next(iter(found), None)


@for_viewers(name=str)
def _called(viewer: Viewer, name: Any) -> Any:
    found = User.objects.active().not_blocking(viewer).filter(username__iexact=name)[:1]
    return knowing_between(found, viewer) if is_signed_in(viewer) else found


@prepared(viewer=row_of("accounts.User"), name=str, apart=list)
def _called_apart(viewer: Viewer, name: Any, apart: Any) -> Any:
    """With what `count_follows` takes off for a viewer whom a block keeps apart from these members."""
    found = User.objects.active().not_blocking(viewer).filter(username__iexact=name)[:1]
    return knowing(knowing_between(found, viewer), follows_of(apart))


@require_safe
def show(request: HttpRequest, username: str) -> HttpResponse:
    member = member_or_redirect(request, username)
    if isinstance(member, HttpResponse):
        return member
    if place := led_elsewhere(request, member=member):
        return redirect(place)
    top = head(request, member)
    if not top["lets_in"]:
        return render(request, "reviews/member_private.html", top)

    def make() -> tuple[dict[str, Any], Tags]:
        shown = profile(request.user, member)
        films = [line.film_id for line in shown["diary"]] + [film.pk for film in shown["favourites"]]
        return top | shown, (LISTS, *between_us(request, member), *about([*films, *shown["written_about"]]))

    return kept_page(request, "reviews/member.html", make)


def between_us(request: HttpRequest, member: User) -> Tags:
    """The tags of what the member and the reader do."""
    return by_tag(member.pk), by_tag(request.user.pk)


def profile(viewer: Any, member: User) -> dict[str, Any]:
    """What a member's first page shows, without the stars that this viewer does not want to see."""
    diary, said = _lately(viewer, member=member.pk), _said(viewer, member=member.pk)
    favourites = favourites_of(member, viewer)
    films = [*(line.film_id for line in diary), *(row.film_id for row in said), *(film.pk for film in favourites)]
    covered = covered_among(viewer, films)
    cover_stars(viewer, diary, covered=covered)
    cover_films(viewer, favourites, covered=covered)
    pinned = sorted((row for row in said if row.pinned), key=lambda row: (row.pinned, row.pk), reverse=True)
    notes = draw_notes(viewer, map(place_of, said), covered=covered)
    above = [notes.pop(row.pk) for row in pinned if row.pk in notes]
    (beside,) = _beside(viewer, member=member.pk)
    lists = draw_deals(viewer, beside.new_lists, bare=True)
    return {
        "numbers": numbers_of(member, viewer),
        "favourites": favourites,
        "diary": diary,
        "pinned": above,
        "reviews": list(notes.values())[:REVIEWS_SHOWN],
        "written_about": [row.film_id for row in said],
        "lists": lists,
        "essays": essays_in(beside.new_essays),
        "blind": is_blind(viewer) and viewer.pk != member.pk,
        "agreement": match_of(viewer, member).agreement if is_signed_in(viewer) and viewer.pk != member.pk else None,
    }


@for_viewers(member=row_of("accounts.User"))
def _lately(viewer: Viewer, member: Any) -> Any:
    return viewings_of(member, viewer).order_by("-watched_on", "-id")[:8]


@for_viewers(member=row_of("accounts.User"))
def _said(viewer: Viewer, member: Any) -> Any:
    """What is pinned, and enough of the newest besides, with when it was pinned; the newest first."""
    shown = Review.objects.visible_to(viewer).filter(member=member)
    pinned = shown.filter(pinned_at__isnull=False, removed_at=None).order_by("-pinned_at", "-id")[:MOST_PINNED]
    newest = shown.newest()[: REVIEWS_SHOWN + MOST_PINNED]
    rows = Review.objects.filter(pk__in=pinned.values("pk").union(newest.values("pk"), all=True))
    return places_of(rows, viewer).annotate(pinned=Case(When(removed_at=None, then=F("pinned_at")))).newest()


@for_viewers(member=row_of("accounts.User"))
def _beside(viewer: Viewer, member: Any) -> Any:
    """The member with the numbers of their newest lists, and with their newest essays."""
    kept = lists_of(member, viewer).with_films().filter(removed_at=None).newest()
    beside = User.objects.filter(pk=member.pk).only("pk")
    return beside.annotate(
        new_lists=ArraySubquery(kept.values("pk")[:LISTS_SHOWN]), new_essays=lines_of(member, viewer)
    )  # fmt: skip


def head(request: HttpRequest, member: User) -> dict[str, Any]:
    """What the top of every page of a member needs."""
    viewer = request.user
    mine = viewer.is_authenticated and viewer.pk == member.pk
    alone = mine or not viewer.is_authenticated
    followed, requested, muted = (False, False, False) if alone else between(viewer, member)
    lets_in = mine or followed or not member.is_private
    count_follows(viewer, [member])
    between_us = {"mine": mine, "followed": followed, "requested": requested, "muted": muted}
    shows_shelf = lets_in and is_shown(member, mine=mine, followed=followed)
    return {"member": member, "lets_in": lets_in, "shows_shelf": shows_shelf} | between_us


def knowing_between(members: Any, viewer: Any) -> Any:
    """Members who know whether the viewer follows them, has asked to, and mutes them."""
    asked = FollowRequest.objects.filter(follower=viewer, followed=OuterRef("pk"))
    return members.annotate(followed=Follow.by(viewer, "pk"), requested=Exists(asked), muted=Mute.by(viewer, "pk"))


def between(viewer: Viewer, member: User) -> tuple[bool, bool, bool]:
    """Whether the viewer follows the member, has asked to, and mutes them. No query if they were `member_called`."""
    them: Any = member if "followed" in vars(member) else knowing_between(User.objects, viewer).get(pk=member.pk)
    return them.followed, them.requested, them.muted


def viewings_of(member: User, viewer: Viewer) -> QuerySet[Viewing]:
    """Lines of the diary, each with `shown_review`: the id of its review where the viewer may read that."""
    reviews = Review.objects.visible_to(viewer).filter(viewing=OuterRef("pk")).values("pk")[:1]
    return (
        Viewing.objects.visible_to(viewer)
        .filter(member=member)
        .annotate(shown_review=Subquery(reviews))
        .select_related("film")
        .defer("film__synopsis", "film__search_text")
    )


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
