"""RSS of what comes out: a line a film, way out and day."""

from datetime import datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from films.models import Release
from reviews.feeds import MOST, HouseFeed
from reviews.releases import Asked, how_out, most_wanted, releases

BACK: Final = timedelta(days=7)
AHEAD: Final = timedelta(days=30)


class CalendarFeed(HouseFeed):
    """The most wanted films that come out within a month, of one country or way where the address asks for it."""

    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest) -> Asked:
        return Asked.read(request.GET, None, [])

    def title(self) -> str:
        return _("Films that come out · %(site)s") % {"site": settings.SITE_NAME}

    def description(self) -> str:
        return _("What comes out within a month, of the films that the most members want to see.")

    def link(self) -> str:
        return settings.SITE_URL + reverse("films:calendar")

    def feed_url(self, asked: Asked) -> str:  # type: ignore[override]  # Django passes the object to whoever takes it
        return settings.SITE_URL + reverse("films:calendar_feed") + asked.query

    def items(self, asked: Asked) -> list[Release]:
        today = timezone.localdate()
        return most_wanted(releases(asked, today - BACK, today + AHEAD, None), 3 * MOST)

    def item_title(self, item: Release) -> str:
        return how_out(item)

    def item_description(self, item: Release) -> str:
        where = ", ".join(item.country_names)  # type: ignore[attr-defined]  # releases() adds it
        day = date_format(item.released_on, "DATE_FORMAT")  # type: ignore[arg-type]  # releases() picks no others
        return _("%(day)s: %(countries)s") % {"day": day, "countries": where}

    def item_link(self, item: Release) -> str:
        return settings.SITE_URL + item.film.get_absolute_url()

    def item_guid(self, item: Release) -> str:
        return f"{self.item_link(item)}#{item.country_id}-{item.kind}-{item.released_on}"

    def item_pubdate(self, item: Release) -> datetime:
        """When it came into the feed."""
        assert item.released_on is not None  # releases() picks no others
        return timezone.make_aware(datetime.combine(item.released_on - AHEAD, time()))

    def item_updateddate(self, item: Release) -> datetime:
        return self.item_pubdate(item)
