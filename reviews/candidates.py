"""Which films a few people could watch tonight: those that most of them want, and nobody has seen.

One statement, whatever the size of the catalogue: it starts from the watchlists of the people at the table (so many
of each) and from the best known films (so many), and looks at no other film.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from reviews.models import Evening, Seat

ON_THE_SHORTLIST: Final = 12
OF_A_WATCHLIST: Final = 2_000  # the newest
BEST_KNOWN: Final = 3_000

FIND: Final = """
    WITH seat AS (SELECT id, member_id FROM reviews_seat WHERE id = ANY(%(seats)s)),
    wanting AS (
        SELECT seat.id AS seat_id, mark.film_id
          FROM seat CROSS JOIN LATERAL (
               SELECT film_id FROM reviews_mark
                WHERE member_id = seat.member_id AND watchlisted_at IS NOT NULL
                ORDER BY watchlisted_at DESC LIMIT %(of_a_watchlist)s) mark
        UNION
        SELECT seat_id, film_id FROM reviews_pick JOIN seat ON seat.id = seat_id WHERE says = 'want'
    ),
    wanted AS (SELECT film_id, count(*) AS wants FROM wanting GROUP BY film_id),
    known AS (SELECT id FROM films_film ORDER BY popularity DESC, id DESC LIMIT %(best_known)s),
    pool AS (
        SELECT film_id, wants FROM wanted
        UNION ALL
        SELECT id, 0 FROM known WHERE id NOT IN (SELECT film_id FROM wanted)
    ),
    gone AS (
        SELECT film_id FROM reviews_mark JOIN seat USING (member_id)
         WHERE watched_at IS NOT NULL AND film_id IN (SELECT film_id FROM pool)
        UNION ALL
        SELECT film_id FROM reviews_pick JOIN seat ON seat.id = seat_id WHERE says = 'seen'
        UNION ALL
        SELECT film_id FROM reviews_filmmute JOIN seat USING (member_id)
    )
    SELECT id, wants, score FROM (
        SELECT film.id, wants, popularity,
               CASE WHEN rating_count >= %(enough)s THEN round(rating_weighted / 2, 2) END AS score
          FROM pool JOIN films_film film ON film.id = pool.film_id
         WHERE pool.film_id NOT IN (SELECT film_id FROM gone)
           AND (%(minutes)s::int IS NULL OR runtime_minutes <= %(minutes)s)
           AND (release_date IS NULL OR release_date <= %(today)s) AND (year IS NULL OR year <= %(year)s)
           AND (%(services)s::bigint[] = '{}' OR EXISTS (
                SELECT 1 FROM films_availability place
                 WHERE place.film_id = film.id AND service_id = ANY(%(services)s) AND kind IN ('stream', 'free')
                   AND (starts_on IS NULL OR starts_on <= %(today)s) AND (ends_on IS NULL OR ends_on >= %(today)s)
                   AND (%(country)s::text IS NULL OR country_id IS NULL OR country_id = %(country)s)))
    ) found
    ORDER BY wants DESC, CASE WHEN wants > 0 THEN score END DESC NULLS LAST, popularity DESC, id DESC
    LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A film for the shortlist. `score`: weighted, in stars; None where none is shown."""

    film_id: int
    wants: int
    score: Decimal | None


def find_candidates(evening: Evening, most: int = ON_THE_SHORTLIST) -> list[Found]:
    """The most wanted first, then the better, then the better known. Three queries.

    Films longer than the evening's cap are left out, and of unknown length; those on no service that somebody has,
    where anybody said what they have; those not out yet; and those that a member does not want to hear of.
    """
    seats = list(Seat.objects.present().filter(evening=evening).values_list("pk", flat=True))
    services = list(Seat.services.through.objects.filter(seat__in=seats).values_list("service", flat=True).distinct())
    today = timezone.localdate()
    wishes = {
        "seats": seats, "services": services, "minutes": evening.most_minutes, "country": evening.country_id,
        "today": today, "year": today.year, "of_a_watchlist": OF_A_WATCHLIST, "best_known": BEST_KNOWN,
        "enough": max(1, settings.RATINGS_FOR_AVERAGE), "most": most,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(FIND, wishes)
        return [Found(*row) for row in cursor.fetchall()]
