"""Members by name."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import Block, Follow, FollowRequest, FormerUsername, Mute, User
from accounts.models.viewer import Viewer


def member_called(username: str, viewer: Viewer) -> User:
    """The member who has this name, whatever its case, or had it. Raises Http404, also where one blocks the other."""
    members = User.objects.active().not_blocking(viewer)
    if found := members.filter(username__iexact=username).first():
        return found
    former = FormerUsername.objects.filter(username__iexact=username).values("member")
    if found := members.filter(pk__in=former).first():
        return found
    raise Http404(_("No member has this name."))


def between(viewer: Any, member: User) -> dict[str, bool] | None:
    """What the viewer is to a member, in one query. None for somebody signed out, and for oneself."""
    if not viewer.is_authenticated or viewer.pk == member.pk:
        return None
    asked = FollowRequest.objects.filter(follower=viewer, followed=OuterRef("pk"))
    back = Follow.objects.filter(follower=OuterRef("pk"), followed=viewer)
    blocks = Block.objects.filter(blocker=viewer, blocked=OuterRef("pk"))
    return (
        User.objects.filter(pk=member.pk)
        .values(
            follow=Follow.by(viewer, "pk"),
            requested=Exists(asked),
            are_followed=Exists(back),
            mute=Mute.by(viewer, "pk"),
            block=Exists(blocks),
        )
        .get()
    )
