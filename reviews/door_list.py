"""Who comes to a screening, for whoever stands at the door: a page, and a table to take along."""

import csv
from io import StringIO
from typing import Any, Final

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from reviews.models import Coming, Screening

FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out instead of showing it


def at_the_door(screening: Screening) -> dict[str, Any]:
    """Those with a seat by their names, then those who wait in their order. Two queries."""
    rows = Coming.objects.filter(screening=screening).select_related("member")
    seated = list(rows.with_a_seat().order_by(Lower("member__display_name"), Lower("member__username")))
    return {
        "seated": seated,
        "waiting": list(rows.waiting()),
        "people": sum(one.people for one in seated),
    }


def as_table(screening: Screening) -> str:
    """As CSV, with a byte order mark, by which spreadsheets know the encoding."""
    found, written = at_the_door(screening), StringIO()
    table = csv.writer(written)
    table.writerow([_("Name"), _("Username"), _("Guests"), _("People"), _("Waits")])
    for one in [*found["seated"], *found["waiting"]]:
        waits = _("yes") if one.is_waiting else ""
        table.writerow([_plain(one.member.name), one.member.username, one.guests, one.people, waits])
    return f"\ufeff{written.getvalue()}"


def _plain(name: str) -> str:
    return f"'{name}" if name.startswith(FORMULAS) else name
