from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FilmsConfig(AppConfig):
    name = "films"
    verbose_name = _("Films")

    def ready(self) -> None:
        post_migrate.connect(begin_anew, sender=self)


def begin_anew(**_context: Any) -> None:
    """The log of a database that was restored names transactions of another server: nobody may follow that."""
    from films.actions import faceting

    faceting.begin_anew()
