"""How facts and their changes are said to people: names for codes, days as days, of long lists only what differs."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from films.models import AccessFeature, Availability, Award, ContentNote, Country, Language, Release
from films.record import TERMS, Json
from films.sums import in_full

DASH: Final = "–"
CHOICES: Final[dict[tuple[str, str], Any]] = {
    ("releases", "kind"): Release.Kind,
    ("availability", "kind"): Availability.Kind,
    ("awards", "outcome"): Award.Outcome,
}
NAMED: Final[dict[str, Any]] = {
    "countries": Country,
    "languages": Language,
    "content_notes": ContentNote,
    "access_features": AccessFeature,
}
# Columns that are known by another list's codes.
CODED: Final = {"country": "countries", "language": "languages"}
DAYS: Final = frozenset({"release_date", "released_on", "starts_on", "ends_on", "as_of"})
MONEY: Final = frozenset({"budget", "box_office"})
UNSAID: Final = frozenset({"person", "film"})
# In which order a row is said, wherever it was kept: the database sorts the names of stored ones by their length.
ORDER: Final = (
    "title", "name", "service", "award", "category", "year", "outcome", "artist", "people", "lost_to", "value", "scale",
    "votes", "as_of", "character", "detail", "scene", "part", "country", "language", "kind", "released_on",
    "certificate", "starts_on", "ends_on", "note", "url",
)  # fmt: skip
PLACES: Final = {name: place for place, name in enumerate(ORDER)}


@dataclass(frozen=True)
class Difference:
    """What a change took away and what it brought, a sentence a row; and how many rows it left alone."""

    before: list[str]
    after: list[str]
    same: int = 0


class Teller:
    """Says values in words. It asks for the names of countries and the like once; make one for a page."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, str]] = {}

    def words(self, key: str, value: Json) -> str:
        """The whole value in one line; an empty one is a dash."""
        return "; ".join(self.rows(key, value)) or DASH

    def rows(self, key: str, value: Json) -> list[str]:
        """A line for each row of the value; none for an empty one."""
        group = key.partition(".")[0]
        if value in (None, "", [], {}):
            return []
        if group in TERMS:
            return [self._name(group, code) for code in value]
        return [self._row(group, row) for row in (value if isinstance(value, list) else [value])]

    def difference(self, key: str, before: Json, after: Json) -> Difference:
        old, new = self.rows(key, before), self.rows(key, after)
        shared = Counter(old) & Counter(new)
        if not shared or old == new:
            return Difference(old, new)
        gone, come = _without(old, shared), _without(new, shared)
        if not gone and not come:
            return Difference(old, new)  # the same rows in another order
        return Difference(gone, come, shared.total())

    def _name(self, group: str, code: Json) -> str:
        if group not in NAMED:
            return str(code)
        if group not in self._names:
            self._names[group] = {
                str(row[0]): row[1] for row in NAMED[group].objects.values_list(TERMS[group], "name")
            }  # fmt: skip
        return self._names[group].get(str(code), str(code))

    def _row(self, group: str, row: Json) -> str:
        if not isinstance(row, dict):
            return _day(row) if group in DAYS else in_full(row) if group in MONEY else str(row)
        names = sorted(row.keys() - UNSAID, key=lambda name: PLACES.get(name, len(PLACES)))
        said = [self._part(group, name, row[name]) for name in names if row[name] not in (None, "", [])]
        if group == "scores":
            said[:2] = [" ".join(said[:2])]  # "92 of 100"
        return ", ".join(said)

    def _part(self, group: str, name: str, value: Json) -> str:
        if (group, name) in CHOICES:
            return str(CHOICES[group, name](value).label)
        if name in CODED:
            return self._name(CODED[name], value)
        words = _day(value) if name in DAYS else ", ".join(value) if isinstance(value, list) else str(value)
        return PHRASES[name](words) if name in PHRASES else words


def _without(rows: list[str], shared: Counter[str]) -> list[str]:
    left, kept = shared.copy(), []
    for row in rows:
        if left[row] > 0:
            left[row] -= 1
        else:
            kept.append(row)
    return kept


def _day(value: Json) -> str:
    try:
        return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
    except ValueError:
        return str(value)


PHRASES: Final[dict[str, Callable[[str], str]]] = {
    "starts_on": lambda day: _("from %(day)s") % {"day": day},
    "ends_on": lambda day: _("until %(day)s") % {"day": day},
    "as_of": lambda day: _("on %(day)s") % {"day": day},
    "lost_to": lambda film: _("lost to %(film)s") % {"film": film},
    "part": lambda number: _("part %(number)s") % {"number": number},
    "scale": lambda scale: _("of %(scale)s") % {"scale": scale},
    "votes": lambda number: ngettext("%(number)s vote", "%(number)s votes", int(number)) % {"number": number},
    "character": lambda name: _("as %(name)s") % {"name": name},
    "artist": lambda name: _("by %(name)s") % {"name": name},
}
