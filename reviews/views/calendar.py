"""What comes out: the calendar as a page and as a file to subscribe to, and what a member chooses for their own."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.freshness import by_tag
from accounts.identity import absolute
from accounts.requests import MemberRequest
from accounts.views.keeping import kept_page
from accounts.views.posting import posted_from
from config.freshness import ANY
from config.keeping import Tags
from films.freshness import tag_of
from films.models import Release
from films.paging import Run
from reviews.actions.calendar import choose_calendar, end_calendar_address, make_calendar_address
from reviews.calendar_forms import CalendarForm
from reviews.house import house_of
from reviews.ical import Event, calendar
from reviews.leaving import with_watchlist
from reviews.models import CalendarChoice
from reviews.pages import page_of, unless_known
from reviews.releases import (
    BY_DAY,
    Asked,
    By,
    Show,
    by_day,
    choice_of,
    countries,
    how_out,
    most_wanted,
    releases,
)
from reviews.screenings import on_days

A_PAGE: Final = 60
AN_HOUR: Final = 3600
# Of a calendar to subscribe to: how far it goes back and ahead, and how much is in it.
BACK: Final = timedelta(days=60)
AHEAD: Final = timedelta(days=730)
MOST_EVENTS: Final = 500


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    viewer, today, notices = request.user, timezone.localdate(), list[str]()
    said = Asked.read(request.GET, viewer, notices)
    for notice in notices:
        messages.info(request, notice)

    def make() -> tuple[dict[str, Any], Tags]:
        choice = choice_of(viewer)
        asked = said.at_home(choice)
        period = asked.period
        rows = with_watchlist(releases(asked, period.first, period.last, viewer), viewer)
        if asked.show == Show.WANTED:
            page: dict[str, Any] = {"rows": most_wanted(rows)}
        else:
            page = page_of(request, rows, size=A_PAGE, runs=(Run(BY_DAY, descending=False),))
        # The house shows a film in no country and by no way, so whoever narrows these down asks for something else.
        shows_films = house_of(request).screens_for(viewer)
        at_home = shows_films and not asked.kinds and not asked.country and not page.get("previous_url")
        # Which films are the most wanted, any mark on any of them may change.
        tags = (
            (ANY,) if asked.show == Show.WANTED else (by_tag(viewer.pk), *(tag_of(row.film_id) for row in page["rows"]))
        )
        return page | {
            "asked": asked,
            "choice": choice,
            "period": period,
            "days": by_day(page["rows"]),
            "today": today,
            "shows_films": shows_films,
            "screenings": on_days(period.first, period.last, viewer) if at_home else [],
            "countries": countries(),
            "shows": [(name, asked.address(show=word), word == asked.show) for word, name in said.shows(viewer)],
            "spans": [(name, asked.address(by=word), word == asked.by) for word, name in By.choices],
            "everything_url": asked.address(show=Show.ALL),
            "earlier_url": asked.address(day=period.earlier) if period.earlier else "",
            "later_url": asked.address(day=period.later) if period.later else "",
            "now_url": "" if period.first <= today <= period.last else asked.address(day=None),
        }, tags  # fmt: skip

    return kept_page(request, "reviews/calendar.html", make, today)


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """One all-day event for each day on which one of the most wanted films comes out."""
    today, asked = timezone.localdate(), Asked.read(request.GET, None, [])
    rows = most_wanted(releases(asked, today - BACK, today + AHEAD, None), MOST_EVENTS)
    response = _as_file(request, _("Films that come out · %(site)s") % {"site": settings.SITE_NAME}, rows)
    # The days themselves change at midnight.
    midnight = timezone.make_aware(datetime.combine(today, time()))
    response["Last-Modified"] = http_date(max([midnight, *(row.film.updated_at for row in rows)]).timestamp())
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return unless_known(request, response)


@require_safe
def own_file(request: HttpRequest, secret: str) -> HttpResponse:
    """A member's watchlist, at an address that nobody else knows; of their country, where they chose one."""
    choice = CalendarChoice.objects.at(secret).select_related("member").first()
    if choice is None:
        raise Http404(_("There is no such calendar. Make another address on the page of your calendar."))
    today, asked = timezone.localdate(), Asked(show=Show.WATCHLIST).at_home(choice)
    rows = releases(asked, today - BACK, today + AHEAD, choice.member).order_by(*BY_DAY)[:MOST_EVENTS]
    name = _("Films on your watchlist · %(site)s") % {"site": settings.SITE_NAME}
    response = _as_file(request, name, list(rows))
    patch_cache_control(response, private=True, max_age=AN_HOUR)
    response["X-Robots-Tag"] = "noindex"
    return unless_known(request, response)


def _as_file(request: HttpRequest, name: str, rows: list[Release]) -> HttpResponse:
    everything = _("All that comes out: %(address)s") % {"address": settings.SITE_URL + reverse("films:calendar")}
    written = calendar(name, (event_of(row, everything) for row in rows)).encode()
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return response


def event_of(row: Release, everything: str) -> Event:
    """The same event for ever, as long as film, country, way and day are the same."""
    day: date = row.released_on  # type: ignore[assignment]  # releases() picks no others
    where = ", ".join(row.country_names)  # type: ignore[attr-defined]  # releases() adds it
    return Event(
        uid=f"release-{row.film_id}-{row.country_id}-{row.kind}-{day:%Y%m%d}"
        f"@{urlsplit(settings.SITE_URL).hostname or 'localhost'}",
        day=day,
        summary=how_out(row),
        description="\n".join(line for line in (where, row.note, everything) if line),
        url=settings.SITE_URL + row.film.get_absolute_url(),
        stamp=row.film.updated_at,
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: MemberRequest) -> HttpResponse:
    """The country, what to hear of, and the address of one's own calendar."""
    if request.method != "POST":
        return _page(request)
    form = CalendarForm(request.POST)
    if form.is_valid():
        try:
            choose_calendar(member=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your choices are kept."))
            return redirect("reviews:calendar_choices")
    return _page(request, form=form)


@login_required
@reauthentication_required
@never_cache
@posted_from("reviews:calendar_choices")
def address(request: MemberRequest) -> HttpResponse:
    """`do=end` ends it; else another is made, and shown once, in the answer."""
    if request.POST.get("do") == "end":
        end_calendar_address(member=request.user)
        messages.success(request, _("That address leads nowhere any more."))
        return redirect("reviews:calendar_choices")
    return _page(request, secret=make_calendar_address(member=request.user))


def _page(request: MemberRequest, *, form: CalendarForm | None = None, secret: str = "") -> HttpResponse:
    choice = choice_of(request.user)
    shown = form or CalendarForm(initial={"country": choice.country_id, "ways": choice.ways} if choice else None)
    context = {
        "form": shown,
        "has_address": bool(choice and choice.digest),
        "address": absolute(reverse("films:own_calendar_file", args=[secret])) if secret else "",
    }
    return render(request, "reviews/calendar_choices.html", context, status=422 if shown.errors else 200)
