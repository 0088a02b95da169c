"""What people do on an evening, each by a form of its page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import MemberRequest, PageRequest
from accounts.views.posting import posted_from
from films.addresses import film_at
from films.models import Film
from reviews.actions.choosing import be_ready, choose_again, close_round, have_services, say, strike
from reviews.actions.drawing import draw_again, log_evening
from reviews.actions.gathering import NoSeat, end_evening
from reviews.actions.rising import leave_evening, show_out
from reviews.evening_forms import ServicesForm, WatchedForm
from reviews.models import Draw, Seat
from reviews.tonight import Sitting
from reviews.views.doors import closed, look, private
from reviews.views.tonight import mine_part, now_part, page

type Act = Callable[..., HttpResponse | str | None]


def at_the_table(act: Act) -> Callable[..., HttpResponse]:
    """For a form of the evening's page: `act(request, seat)` does it, and may return a sentence to say.

    What is refused is said on the page. A script is answered with the part that changed.
    """

    @posted_from("reviews:evening", "key")
    @wraps(act)
    def answer(request: PageRequest, key: str, **address: Any) -> HttpResponse:
        sitting = look(request, key)
        if sitting is None or sitting.seat_id is None:
            return closed(request)
        said: HttpResponse | str | None = None
        refusal = ""
        try:
            seat = get_object_or_404(Seat.objects.select_related("member", "evening"), pk=sitting.seat_id)
            said = act(request, seat, **address)
        except NoSeat:
            return closed(request)
        except Http404:
            refusal = _("That is not here any more.")
        except ValidationError as refused:
            refusal = " ".join(refused.messages)
        except PermissionDenied as refused:
            refusal = str(refused)
        if isinstance(said, HttpResponse):
            return private(said)
        return private(_shown(request, sitting, said or "", refusal))

    return answer


def _shown(request: PageRequest, before: Sitting, said: str, refusal: str) -> HttpResponse:
    """The page, or the part of it that a script asked for, unless the evening has gone on since."""
    after = look(request, before.evening.key)
    if after is None or after.seat_id is None:
        return closed(request)
    if request.htmx and after.phase == before.phase:
        part, context = ("mine", mine_part) if request.htmx.target == "mine" else ("now", now_part)
        return render(request, f"reviews/evening.html#{part}", context(request, after) | {"refusal": refusal})
    if refusal:
        messages.error(request, refusal)
    elif said:
        messages.success(request, said)
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect(f"{after.evening.get_absolute_url()}#{request.POST.get('at', 'now')[:12]}")


def _film(request: PageRequest) -> Film:
    return film_at(request.POST.get("film", "")[:120])


@at_the_table
def picks(request: PageRequest, seat: Seat) -> None:
    """`says` of a film: want, seen, or nothing to take it back."""
    say(seat=seat, film=_film(request), says=request.POST.get("says", ""))


@at_the_table
def vetoes(request: PageRequest, seat: Seat) -> None:
    strike(seat=seat, film=_film(request), struck=request.POST.get("struck") != "0")


@at_the_table
def ready(request: PageRequest, seat: Seat) -> None:
    be_ready(seat=seat, ready=request.POST.get("ready") != "0", phase=request.POST.get("phase", ""))


@at_the_table
def services(request: PageRequest, seat: Seat) -> str:
    form = ServicesForm(request.POST)
    if not form.is_valid():
        raise ValidationError([str(wrong) for errors in form.errors.values() for wrong in errors])
    said = form.cleaned_data
    have_services(seat=seat, services=list(said["services"]), shelf=said["shelf"])
    return _("Your services are kept.")


@at_the_table
def close(request: PageRequest, seat: Seat) -> None:
    """The host goes on, or with `back` to choosing."""
    if request.POST.get("do") == "back":
        choose_again(seat=seat)
    else:
        close_round(seat=seat, phase=request.POST.get("phase", ""))


@at_the_table
def draw(request: PageRequest, seat: Seat) -> None:
    draw_again(seat=seat)


@at_the_table
def watched(request: PageRequest, seat: Seat) -> str | HttpResponse:
    drawn = Draw.objects.filter(evening=seat.evening_id).last()
    form = WatchedForm(request.POST, moment=drawn.made_at if drawn else timezone.now())
    if not form.is_valid():
        sitting = look(request, seat.evening.key)
        if sitting is None:
            return closed(request)
        return render(request, "reviews/evening.html", page(request, sitting) | {"form": form}, status=422)
    log_evening(seat=seat, **form.line())
    return _("It is in your diary.")


@at_the_table
def leave(request: PageRequest, seat: Seat) -> HttpResponse:
    leave_evening(seat=seat)
    messages.success(request, _("You have left the evening. What you named is forgotten."))
    return redirect("reviews:tonight" if seat.member_id else "reviews:home")


@at_the_table
def remove(request: PageRequest, seat: Seat, number: int) -> None:
    """The host asks somebody to leave."""
    if seat.member is None:
        raise PermissionDenied(_("Only the host asks somebody to leave."))
    show_out(member=seat.member, seat=get_object_or_404(Seat, evening=seat.evening_id, number=number))


@login_required
@at_the_table
def end(request: MemberRequest, seat: Seat) -> HttpResponse:
    end_evening(member=request.user, evening=seat.evening)
    messages.success(request, _("The evening is over. What somebody logged stays in their diary."))
    return redirect("reviews:tonight")
