"""What the reader and another member have in common, and what the reader might see next of what the other loved."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import MemberRequest
from accounts.views.keeping import kept_page
from config.keeping import Tags
from films.addresses import film_at
from films.freshness import tag_of
from reviews.actions.rating import mark_film
from reviews.blind import is_blind
from reviews.marks import attach_marks
from reviews.match import FEWEST, Match, match_of, pairs, said, to_see
from reviews.stars import label, numeral
from reviews.stats.drawn import Bar, Bars
from reviews.stats.standouts import load_films
from reviews.views.member import between_us, head, member_or_redirect


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: MemberRequest, username: str) -> HttpResponse:
    """Posted: `film`, the slug of one that is to go onto the reader's watchlist."""
    member = member_or_redirect(request, username)
    if isinstance(member, HttpResponse):
        return member
    if member.pk == request.user.pk:
        return redirect(member)
    top = head(request, member) | {"kind": "match"}
    if not top["lets_in"]:
        raise Http404(_("This account is private."))
    if request.method == "POST":
        return _wish(request)

    def make() -> tuple[dict[str, Any], Tags]:
        shown = _whole(request.user, member)
        return top | shown, (*between_us(request, member), *map(tag_of, shown.pop("film_ids")))

    return kept_page(request, "reviews/member_match.html", make)


def _wish(request: MemberRequest) -> HttpResponse:
    film = film_at(request.POST.get("film", ""))
    try:
        mark_film(member=request.user, film=film, in_watchlist=True)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("%(film)s is on your watchlist.") % {"film": film})
    return redirect(request.path)


def _whole(viewer: User, member: User) -> dict[str, Any]:
    match = match_of(viewer, member)
    agreement = match.agreement
    places = () if agreement is None else (match.loved, match.disputed)
    films = load_films(set(match.film_ids(*places)))
    unseen = to_see(viewer, member)
    shown = [*films.values(), *(mark.film for mark in unseen)]
    attach_marks(viewer, shown)
    loved, disputed = (pairs(match, some, films) for some in places or ((), ()))
    return {
        "match": match,
        "agreement": agreement,
        "words": said(agreement),
        "fewest": FEWEST,
        "chart": bars_of(match) if agreement is not None else None,
        "loved": loved,
        "disputed": disputed,
        "unseen": unseen,
        "blind": is_blind(viewer),
        "film_ids": [film.pk for film in shown],
    }


def bars_of(match: Match) -> Bars:
    """How far apart the two are on how many films."""
    counts = match.counts
    most = max(*counts, 1)
    bars = []
    for half_stars, count in enumerate(counts):
        stars = _("%(stars)s apart") % {"stars": label(half_stars)} if half_stars else _("The same stars")
        films = ngettext("%(number)d film", "%(number)d films", count) % {"number": count}
        height = max(1.5, 100 * count / most)
        words = _("%(when)s: %(viewings)s") % {"when": stars, "viewings": films}
        under = numeral(half_stars) or "0"
        bars.append(Bar(under, words, count, f"{height:.1f}", f"{100 - height:.1f}", count == most, ""))
    return Bars("apart", _("Films by how many stars you are apart"), bars)
