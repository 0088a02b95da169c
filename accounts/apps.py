from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from config import writes


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        writes.watch_connections()
