from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.follow import Follow
from accounts.models.sight import is_open, is_signed_in, not_apart
from accounts.models.viewer import Viewer


class Visibility(models.TextChoices):
    """Who may see what a member keeps or writes. A private account's "everyone" is its followers."""

    PUBLIC = "public", _("Everyone")
    FOLLOWERS = "followers", _("My followers")
    PRIVATE = "private", _("Only me")


def open_to(viewer: Viewer, member: str = "member", visibility: str = "visibility") -> models.Q:
    """Rows of this viewer's own, and of others whose `visibility` and account let the viewer in.

    By these names the rows know whose they are and who may see them: "review__member" and "review__visibility".
    """
    others = not_apart(viewer, member) & shown_to(viewer, member, visibility)
    return models.Q(**{member: viewer}) | others if is_signed_in(viewer) else others


def shown_to(viewer: Viewer, member: str = "member", visibility: str = "visibility") -> models.Q:
    """The same for a viewer who is neither the member, nor apart from the member."""
    public = models.Q(**{visibility: Visibility.PUBLIC}) & is_open(viewer, member)
    if not is_signed_in(viewer):
        return public
    return public | models.Q(Follow.by(viewer, member), **{visibility: Visibility.FOLLOWERS})


def of_followed(viewer: Any) -> models.Q:
    """What `open_to` shows the viewer of the members whom they follow, to whom a private account is open, too.

    These are found first and what is theirs after them; of the many others none is looked at.
    """
    followed = Follow.objects.filter(not_apart(viewer, "followed"), follower=viewer).values("followed")
    shown = (Visibility.PUBLIC, Visibility.FOLLOWERS)
    return models.Q(member__in=followed, visibility__in=shown)
