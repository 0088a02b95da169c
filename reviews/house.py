"""The house: the account that holds what the site itself says. Nobody can log in as it or take its name."""

from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User

USERNAME: Final = "house"  # among the names that nobody may choose


def house_account() -> User:
    """The house's account, made when it is first needed. It has no password, no mail and no rights."""
    member = User.objects.named(USERNAME).first()
    if member is None:
        member = User.objects.create_user(
            USERNAME,
            display_name=settings.SITE_NAME[:50],
            bio=_("The house itself. It says what it thinks, like everybody here."),
        )
    return member
