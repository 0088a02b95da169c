"""What carries a tag: of everybody, and of one member."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.views.keeping import kept_page
from config.freshness import ANY
from config.keeping import Tags
from reviews.counting import count_for
from reviews.lists import with_cards
from reviews.models import FilmList, Review, Viewing
from reviews.notes import draw_notes, place_of, places_of
from reviews.pages import page_of
from reviews.quiet import without_muted
from reviews.self_filling import fill_lists
from reviews.tags import tagged, tags_of
from reviews.views.member import head, member_or_redirect

A_PAGE: Final = 20


@require_safe
def tag(request: HttpRequest, tag: str) -> HttpResponse:
    """Reviews that carry the tag, or with `?kind=lists` lists."""
    viewer = request.user

    def make() -> tuple[dict[str, Any], Tags]:
        reviews = without_muted(Review.objects.visible_to(viewer), viewer)
        lists = without_muted(FilmList.objects.visible_to(viewer), viewer, films=())
        return page(request, tag, reviews, lists), (ANY,)

    return kept_page(request, "reviews/tag.html", make)


@require_safe
def member_tags(request: HttpRequest, username: str) -> HttpResponse:
    member = member_let_in(request, username)
    if isinstance(member, HttpResponse):
        return member
    context = head(request, member) | {"kind": "tags", "tags": tags_of(member, request.user)}
    return render(request, "reviews/member_tags.html", context)


@require_safe
def member_tag(request: HttpRequest, username: str, tag: str) -> HttpResponse:
    member = member_let_in(request, username, tag)
    if isinstance(member, HttpResponse):
        return member
    reviews = Review.objects.visible_to(request.user).filter(member=member)
    lists = FilmList.objects.visible_to(request.user).filter(member=member)
    is_logged = tagged(Viewing.objects.visible_to(request.user).filter(member=member), tag).exists()
    diary_url = f"{reverse('reviews:member_diary', args=[member.username])}?{urlencode({'tag': tag})}"
    try:
        shown = page(request, tag, reviews, lists) | {"diary_url": diary_url if is_logged else ""}
    except Http404:
        if is_logged:  # and nothing but lines of the diary
            return redirect(diary_url)
        raise
    return render(request, "reviews/member_tag.html", head(request, member) | {"kind": "tags"} | shown)


def member_let_in(request: HttpRequest, username: str, *address: str) -> User | HttpResponse:
    """The member, where this viewer may read what they show. Raises Http404."""
    member = member_or_redirect(request, username, *address)
    if isinstance(member, User) and not head(request, member)["lets_in"]:
        raise Http404(_("This account is private."))
    return member


def page(request: HttpRequest, tag: str, reviews: Any, lists: Any) -> dict[str, Any]:
    """One kind of what carries the tag. Raises Http404 where this viewer may see nothing that does."""
    viewer = request.user
    of_lists = request.GET.get("kind") == "lists"
    found = {True: tagged(lists, tag), False: tagged(reviews, tag)}
    if of_lists:
        shown = page_of(request, with_cards(found[True]), "updated_at", "id", size=A_PAGE)
        count_for(viewer, shown["rows"])
        fill_lists(viewer, shown["rows"])
    else:
        shown = page_of(request, places_of(found[False], viewer), "published_at", "id", size=A_PAGE)
        shown["notes"] = list(draw_notes(viewer, map(place_of, shown["rows"]), heading="h2").values())
    if not shown["rows"] and not found[not of_lists].exists():
        raise Http404(_("Nothing that you can see carries this tag. It may be spelt differently."))
    return {"tag": tag, "of_lists": of_lists} | shown
