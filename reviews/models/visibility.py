from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.sight import is_signed_in, lets_in, lets_in_as_follower


class Visibility(models.TextChoices):
    """Who may see what a member keeps or writes. A private account's "everyone" is its followers."""

    PUBLIC = "public", _("Everyone")
    FOLLOWERS = "followers", _("My followers")
    PRIVATE = "private", _("Only me")


def open_to(viewer: Any) -> models.Q:
    """Rows of this viewer's own, and of others whose `visibility` and account let the viewer in."""
    public = lets_in(viewer) & models.Q(visibility=Visibility.PUBLIC)
    if not is_signed_in(viewer):
        return public
    return models.Q(member=viewer) | public | (lets_in_as_follower(viewer) & models.Q(visibility=Visibility.FOLLOWERS))
