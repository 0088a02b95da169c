from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from config import writes
from config.api import wording


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        writes.watch_connections()
        wording.speak()
