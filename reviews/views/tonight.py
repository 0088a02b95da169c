"""An evening: starting one, its door, and the table behind it. What people do there is in tonight_acts.py."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import MemberRequest, PageRequest
from accounts.views.posting import posted_from
from films.finding import best_films
from films.search import as_typed
from reviews.actions.gathering import NoSeat, Wishes, join_as_guest, join_as_member, start_evening
from reviews.evening_forms import GuestForm, StartForm, WatchedForm
from reviews.guidance import with_warnings
from reviews.models.tonight import MOST_SEATS
from reviews.tonight import (
    Phase,
    Sitting,
    attendances_of,
    draws_of,
    evenings_of,
    new_secret,
    picks_of,
    results_of,
    services_at,
    shortlist_for,
    strikes_for,
    strikes_left,
    table_of,
    watchlist_size,
)
from reviews.views.doors import closed, give_secret, look, private, secret_of

FOUND: Final = 8
RESULTS: Final = 24
LINES: Final = {
    Phase.CHOOSING: gettext_lazy("Everybody says what they want, and what they have seen."),
    Phase.STRIKING: gettext_lazy("The shortlist is made. Strike out what you would not sit through."),
    Phase.DRAWN: gettext_lazy("The film is drawn."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tonight(request: MemberRequest) -> HttpResponse:
    """Start an evening; those that run; and what came of earlier ones."""
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        wishes = Wishes(**form.cleaned_data | {"services": tuple(form.cleaned_data["services"])})
        try:
            return private(redirect(start_evening(member=request.user, wishes=wishes)))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {
        "form": form,
        "running": list(evenings_of(request.user)),
        "results": results_of(request.user, RESULTS),
    }
    return private(render(request, "reviews/tonight.html", context, status=422 if form.errors else 200))


@require_safe
def evening(request: PageRequest, key: str) -> HttpResponse:
    """The table, or the door to it. `q` looks for films to name."""
    sitting = look(request, key)
    if sitting is None:
        return closed(request)
    if sitting.seat_id is None:
        return door(request, sitting)
    if request.htmx and request.htmx.target == "mine":
        return private(render(request, "reviews/evening.html#mine", mine_part(request, sitting)))
    return private(render(request, "reviews/evening.html", page(request, sitting)))


@require_safe
def now(request: PageRequest, key: str) -> HttpResponse:
    """What changes while others act: asked for every few seconds, answered by one query and 304 where nothing did."""
    sitting = look(request, key)
    if sitting is None or sitting.seat_id is None:
        return closed(request)
    etag = quote_etag(f"{sitting.evening.version}-{sitting.seat_id}")
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = render(request, "reviews/evening.html#now", now_part(request, sitting))
    answer["ETag"] = etag
    return private(answer)


@posted_from("reviews:evening", "key")
def join(request: PageRequest, key: str) -> HttpResponse:
    """Take a seat: a member by one button, a guest by a name."""
    sitting = look(request, key)
    if sitting is None:
        return closed(request)
    back = private(redirect(sitting.evening))
    try:
        if isinstance(request.user, User):
            join_as_member(member=request.user, key=key, secret=secret_of(request))
            return back
        form = GuestForm(request.POST)
        if sitting.seat_id is not None:
            return back
        if form.is_valid():
            secret = secret_of(request) or new_secret()
            join_as_guest(name=form.cleaned_data["name"], key=key, secret=secret)
            return give_secret(back, sitting.evening, secret)
    except NoSeat:
        return closed(request)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return door(request, sitting, form)


def door(request: PageRequest, sitting: Sitting, form: GuestForm | None = None) -> HttpResponse:
    context = {"evening": sitting.evening, "sitting": sitting, "most": MOST_SEATS, "form": form or GuestForm()}
    status = 422 if form is not None and form.errors else 200
    return private(render(request, "reviews/evening_door.html", context, status=status))


def page(request: PageRequest, sitting: Sitting) -> dict[str, Any]:
    """All of it, for whoever has a seat."""
    context = now_part(request, sitting)
    if sitting.phase == Phase.CHOOSING:
        services = services_at(sitting)
        return context | mine_part(request, sitting) | {
            "services": services,
            "has_services": any(service.is_anyones for service in services),
            "has_shelf": any(seat.brings_shelf for seat in context["seats"]),
            "watchlist": watchlist_size(request.user) if context["me"].member_id else None,
        }  # fmt: skip
    if sitting.phase == Phase.DRAWN and context["me"].member_id and context["mine_logged"] is None:
        return context | {"form": WatchedForm(moment=context["draw"].made_at)}
    return context


def now_part(request: PageRequest, sitting: Sitting) -> dict[str, Any]:
    """What the others change: who is there and ready, what is struck out, what is drawn and who logged it."""
    seats = table_of(sitting, request.user)
    ready = sum(seat.is_ready for seat in seats)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "evening": sitting.evening,
        "sitting": sitting,
        "phase": sitting.phase,
        "line": LINES[sitting.phase],
        "seats": seats,
        "ready": ready,
        "me": next(seat for seat in seats if seat.pk == sitting.seat_id),
        "etag": f"{sitting.evening.version}-{sitting.seat_id}",
    }
    if sitting.phase == Phase.STRIKING:
        return context | shortlist_part(request, sitting, len(seats))
    if sitting.phase == Phase.DRAWN:
        draws, logged = draws_of(sitting.evening), list(attendances_of(sitting.evening, request.user))
        (draws[-1].film,) = with_warnings(request.user, [draws[-1].film])
        mine = next((one for one in logged if one.seat_id == sitting.seat_id), None)
        return context | {"draw": draws[-1], "draws": draws, "logged": logged, "mine_logged": mine}
    return context


def shortlist_part(request: PageRequest, sitting: Sitting, people: int) -> dict[str, Any]:
    shortlist = shortlist_for(request.user, sitting.evening)
    strikes, left = strikes_for(people, len(shortlist)), strikes_left(sitting, people, shortlist)
    return {"shortlist": shortlist, "strikes": strikes, "strikes_left": left}


def mine_part(request: PageRequest, sitting: Sitting) -> dict[str, Any]:
    """What the reader named, and what they look for."""
    query = " ".join(as_typed(request.GET.get("q") or request.POST.get("q", "")).split())
    picks = picks_of(sitting.seat_id or 0)
    said = {pick.film_id: pick.says for pick in picks}
    found: list[Any] = list(best_films(query, FOUND).with_card()) if query else []  # type: ignore[attr-defined]
    for film in found:
        film.said = said.get(film.pk, "")
    return {"evening": sitting.evening, "query": query, "found": found, "picks": picks}
