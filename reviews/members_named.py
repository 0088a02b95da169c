"""The members whom a text names: `@ana` where there is an Ana."""

from collections.abc import Iterable

from django.db.models import Value
from django.db.models.functions import Upper

from accounts.models import User


class Naming:
    """Handed to `markup.render` as its `mentions`; knows afterwards whom the text names."""

    def __init__(self) -> None:
        self.members: list[User] = []

    def __call__(self, names: Iterable[str]) -> dict[str, str]:
        found = members_called(names)
        self.members = list({member.pk: member for member in found.values()}.values())
        return {name: member.get_absolute_url() for name, member in found.items()}


def members_called(names: Iterable[str]) -> dict[str, User]:
    """The members of these names, in small letters, or who had them before. One query, none for no names."""
    wanted = {name.upper() for name in names}
    if not wanted:
        return {}
    active = User.objects.active()
    now = active.annotate(called=Upper("username"), was=Value(0)).filter(called__in=wanted)
    before = active.annotate(called=Upper("former_usernames__username"), was=Value(1)).filter(called__in=wanted)
    return {member.called.lower(): member for member in now.union(before).order_by("-was")}
