"""Years of films, read from the words of an address."""

import re

from django.http import QueryDict
from django.utils.translation import gettext as _

from config.quoting import quoted
from films.models.film import FIRST_YEAR, LAST_YEAR


def years_of(query: QueryDict, notices: list[str]) -> tuple[int | None, int | None]:
    """`year=2017`, `year=1950-1975`, `decade=1990s`, or `from=1950` with `to=1975`; the first that is there."""
    if said := query.get("year", "").strip() or query.get("decade", "").strip():
        found = re.fullmatch(r"(\d{4})(s?)(?:\s*[-–]\s*(\d{4}))?", said, re.ASCII)
        if found and is_year(found[1]) and is_year(found[3] or found[1]):
            first, is_decade = int(found[1]), bool(found[2]) or not query.get("year", "").strip()
            first -= first % 10 if is_decade else 0
            return span(first, int(found[3] or first + (9 if is_decade else 0)))
        notices.append(_("“%(said)s” is not a year of films. Write 2017, 1990s or 1950-1975.") % {"said": quoted(said)})
    ends: list[int | None] = []
    for name in ("from", "to"):
        said = query.get(name, "").strip()
        ends.append(int(said) if is_year(said) else None)
        if said and not is_year(said):
            notices.append(
                _("“%(said)s” is not a year of films. Write four figures, from %(first)d on.")
                % {"said": quoted(said), "first": FIRST_YEAR}
            )
    return span(*ends)


def is_year(said: str) -> bool:
    return bool(re.fullmatch(r"\d{4}", said, re.ASCII)) and FIRST_YEAR <= int(said) <= LAST_YEAR


def span(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """The earlier year first, or the lower number of anything, whichever way round they were written."""
    return (last, first) if first and last and last < first else (first, last)
