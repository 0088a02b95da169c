"""What the house shows: the programme by month, a page for each screening, calendars, and what members say there."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from config import kept_pages
from films.addresses import film_at
from reviews import markup
from reviews.actions.coming import come, log_screened, step_back
from reviews.ical import Event, calendar
from reviews.marks import attach_marks
from reviews.models import Coming, Screening
from reviews.notes import draw_notes, place_of, places_of
from reviews.pages import page_of, unless_known
from reviews.screening_forms import ComingForm
from reviews.screenings import (
    OVER,
    REVIEWS_SHOWN,
    TO_COME,
    by_month,
    named_at,
    next_changes,
    own_word,
    programme_of,
    reviews_from,
    screening_facts,
    verdicts_on,
    with_cards,
)

A_PAGE: Final = 24
AN_HOUR: Final = 3600
# Of the calendar to subscribe to: how far it goes back, and how much is in it.
BACK: Final = timedelta(days=60)
MOST_EVENTS: Final = 500


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    rows = Screening.objects.visible_to(request.user).defer("words", "words_html")
    page = page_of(request, rows, size=A_PAGE, runs=(TO_COME, OVER))
    months = by_month(with_cards(page["rows"]))
    for ends in (row.ends_at for row in page["rows"] if not row.is_over):
        kept_pages.true_until(request, ends)
    return render(request, "reviews/screenings.html", page | {
        "coming": [month for month in months if not month.is_over],
        "past": [month for month in months if month.is_over],
    })  # fmt: skip


def visible_screening(request: HttpRequest, number: int) -> Screening:
    """Somebody who may change it sees it before its time. Raises Http404."""
    may_edit = request.user.is_staff and request.user.has_perm("reviews.change_screening")
    rows = Screening.objects.all() if may_edit else Screening.objects.visible_to(request.user)
    return get_object_or_404(rows, pk=number)


@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    return page(request, visible_screening(request, number))


def page(request: HttpRequest, screening: Screening, form: ComingForm | None = None) -> HttpResponse:
    viewer = request.user
    mine, shown = own_word(screening, viewer), programme_of(screening, viewer)
    screening._prefetched_objects_cache = {"programme": shown}  # type: ignore[attr-defined]  # what it is called after
    films = [each.film for each in shown]
    attach_marks(viewer, films)
    for moment in next_changes(screening):
        kept_pages.true_until(request, moment)
    was = screening.is_over and not screening.is_called_off
    context: dict[str, Any] = {
        "screening": screening,
        "shown": shown,
        "lead": films[0] if films else None,
        "words": screening.words_html,
        "says": f"{screening.when}, {screening.place}",
        "facts": screening_facts(screening, shown),
        "mine": mine,
        "form": form or ComingForm.of(mine),
        "named": named_at(screening, viewer),
        "has_seat": mine is not None and not mine.is_waiting,
        "verdicts": verdicts_on(screening, films, viewer) if was else [],
        "notes": notes_from(screening, viewer) if was else [],
    }
    return render(request, "reviews/screening.html", context, status=422 if form is not None else 200)


def notes_from(screening: Screening, viewer: Any) -> list[Any]:
    rows = places_of(reviews_from(screening, viewer), viewer).best_liked()[:REVIEWS_SHOWN]
    return list(draw_notes(viewer, map(place_of, rows)).values())


@login_required
@posted_from("reviews:screening", "number")
def word(request: MemberRequest, number: int) -> HttpResponse:
    """`do=back`: one cannot come after all. Else one comes, with so many guests."""
    screening = visible_screening(request, number)
    if request.POST.get("do") == "back":
        step_back(member=request.user, screening=screening)
        messages.success(request, _("You are off the list."))
        return redirect(f"{screening.get_absolute_url()}#you")
    form = ComingForm(request.POST)
    if form.is_valid():
        try:
            mine = come(member=request.user, screening=screening, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, said_of(mine))
            return redirect(f"{screening.get_absolute_url()}#you")
    return page(request, screening, form)


def said_of(mine: Coming) -> str:
    if mine.is_waiting:
        return _("You are on the waiting list. You hear of it when a seat is free.")
    return _("You are in.")


@login_required
@posted_from("reviews:screening", "number")
def log(request: MemberRequest, number: int) -> HttpResponse:
    """One film of it into the member's diary, in one tap."""
    screening = visible_screening(request, number)
    film = film_at(request.POST.get("film", ""))
    try:
        log_screened(member=request.user, film=film, screening=screening)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("%(film)s is in your diary.") % {"film": film})
    return redirect(f"{screening.get_absolute_url()}#you")


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """What everybody may come to, to subscribe to; what was called off stays in it, so that calendars know."""
    rows = Screening.objects.visible_to(None).filter(starts_at__gt=timezone.now() - BACK)
    found = with_cards(list(rows.order_by("starts_at", "id")[:MOST_EVENTS]))
    name = _("Screenings · %(site)s") % {"site": settings.SITE_NAME}
    response = _as_file(request, name, found, "screenings")
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return unless_known(request, response)


@require_safe
def own_file(request: HttpRequest, number: int) -> HttpResponse:
    """One of them, to put into one's calendar."""
    screening = Screening.objects.visible_to(request.user).filter(pk=number).first()
    if screening is None:
        raise Http404
    rows = with_cards([screening])
    response = _as_file(request, str(screening), rows, f"screening-{number}")
    patch_cache_control(response, private=True, max_age=0)
    return unless_known(request, response)


def _as_file(request: HttpRequest, name: str, rows: Iterable[Screening], file: str) -> HttpResponse:
    written = calendar(name, map(event_of, rows)).encode()
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return response


def event_of(screening: Screening) -> Event:
    """The same event for ever, whenever it is."""
    because = screening.called_off_because
    price = screening.price
    words = markup.excerpt(screening.words, kind="article") if screening.words else ""
    return Event(
        uid=f"screening-{screening.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}",
        day=screening.day,
        times=(screening.starts_at, screening.ends_at),
        summary=str(screening),
        place=", ".join(filter(None, (screening.place, screening.address))),
        is_off=screening.is_called_off,
        description="\n".join(line for line in (because, words, price) if line),
        url=settings.SITE_URL + reverse("reviews:screening", args=[screening.pk]),
        stamp=screening.updated_at,
    )
