"""Filters in the terms of facets (films/narrowing.py)."""

from decimal import Decimal
from math import ceil
from typing import Final

from django.conf import settings

from films.browse import Filters
from films.facets import LEAST_HALF_STARS
from films.following import MILLION
from films.models.film import FEW_RATINGS, FIRST_YEAR, LAST_YEAR
from films.narrowing import Narrowing, Span, Sql, Words
from films.orders import at_least

CREDITED: Final = "SELECT c.film_id FROM films_credit c WHERE c.person_id = %s"


def narrowing_of(filters: Filters) -> Narrowing:
    return facts(filters).and_(ratings(filters))


def facts(filters: Filters) -> Narrowing:
    """All but what members make of the films."""
    groups: list[Words] = []
    without: list[str] = []
    among: list[Sql] = []
    outside: list[Sql] = []
    for kind, slug in filters.has:
        word = filters.choices.words[kind, slug]
        if kind == "person":
            among.append(Sql(CREDITED, (int(word),)))
        else:
            groups.append((word,))
    for kind, slug in filters.lacks:
        word = filters.choices.words[kind, slug]
        if kind == "person":
            outside.append(Sql(CREDITED, (int(word),)))
        else:
            without.append(word)
    return Narrowing(tuple(groups), tuple(without), tuple(among), tuple(outside)).and_(_measures(filters))


def _measures(filters: Filters) -> Narrowing:
    """Years and running times."""
    groups: list[Words] = []
    spans: list[Span] = []
    first, last = filters.first_year, filters.last_year
    if first or last:
        groups.append(_years(first or FIRST_YEAR, last or LAST_YEAR))
    if filters.length:
        groups.append((f"t{filters.length}",))
    if filters.min_runtime or filters.max_runtime:
        spans.append(Span("runtime_minutes", filters.min_runtime or 0, filters.max_runtime))
    return Narrowing(tuple(groups), spans=tuple(spans))


def _years(first: int, last: int) -> Words:
    """Words of which the films of these years have one, and no other film: of whole decades, and of years besides."""
    words: list[str] = []
    year = first
    while year <= last:
        is_whole = year % 10 == 0 and year + 9 <= last
        words.append(f"d{year}" if is_whole else f"y{year}")
        year += 10 if is_whole else 1
    return tuple(words)


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
    good = Narrowing(((f"r{least}",),) if least else (), spans=(Span("rating_average", ceil(half_stars * MILLION)),))
    return found.and_(good).and_(at_least(enough))
