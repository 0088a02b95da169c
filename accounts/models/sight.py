"""Whom a viewer sees at all: the part of every `visible_to` that is about the writer."""

from typing import Any

from django.db.models import Q

from accounts.models.block import Block
from accounts.models.follow import Follow


def is_signed_in(viewer: Any) -> bool:
    """Also for None, and for whatever stands for nobody."""
    return bool(getattr(viewer, "is_authenticated", False))


def not_apart(viewer: Any, member: str = "member") -> Q:
    """The member (a foreign key of that name) is not suspended, and neither blocks the other."""
    here = Q(**{f"{member}__is_active": True})
    return here & ~Q(Block.between(viewer, member)) if is_signed_in(viewer) else here


def lets_in(viewer: Any, member: str = "member") -> Q:
    """The viewer may read what the member shows to everybody: a private account shows it to its followers only."""
    return not_apart(viewer, member) & is_open(viewer, member)


def is_open(viewer: Any, member: str = "member") -> Q:
    """The account is public, or the viewer follows it."""
    public = Q(**{f"{member}__is_private": False})
    return public | Q(Follow.by(viewer, member)) if is_signed_in(viewer) else public
