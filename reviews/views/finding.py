"""What lists find that fill themselves: from the page of the catalogue to a list, and back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from reviews.actions.refinding import change_finds
from reviews.browsing import MemberFilters
from reviews.models import FilmList
from reviews.searches import filters_in, query_of, words_of
from reviews.self_filling import left_out_of


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new list is to find, with a sentence for each part of the address that it does without."""

    filters: MemberFilters
    notices: list[str]

    @property
    def words(self) -> list[str]:
        return words_of(self.filters)

    @property
    def address(self) -> str:
        return self.filters.address()


def asked_by(query: str) -> Wish | None:
    """None where nothing is asked for that is the same for everybody."""
    [(filters, notices)] = filters_in([query])
    rest, left_out = filters.for_everybody()
    told = left_out_of(left_out)
    return Wish(rest, [*notices, *([told] if told else [])]) if rest.active() else None


def finding(member: User, filters: MemberFilters) -> dict[str, Any]:
    """For the page of the catalogue: `refinds`, the member's list for which they choose, and `wish`, what a new list is
    to find. One query, while somebody chooses for a list.
    """
    own = FilmList.objects.filter(member=member).exclude(finds="")
    refinds = own.filter(pk=filters.list_id).first() if filters.list_id else None
    return {"refinds": refinds, "wish": wish_of(filters)}


def wish_of(filters: MemberFilters) -> str:
    """For the address of a new list; empty where nothing is chosen that is the same for everybody."""
    return query_of(filters) if filters.for_everybody()[0].active() else ""


@login_required
@posted_from("reviews:list", "list_id")
def change(request: MemberRequest, list_id: int) -> HttpResponse:
    """Have one's own list find what the catalogue was narrowed down to; what cannot be comes back to the catalogue."""
    film_list = get_object_or_404(FilmList.objects.filter(member=request.user), pk=list_id)
    [(filters, _notices)] = filters_in([request.POST.get("finds", "")])
    try:
        changed = change_finds(member=request.user, film_list=film_list, filters=filters)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(filters.on_behalf_of(film_list.pk).address())
    messages.success(request, _("“%(title)s” finds these films now.") % {"title": changed.title})
    if told := left_out_of(filters.for_everybody()[1]):
        messages.info(request, told)
    return redirect(changed)
