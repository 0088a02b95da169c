"""What leaves soon: the page, and the calendar to subscribe to."""

from datetime import datetime, time
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.freshness import by_tag
from accounts.views.keeping import kept_page
from config.keeping import Tags
from films.freshness import tag_of
from films.models import Availability
from films.paging import Run
from reviews.ical import Event, calendar
from reviews.leaving import Wanted, choices, last_day_of, leaving, leaving_this_week, with_watchlist
from reviews.pages import page_of, unless_known

A_PAGE: Final = 36
MOST_EVENTS: Final = 1000
AN_HOUR: Final = 3600
KEYS: Final = ("ends_on", "id")
WATCHLIST_FIRST: Final = (
    Run(KEYS, descending=False, where=Q(on_watchlist=True)),
    Run(KEYS, descending=False, where=Q(on_watchlist=False)),
)


@require_safe
def leaving_soon(request: HttpRequest) -> HttpResponse:
    viewer, wanted = request.user, Wanted.read(request.GET)
    runs = WATCHLIST_FIRST if viewer.is_authenticated else (Run(KEYS, descending=False),)

    def make() -> tuple[dict[str, Any], Tags]:
        offered = choices()
        page = page_of(request, with_watchlist(leaving(wanted), viewer), size=A_PAGE, runs=runs)
        return page | {
            "wanted": wanted,
            "choices": offered,
            "services": offered.services(wanted),
            "yours": [row for row in page["rows"] if row.on_watchlist],
            "others": [row for row in page["rows"] if not row.on_watchlist],
            "this_week": leaving_this_week(viewer),
        }, (by_tag(viewer.pk), *map(tag_of, (row.film_id for row in page["rows"])))

    return kept_page(request, "reviews/leaving.html", make, timezone.localdate())


@require_safe
def leaving_calendar(request: HttpRequest) -> HttpResponse:
    """One all-day event for each film that leaves, on its last day."""
    rows = leaving(Wanted.read(request.GET)).prefetch_related(None).select_related("film", "service")
    rows = rows.defer(*(f"film__{name}" for name in ("synopsis", "search_text")))
    places = list(rows.order_by(*KEYS)[:MOST_EVENTS])
    name = _("Leaving soon · %(site)s") % {"site": settings.SITE_NAME}
    everything = _("Everything that leaves soon: %(address)s") % {
        "address": settings.SITE_URL + reverse("films:leaving_soon")
    }
    written = calendar(name, (event_of(place, everything) for place in places)).encode()
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="leaving-soon.ics"'
    # The list itself changes at midnight.
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    response["Last-Modified"] = http_date(max([midnight, *(place.film.updated_at for place in places)]).timestamp())
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return unless_known(request, response)


def event_of(place: Availability, everything: str) -> Event:
    address = settings.SITE_URL + place.film.get_absolute_url()
    where = ", ".join(place.country_names)  # type: ignore[attr-defined]  # leaving() adds it
    lines = [str(place.get_kind_display()), where, everything]
    return Event(
        uid=f"leaving-{place.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}",
        day=place.ends_on,  # type: ignore[arg-type]  # what leaves has a last day
        summary=last_day_of(place),
        description="\n".join(line for line in lines if line),
        url=address,
        stamp=place.film.updated_at,
    )
