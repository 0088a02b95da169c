"""Social cards of reviews, lists and members' years."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from films.views.cards import A_WHILE, answer
from reviews.cards import card_of_review, draw_review, public_review, review_version
from reviews.list_cards import card_of_list, draw_list, list_version, public_list
from reviews.stats.cards import card_of_year, draw_year, public_year, year_version
from reviews.stats.years import is_year


@require_safe
def review(request: HttpRequest, review_id: int, version: str) -> HttpResponse:
    """For everybody or for nobody: also to its own writer, the card of a hidden review is not there."""
    found = public_review(review_id)
    card = card_of_review(found) if found else None
    if found is None or card is None:
        raise Http404
    if version != review_version(found):
        return redirect(card.url)
    return answer("review", review_id, version, lambda: draw_review(found), A_WHILE)


@require_safe
def film_list(request: HttpRequest, list_id: int, version: str) -> HttpResponse:
    """The same for a list: not there unless everybody may see it."""
    found = public_list(list_id)
    card = card_of_list(found) if found else None
    if found is None or card is None:
        raise Http404
    if version != list_version(found):
        return redirect(card.url)
    return answer("list", list_id, version, lambda: draw_list(found), A_WHILE)


@require_safe
def year(request: HttpRequest, member_id: int, year: int, version: str) -> HttpResponse:
    """A member's year, as far as everybody may know of it."""
    found = public_year(member_id, year) if is_year(year, timezone.localdate()) else None
    if found is None:
        raise Http404
    if version != year_version(*found):
        return redirect(card_of_year(*found).url)
    return answer(f"year-{year}", member_id, version, lambda: draw_year(*found), A_WHILE)
