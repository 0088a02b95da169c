"""Addresses for the players that members have at home: made, changed, made anew and removed."""

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.legible import one_line
from accounts.models import User
from accounts.models.token import digest
from reviews.models import Player, Visibility
from reviews.models.player import LONGEST_NAME, LONGEST_USER_NAME, new_secret, time_zones

MOST_PLAYERS: Final = 10


@transaction.atomic
def make_player(
    *, member: User, name: str, user_name: str = "", visibility: str = Visibility.PUBLIC, time_zone: str = ""
) -> tuple[Player, str]:
    """The new player and the secret of its address, which is shown now and never again.

    Raises ValidationError, by field; with the code `most` where the member has as many as there may be.
    """
    said = _checked(name=name, user_name=user_name, visibility=visibility, time_zone=time_zone or settings.TIME_ZONE)
    hold_member(member)  # so that there are never too many
    if Player.objects.filter(member=member).count() >= MOST_PLAYERS:
        raise ValidationError(
            _("You have %(most)d players already. Remove one that you no longer use.") % {"most": MOST_PLAYERS},
            code="most",
        )
    _refuse_same_name(member, said["name"])
    secret = new_secret()
    return Player.objects.create(member=member, digest=digest(secret), **said), secret


@transaction.atomic
def change_player(*, member: User, player: Player, **said: str) -> Player:
    """Of `name`, `user_name`, `visibility` and `time_zone` those that are given. It counts for what is heard later.

    Raises ValidationError, by field.
    """
    kept = {name: getattr(player, name) for name in ("name", "user_name", "visibility", "time_zone")}
    checked = _checked(**{**kept, **said})
    locked = _hold(member, player)
    _refuse_same_name(member, checked["name"], but=locked)
    for name, value in checked.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(checked))
    return locked


@transaction.atomic
def renew_address(*, member: User, player: Player) -> str:
    """Another secret, shown now and never again. The old address leads nowhere from now on."""
    locked, secret = _hold(member, player), new_secret()
    locked.digest = digest(secret)
    locked.save(update_fields=["digest"])
    return secret


@transaction.atomic
def remove_player(*, member: User, player: Player) -> None:
    """Its address leads nowhere any more. What it wrote stays in the diary."""
    hold_member(member)
    Player.objects.filter(member=member, pk=player.pk).delete()


def _hold(member: User, player: Player) -> Player:
    hold_member(member)
    locked = Player.objects.select_for_update(no_key=True).get(pk=player.pk)
    if locked.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s player."))
    locked.member = member
    return locked


def _checked(**said: Any) -> dict[str, str]:
    name, user_name = one_line(said["name"]), one_line(said["user_name"])
    wrong = {}
    if not name:
        wrong["name"] = _("Give the player a name, so that you know it again.")
    elif len(name) > LONGEST_NAME:
        wrong["name"] = _("Shorten the name to %(most)d characters or fewer.") % {"most": LONGEST_NAME}
    if len(user_name) > LONGEST_USER_NAME:
        wrong["user_name"] = _("Shorten the name to %(most)d characters or fewer.") % {"most": LONGEST_USER_NAME}
    if said["visibility"] not in Visibility.values:
        wrong["visibility"] = _("Choose who can see this.")
    if said["time_zone"] not in time_zones():
        wrong["time_zone"] = _("Choose a time zone from the list, such as Europe/Berlin.")
    if wrong:
        raise ValidationError(wrong)
    return said | {"name": name, "user_name": user_name}


def _refuse_same_name(member: User, name: str, but: Player | None = None) -> None:
    others = Player.objects.filter(member=member).alias(lower=Lower("name")).filter(lower=Lower(Value(name)))
    if others.exclude(pk=but.pk if but else 0).exists():
        raise ValidationError({"name": _("Another player of yours has this name. Choose another.")})
