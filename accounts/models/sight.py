"""Whom a viewer sees at all: the part of every `visible_to` that is about the writer."""

from typing import TYPE_CHECKING, TypeGuard

from django.db.models import Q

from accounts.models.block import Block
from accounts.models.follow import Follow
from accounts.models.viewer import Viewer

if TYPE_CHECKING:
    from accounts.models.user import User


def is_signed_in(viewer: Viewer) -> "TypeGuard[User]":
    """Whether it is a member who looks. Whatever else stands in for nobody is no member either."""
    return bool(getattr(viewer, "is_authenticated", False))


def not_apart(viewer: Viewer, member: str = "member") -> Q:
    """The member (a foreign key of that name) is not suspended, and neither blocks the other."""
    here = Q(**{f"{member}__is_active": True})
    return here & ~Q(Block.between(viewer, member)) if is_signed_in(viewer) else here


def lets_in(viewer: Viewer, member: str = "member") -> Q:
    """The viewer may read what the member shows to everybody: a private account shows it to its followers only."""
    return not_apart(viewer, member) & is_open(viewer, member)


def is_open(viewer: Viewer, member: str = "member") -> Q:
    """The account is public, or the viewer follows it."""
    public = Q(**{f"{member}__is_private": False})
    return public | Q(Follow.by(viewer, member)) if is_signed_in(viewer) else public
