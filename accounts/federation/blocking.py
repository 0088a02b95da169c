"""Servers that the people who run the house take nothing from, and send nothing to."""

import csv
import re
from collections.abc import Iterable
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.federation.naming import host_here
from accounts.models import Inbox, ServerBlock, User
from accounts.models.elsewhere import below, names_above

DOMAIN: Final = re.compile(r"(?=.{1,253}$)(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
# What Mastodon's list of domains calls its columns, and what it does there that is a block here.
NAME, HOW, WHY = "#domain", "#severity", "#public_comment"
MOST_ROWS: Final = 20_000


def checked_domain(said: str) -> str:
    """The name of a server as it is stored. Raises ValidationError by field for what is none, and for this site's."""
    name = said.strip().lower().removeprefix("https://").strip("/.")
    if not DOMAIN.fullmatch(name):
        raise ValidationError({"domain": [_("Write the name of a server, such as example.org.")]})
    if name in names_above(host_here()):
        raise ValidationError({"domain": [_("This is the name of this site itself.")]})
    return name


@transaction.atomic
def block_server(*, moderator: User, domain: str, reason: str) -> ServerBlock:
    """All that is known of it and of all below its name goes at once. Raises ValidationError by field.

    Whoever followed from there is not told: nothing is sent there any more.
    """
    _require_may_block(moderator)
    name = checked_domain(domain)
    said = {"reason": reason.strip()[:300], "by": moderator}
    made = ServerBlock.objects.get_or_create(domain=name, defaults=said)[0]
    Inbox.objects.filter(below([name])).delete()  # and with each who is there, and what they did
    return made


@transaction.atomic
def unblock_server(*, moderator: User, block: ServerBlock) -> None:
    """It may speak again; nothing of before comes back."""
    _require_may_block(moderator)
    ServerBlock.objects.filter(pk=block.pk).delete()


def listed(lines: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """What a list names, each with the reason that it gives: one name a line, or Mastodon's export of blocked domains
    (CSV), of which what is only limited there is left out. And what of it is no name of a server.

    Raises ValidationError for more than MOST_ROWS.
    """
    rows = list(csv.reader(lines))[: MOST_ROWS + 1]
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("A list has at most %(most)d lines.") % {"most": MOST_ROWS})
    head = [name.strip() for name in rows[0]] if rows else []
    places = {name: place for place, name in enumerate(head)} if NAME in head else {NAME: 0}
    found: dict[str, str] = {}
    wrong = []
    for row in rows[NAME in head :]:
        said = {name: row[place].strip() for name, place in places.items() if place < len(row)}
        if not said.get(NAME) or said.get(HOW, "suspend") not in {"suspend", ""}:
            continue
        try:
            found[checked_domain(said[NAME])] = said.get(WHY, "")
        except ValidationError:
            wrong.append(said[NAME])
    return found, wrong


def _require_may_block(moderator: User) -> None:
    if not moderator.has_perm("accounts.add_serverblock"):
        raise PermissionDenied(_("Only the people who run this house block servers."))
