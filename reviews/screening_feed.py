"""RSS of what the house shows: what was announced last comes first."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import markup
from reviews.feeds import MOST, HouseFeed
from reviews.models import Screening
from reviews.screenings import with_cards

BETWEEN: Final = "\n"


class ScreeningsFeed(HouseFeed):
    """What everybody may come to."""

    page = "reviews:screenings_feed"

    def title(self) -> str:
        return _("Screenings · %(site)s") % {"site": settings.SITE_NAME}

    def description(self) -> str:
        return _("What the house shows, where and when.")

    def link(self) -> str:
        return settings.SITE_URL + reverse("reviews:screenings")

    def items(self) -> list[Screening]:
        return with_cards(list(Screening.objects.visible_to(None).order_by("-published_at", "-id")[:MOST]))

    def item_title(self, item: Screening) -> str:
        if item.is_called_off:
            return _("Called off: %(screening)s") % {"screening": item}
        return str(item)

    def item_description(self, item: Screening) -> str:
        words = markup.excerpt(item.words, kind="article") if item.words else ""
        return BETWEEN.join(filter(None, (item.called_off_because, f"{item.when}, {item.place}", words)))

    def item_updateddate(self, item: Screening) -> datetime:
        return item.updated_at
