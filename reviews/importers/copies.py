"""What files say of copies that somebody owns, as the circumstances of their rows: `kind`, `cut`, `details`, `since` (a
year or a day), `lent_to`, `lent_on` and `created_at`, all text, empty where the file does not say it.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.legible import one_line
from reviews.days import could_be_watched
from reviews.importers.found import storable
from reviews.importers.tables import day_in, instant_in
from reviews.models.owned_copy import LONGEST_DETAILS, LONGEST_NAME, CopyKind
from reviews.models.viewing import Cut
from reviews.owning import since_in

type Record = Mapping[str, Any]

# What Trakt calls kinds that have no name of their own here: it stands where the copy's details do.
TRAKT: Final = {
    "laserdisc": "LaserDisc", "hddvd": "HD DVD", "vcd": "Video CD", "betamax": "Betamax", "digital": CopyKind.DIGITAL,
    "bluray": CopyKind.BLU_RAY, "dvd": CopyKind.DVD, "vhs": CopyKind.VHS,
}  # fmt: skip


def copy_in(one: Record) -> dict[str, str]:
    """Of a copy as our own file has it. What has no word here is something else, and a wrong day is none."""
    kind, cut = str(one.get("kind") or ""), str(one.get("cut") or "")
    lent_to = _line(one.get("lent_to"), LONGEST_NAME)
    begun = instant_in(one.get("created_at"))
    return {
        "kind": kind if kind in CopyKind.values else CopyKind.OTHER.value,
        "cut": cut if cut in Cut.values else "",
        "details": _line(one.get("details"), LONGEST_DETAILS),
        "since": _since(str(one.get("since") or "")),
        "lent_to": lent_to,
        "lent_on": _day(str(one.get("lent_on") or "")) if lent_to else "",
        "created_at": begun.isoformat() if begun else "",
    }


def copy_at_trakt(one: Record) -> dict[str, str]:
    """Of an entry of a collection there, which has been in it since `collected_at`."""
    said: Any = one.get("metadata") if isinstance(one.get("metadata"), dict) else {}
    named = TRAKT.get(str(said.get("media_type") or ""), CopyKind.OTHER)
    kind = named if isinstance(named, CopyKind) else CopyKind.OTHER
    if kind == CopyKind.BLU_RAY and said.get("resolution") == "uhd_4k":
        kind = CopyKind.UHD
    at = instant_in(one.get("collected_at"))
    return copy_in({
        "kind": kind.value,
        "details": "" if isinstance(named, CopyKind) else named,
        "since": timezone.localtime(at).date().isoformat() if at else "",
        "created_at": one.get("collected_at"),
    })  # fmt: skip


def _line(said: object, most: int) -> str:
    return one_line(storable(str(said or "")))[:most].strip()


def _day(said: str) -> str:
    day = day_in(said)
    return day.isoformat() if day is not None and could_be_watched(day) else ""


def _since(said: str) -> str:
    try:
        since_in(said)
    except ValidationError:
        return ""
    return said.strip()
