"""The lists that a film is on, and the lists of one member."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.freshness import FACES, by_tag
from accounts.requests import MemberRequest
from accounts.views.keeping import kept_page
from accounts.views.posting import posted_from
from config.keeping import Tags
from films.addresses import film_at
from films.freshness import LISTS, tag_of
from reviews.actions.filling import add_film, remove_film
from reviews.counting import count_for
from reviews.deals import draw_deals
from reviews.lists import helped_by, invitations_of, lists_of, lists_with, my_lists, with_cards
from reviews.models import ListEntry
from reviews.pages import page_of
from reviews.self_filling import fill_lists
from reviews.views.lists import A_PAGE, ORDERS
from reviews.views.member import between_us, head, member_or_redirect

MINE_SHOWN: Final = 100


@require_safe
def of_film(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader's own lists, each with whether the film is on it; and those of everybody that it is on."""
    film = film_at(slug)
    if film.slug != slug:
        return redirect("films:lists", film.slug, permanent=True)

    def make() -> tuple[dict[str, Any], Tags]:
        mine: list[Any] = []
        if request.user.is_authenticated:
            on_it = ListEntry.objects.filter(film_list=OuterRef("pk"), film=film)
            mine = list(my_lists(request.user).select_related("member").annotate(has_film=Exists(on_it))[:MINE_SHOWN])
        shown = lists_with(film, request.user).only(*ORDERS["liked"])
        page = page_of(request, shown, *ORDERS["liked"], size=A_PAGE)
        lists = draw_deals(request.user, (row.pk for row in page["rows"]))
        tags = (LISTS, FACES, by_tag(request.user.pk), tag_of(film.pk))
        return {"film": film, "mine": mine, "lists": lists} | page, tags

    return kept_page(request, "reviews/film_lists.html", make)


@login_required
@posted_from("films:lists", "slug")
def put_on_list(request: MemberRequest, slug: str, list_id: int) -> HttpResponse:
    """Put the film on one of the reader's lists, or with `on=0` take it off."""
    film = film_at(slug)
    film_list = get_object_or_404(my_lists(request.user), pk=list_id)
    names = {"film": film, "list": film_list.title}
    try:
        if request.POST.get("on") == "0":
            for entry in ListEntry.objects.filter(film_list=film_list, film=film).select_related("film_list"):
                remove_film(member=request.user, entry=entry)
            messages.success(request, _("%(film)s is off “%(list)s”.") % names)
        else:
            add_film(member=request.user, film_list=film_list, film=film)
            messages.success(request, _("%(film)s is on “%(list)s”.") % names)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("films:lists", film.slug)


@require_safe
def of_member(request: HttpRequest, username: str) -> HttpResponse:
    """A member's lists; to themselves also what they help with, and what they were asked to."""
    member = member_or_redirect(request, username)
    if isinstance(member, HttpResponse):
        return member
    top = head(request, member) | {"kind": "lists"}
    if not top["lets_in"]:
        raise Http404(_("This account is private."))

    def make() -> tuple[dict[str, Any], Tags]:
        page = page_of(request, with_cards(lists_of(member, request.user)), *ORDERS["newest"], size=A_PAGE)
        count_for(request.user, page["rows"])
        if top["mine"] and not request.GET.get("after"):
            page |= {"helped": list(with_cards(helped_by(member))[:A_PAGE]), "asked": invitations_of(member)}
        found = fill_lists(request.user, page["rows"])
        return top | page, (LISTS, FACES, *between_us(request, member), *found)

    return kept_page(request, "reviews/member_lists.html", make)
