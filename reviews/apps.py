from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from accounts.backends import KNOWN_AT_THE_DOOR  # models are not loaded yet when this module is
        from reviews.elsewhere import has_follows_elsewhere
        from reviews.guidance import cautions
        from reviews.house import notices_away
        from reviews.notices import has_unread
        from reviews.quiet import has_film_mutes

        KNOWN_AT_THE_DOOR["has_unread"] = has_unread
        KNOWN_AT_THE_DOOR["mutes_films"] = has_film_mutes
        if settings.FEDERATION:
            KNOWN_AT_THE_DOOR["follows_afar"] = has_follows_elsewhere
        KNOWN_AT_THE_DOOR["notices_away"] = notices_away
        KNOWN_AT_THE_DOOR["cautioned"] = cautions
        post_migrate.connect(_ensure_groups, sender=self, dispatch_uid="groups of the staff")


def _ensure_groups(**told: Any) -> None:
    """Permissions are rows that exist only after a migration, so the groups are made then."""
    from accounts.groups import ensure_groups

    ensure_groups()
