"""Lists of films, to read: all of them, one of them; liking and copying one."""

from collections.abc import Iterable
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.compiled import for_viewers
from accounts.counting import apart_from
from accounts.freshness import FACES, by_tag
from accounts.models.viewer import Viewer
from accounts.requests import MemberRequest
from accounts.views.keeping import kept_page
from accounts.views.posting import posted_from
from config.keeping import Tags
from films.freshness import LISTS, about
from reviews.actions.listing import clone_list, like_list, unlike_list
from reviews.counting import count_for, with_apart
from reviews.curtains import opened_for
from reviews.forms import CommentForm
from reviews.lists import (
    entries_for,
    helpers_shown,
    hush,
    invitation_to,
    lists_on_show,
    source_shown,
    with_cards,
    with_my_like,
    with_seen,
    with_source,
)
from reviews.marks import attach_marks
from reviews.models import FilmList
from reviews.models.film_list import MOST_ENTRIES
from reviews.pages import one_of, page_of
from reviews.search import lists_with_words
from reviews.searches import words_of
from reviews.self_filling import Found, as_entries, fill_lists, found_by
from reviews.tags import tagged
from reviews.thread_state import relation_by_number
from reviews.views.talk import talk_on

LIST: Final = "reviews/list.html"
A_PAGE: Final = 24
ENTRIES_A_PAGE: Final = 100
ORDERS: Final = {"newest": ("updated_at", "id"), "liked": ("like_count", "updated_at", "id")}


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """`q` looks for words, `tag` for a tag; `sort` is newest or liked."""
    query, tag = request.GET.get("q", "").strip()[:200], request.GET.get("tag", "").strip()[:40]
    sort = one_of(request, "sort", ORDERS) or "newest"
    rows = lists_on_show(request.user)
    if tag:
        rows = tagged(rows, tag)

    def make() -> tuple[dict[str, Any], Tags]:
        shown = lists_with_words(rows, query) if query else rows
        page = page_of(request, with_cards(shown), *ORDERS[sort], size=A_PAGE)
        count_for(request.user, page["rows"])
        found = fill_lists(request.user, page["rows"])
        return page | {"query": query, "tag": tag, "sort": sort}, (LISTS, FACES, by_tag(request.user.pk), *found)

    return kept_page(request, "reviews/lists.html", make)


def shown_list(request: HttpRequest, list_id: int, key: str = "") -> FilmList:
    """The list, if this viewer may see it. Raises Http404, the same for one that is not there."""
    for film_list in _read(request.user, list_id, key):
        count_for(request.user, [film_list])
        return film_list
    raise Http404


def _read(viewer: Any, number: int, key: str) -> Iterable[FilmList]:
    if apart := apart_from(viewer):  # what they add to its counts is read with it
        return with_apart(_by_link(viewer, number, key), apart)
    return _by_link(viewer, number, key) if key else _visible(viewer, number=number)


@for_viewers(number=int)
def _visible(viewer: Viewer, number: Any) -> Any:
    return _by_link(viewer, number, "")


def _by_link(viewer: Viewer, number: int, key: str) -> Any:
    rows = FilmList.objects.visible_to(viewer, link_key=key).filter(pk=number).select_related("member")
    return with_source(with_seen(with_my_like(opened_for(rows, viewer), viewer), viewer), viewer)


@require_safe
def show(request: HttpRequest, list_id: int) -> HttpResponse:
    """Whoever was asked to help with a list that they do not see yet is led to the question."""
    relation = relation_by_number("film_list", list_id, request.user)

    def make() -> tuple[dict[str, Any], Tags | None]:
        film_list = shown_list(request, list_id)
        context = context_of(request, film_list, relation=relation)
        films = (entry.film_id for entry in context["rows"])
        found = context["found"].tags if context["found"] else ()
        tags = (LISTS, FACES, *about(films), by_tag(request.user.pk), *found)
        return context, None if context["talk"].is_editable else tags

    try:
        return kept_page(request, LIST, make, relation)
    except Http404:
        if invitation_to(request.user, list_id):
            return redirect("reviews:list_people", list_id)
        raise


@require_safe
def show_by_link(request: HttpRequest, list_id: int, key: str) -> HttpResponse:
    """For whoever was given the link. Those who see the list anyway are led to its own address."""
    film_list = shown_list(request, list_id, key)
    if film_list.link_key != key:
        raise Http404
    if FilmList.objects.visible_to(request.user).filter(pk=list_id).exists():
        return redirect(film_list)
    return answer(request, film_list, key=key)


def answer(
    request: HttpRequest, film_list: FilmList, form: CommentForm | None = None, status: int = 200, *, key: str = ""
) -> HttpResponse:
    """The page of a list, at its own address or, with its `key`, where its link leads."""
    key = key or request.POST.get("key", "")[:24]
    shown = render(request, LIST, context_of(request, film_list, form, link_key=key), status=status)
    if key:
        shown["Referrer-Policy"] = "strict-origin"  # the address is the key; reviews/views/doors.py says why not less
        shown["X-Robots-Tag"] = "noindex"
    return shown


def context_of(
    request: HttpRequest, film_list: FilmList, form: CommentForm | None = None, *, link_key: str = "", **known: Any
) -> dict[str, Any]:
    talk = talk_on(request, film_list, form, link_key, **known)
    return page(request, film_list) | talk | {"link_key": link_key}


def page(request: HttpRequest, film_list: FilmList) -> dict[str, Any]:
    found = found_by(request.user, film_list) if film_list.fills_itself else None
    context = entries_page(request, film_list, found=found)
    rows = context["rows"]
    attach_marks(request.user, [entry.film for entry in rows])
    helpers = [] if film_list.fills_itself else helpers_shown(request.user, film_list)
    return context | {
        "film_list": film_list,
        "has_notes": film_list.is_ranked or any(entry.note for entry in rows),
        "helpers": helpers,
        "mine": film_list.member_id == request.user.pk,
        "fills": film_list.member_id == request.user.pk or request.user in helpers,
        "source": source_shown(request.user, film_list),
        "found": found,
        "asks": words_of(found.asked.filters) if found else [],
    }


def entries_page(
    request: HttpRequest, film_list: FilmList, start: int | None = None, found: Found | None = None
) -> dict[str, Any]:
    """A page of its entries with their films, after `?from=` so many: the places have no gaps. `found`, where it fills
    itself: what it finds for the viewer."""
    asked = request.GET.get("from", "")
    if start is None:
        start = min(int(asked), MOST_ENTRIES) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    viewer, number = request.user, film_list.pk
    if found is not None:
        shown = as_entries(film_list, found, start=start, most=ENTRIES_A_PAGE)
    else:
        shown = hush(list(_entries(viewer, number, start) if start else _first_entries(viewer, film_list=number)))
    before, after = max(0, start - ENTRIES_A_PAGE), start + len(shown)
    return {
        "rows": shown,
        "start": start,
        "previous_url": (f"?from={before}" if before else request.path) if start else "",
        "next_url": f"?from={after}" if after < film_list.film_count and shown else "",
    }


@for_viewers(film_list=int)
def _first_entries(viewer: Viewer, film_list: Any) -> Any:
    return _entries(viewer, film_list, 0)


def _entries(viewer: Viewer, film_list: int, start: int) -> Any:
    rows = opened_for(entries_for(viewer), viewer).filter(film_list=film_list, position__gt=start)
    cards = rows.select_related("film").defer("film__search_text", "film__synopsis")
    return cards.order_by("position")[:ENTRIES_A_PAGE]


@login_required
@posted_from("reviews:list", "list_id")
def like(request: MemberRequest, list_id: int) -> HttpResponse:
    key = request.POST.get("key", "")[:24]
    film_list = shown_list(request, list_id, key)
    if request.POST.get("liked") == "0":
        unlike_list(member=request.user, film_list=film_list)
    else:
        like_list(member=request.user, film_list=film_list, link_key=key)
    if not request.htmx:
        return redirect("reviews:list_link", list_id, key) if key else redirect(film_list)
    return render(request, "reviews/list.html#like", {"film_list": shown_list(request, list_id, key), "link_key": key})


@login_required
@posted_from("reviews:list", "list_id")
def clone(request: MemberRequest, list_id: int) -> HttpResponse:
    key = request.POST.get("key", "")[:24]
    by_hand = request.POST.get("by_hand") == "1"
    made = clone_list(member=request.user, film_list=shown_list(request, list_id, key), link_key=key, by_hand=by_hand)
    messages.success(request, _("Here is your copy. Only you can see it until you say otherwise."))
    return redirect("reviews:edit_list", made.pk)
