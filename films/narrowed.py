"""Filters in the terms of facets (films/narrowing.py)."""

from decimal import Decimal
from typing import Final

from django.conf import settings
from django.utils import timezone

from films.browse import Filters
from films.facets import LEAST_HALF_STARS
from films.models.film import FEW_RATINGS, FIRST_YEAR, LAST_YEAR
from films.narrowing import Narrowing, Sql, Words
from films.orders import at_least, of_film

MOST_YEARS: Final = 12  # are asked for one by one, more by their decades
RUNNING: Final = """EXISTS (SELECT 1 FROM films_availability a WHERE a.film_id = s.film_id AND a.service_id = %s
    AND (a.starts_on IS NULL OR a.starts_on <= %s) AND (a.ends_on IS NULL OR a.ends_on >= %s))"""
CREDITED: Final = "SELECT c.film_id FROM films_credit c WHERE c.person_id = %s"


def narrowing_of(filters: Filters) -> Narrowing:
    return facts(filters).and_(ratings(filters))


def facts(filters: Filters) -> Narrowing:
    """All but what members make of the films."""
    groups: list[Words] = []
    without: list[str] = []
    among: list[Sql] = []
    checks: list[Sql] = []
    for kind, slug in filters.has:
        word = filters.choices.words[kind, slug]
        if kind == "person":
            among.append(Sql(CREDITED, (int(word),)))
            continue
        groups.append((word,))
        if kind == "service":
            checks.append(_running(word))
    for kind, slug in filters.lacks:
        word = filters.choices.words[kind, slug]
        if kind == "person":
            checks.append(Sql(f"NOT EXISTS ({CREDITED} AND c.film_id = s.film_id)", (int(word),)))
        elif kind == "service":
            checks.append(Sql(f"NOT {_running(word).text}", _running(word).values))
        else:
            without.append(word)
    return Narrowing(tuple(groups), tuple(without), tuple(among), tuple(checks)).and_(_measures(filters))


def _running(word: str) -> Sql:
    today = timezone.localdate()
    return Sql(RUNNING, (int(word[1:]), today, today))


def _measures(filters: Filters) -> Narrowing:
    """Years and running times."""
    groups: list[Words] = []
    checks: list[Sql] = []
    first, last = filters.first_year, filters.last_year
    if first or last:
        years, exact = _years(first or FIRST_YEAR, last or LAST_YEAR)
        groups.append(years)
        checks += [] if exact else [Sql("s.year BETWEEN %s AND %s", (first or FIRST_YEAR, last or LAST_YEAR))]
    if filters.length:
        groups.append((f"t{filters.length}",))
    checks += [Sql("s.runtime_minutes >= %s", (filters.min_runtime,))] if filters.min_runtime else []
    checks += [Sql("s.runtime_minutes <= %s", (filters.max_runtime,))] if filters.max_runtime else []
    return Narrowing(tuple(groups), checks=tuple(checks))


def _years(first: int, last: int) -> tuple[Words, bool]:
    """Words of which the films of these years have one, and whether no other film does."""
    if first % 10 == 0 and last == first + 9:
        return (f"d{first}",), True
    if last - first < MOST_YEARS:
        return tuple(f"y{year}" for year in range(first, last + 1)), True
    return tuple(f"d{year}" for year in range(first // 10 * 10, last + 1, 10)), first % 10 == 0 and last % 10 == 9


def ratings(filters: Filters) -> Narrowing:
    """What members gave. A film that is covered from a reader must not be found by this."""
    found = at_least(filters.min_ratings) if filters.min_ratings else Narrowing()
    if not filters.min_rating:
        return found
    half_stars = Decimal(filters.min_rating) * 2  # the average is kept in half-stars
    enough = max(1, settings.RATINGS_FOR_AVERAGE)
    known = (least for least in LEAST_HALF_STARS if least <= half_stars and enough >= FEW_RATINGS)
    least = max(known, default=None)
    if least == half_stars and enough == FEW_RATINGS:
        return found.and_(Narrowing(((f"r{least}",),)))
    good = Narrowing(((f"r{least}",),) if least else (), checks=(of_film("f.rating_average >= %s", half_stars),))
    return found.and_(good).and_(at_least(enough))
