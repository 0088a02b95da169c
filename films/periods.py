"""Years of films, read from the words of an address."""

import re
from collections.abc import Sequence
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from config.quoting import quoted
from films.models.film import FIRST_YEAR, LAST_YEAR

type Span = tuple[int | None, int | None]
DECADE: Final = 10


def years_of(query: QueryDict, notices: list[str]) -> Span:
    """`year=2017`, `year=1950-1975`, `decade=1990s`, `from=1950` with `to=1975`; of several, the years in all."""
    named = [_named(query.get(name, "").strip(), name, notices) for name in ("year", "decade")]
    ends: list[int | None] = []
    for name in ("from", "to"):
        said = query.get(name, "").strip()
        ends.append(int(said) if is_year(said) else None)
        if said and not is_year(said):
            notices.append(
                _("“%(said)s” is not a year of films. Write four figures, from %(first)d on.")
                % {"said": quoted(said), "first": FIRST_YEAR}
            )
    spans = [*named, span(*ends)]
    if (found := in_all(spans)) is None:
        notices.append(_("These times do not overlap, so only the first of them counts."))
        return next(each for each in spans if each != (None, None))
    return found


def _named(said: str, way: str, notices: list[str]) -> Span:
    found = re.fullmatch(r"(\d{4})(s?)(?:\s*[-–]\s*(\d{4}))?", said, re.ASCII)
    if found and is_year(found[1]) and is_year(found[3] or found[1]):
        first, is_decade = int(found[1]), bool(found[2]) or way == "decade"
        first -= first % DECADE if is_decade else 0
        return span(first, int(found[3] or first + (DECADE - 1 if is_decade else 0)))
    if said:
        notices.append(_("“%(said)s” is not a year of films. Write 2017, 1990s or 1950-1975.") % {"said": quoted(said)})
    return None, None


def in_all(spans: Sequence[Span]) -> Span | None:
    """The years that lie in all of the spans: from the latest beginning to the earliest end. None if there are none."""
    first = max((first for first, _last in spans if first), default=None)
    last = min((last for _first, last in spans if last), default=None)
    return None if first and last and last < first else (first, last)


def is_year(said: str) -> bool:
    return bool(re.fullmatch(r"\d{4}", said, re.ASCII)) and FIRST_YEAR <= int(said) <= LAST_YEAR


def span(first: int | None, last: int | None) -> Span:
    """The earlier year first, or the lower number of anything, whichever way round they were written."""
    return (last, first) if first and last and last < first else (first, last)
