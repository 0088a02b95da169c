"""What is recommended to a member, and what they do not want to have recommended any more."""

from itertools import chain
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from accounts.views.keeping import kept_page
from accounts.views.posting import posted_from
from config.keeping import Tags
from films.addresses import film_at
from films.freshness import about
from films.models import Film
from films.orders import POPULAR, end_of, ends_of
from films.paging import Slice
from films.paging import page_of as slice_of
from reviews.actions.dismissing import dismiss_film, undo_dismissal
from reviews.blind import cover_films
from reviews.circle import from_circle, not_known_to
from reviews.for_you import for_you, still_to_say
from reviews.guidance import with_warnings
from reviews.models import Dismissal
from reviews.pages import page_of
from reviews.timeline import circle_tags

FROM_CIRCLE: Final = 12
TO_BEGIN: Final = 12
A_PAGE: Final = 60
UNSHOWN: Final = ("film__synopsis", "film__search_text")


@login_required
@require_safe
def show(request: MemberRequest) -> HttpResponse:
    return kept_page(request, "reviews/for_you.html", lambda: _whole(request.user))


def _whole(member: User) -> tuple[dict[str, Any], Tags]:
    """Films for the member and why; for who has said too little, well-known ones to begin with.

    Until something is written by them or by one whom they follow, or about one of these films.
    """
    likely = for_you(member)
    both = with_warnings(member, [*likely, *from_circle(member, FROM_CIRCLE)])
    films, circle = both[: len(likely)], both[len(likely) :]
    missing = still_to_say(member) if member.wants_recommendations and not films else 0
    begin: Slice[Film] = Slice([])
    if missing:
        begin = slice_of(not_known_to(member, Film.objects.with_card()), [POPULAR], size=TO_BEGIN)
    shown = [*films, *circle, *begin]
    cover_films(member, shown)
    context = {"films": films, "circle": circle, "begin": begin.rows, "missing": missing}
    ends = ends_of(begin, [POPULAR]), end_of(circle, FROM_CIRCLE)
    return context, (*circle_tags(member), *about(film.pk for film in shown), *chain.from_iterable(ends))


@login_required
@require_safe
def dismissed(request: MemberRequest) -> HttpResponse:
    """What the member has dismissed, the latest first, each with what takes it back."""
    rows = Dismissal.objects.filter(member=request.user).select_related("film").defer(*UNSHOWN)
    return render(request, "reviews/dismissed.html", page_of(request, rows, "created_at", "id", size=A_PAGE))


@login_required
@posted_from("films:film", "slug")
def dismiss(request: MemberRequest, slug: str) -> HttpResponse:
    """Posted: `dismissed`, "1" or "0" to take it back; `list` from the page of all that was dismissed, `told` from that
    of what others recommend.
    """
    film = film_at(slug)
    is_back = request.POST.get("dismissed") == "0"
    if is_back:
        undo_dismissal(member=request.user, film=film)
    else:
        dismiss_film(member=request.user, film=film)
    if request.htmx:
        return render(request, "reviews/for_you.html#dismissed", {"film": film, "is_back": is_back})
    if is_back:
        messages.success(request, _("%(film)s may be recommended to you again.") % {"film": film})
    else:
        messages.success(request, _("%(film)s will not be recommended to you again.") % {"film": film})
    back = {"list": "reviews:dismissed", "told": "reviews:recommended"}
    return redirect(next((page for name, page in back.items() if name in request.POST), "reviews:for_you"))
