"""Which films a few people could watch tonight: those that most of them want, and nobody has seen.

One statement, whatever the size of the catalogue: it starts from the watchlists of the people at the table, from the
shelves that they bring, from films that are recommended to them and from the best known films, so many of each, and
looks at no other film.

What one at the table likes is told by their public ratings and hearts alone, as it is to everybody: what they keep to
themselves recommends nothing where others see it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from reviews.for_you import FEWEST, HALF
from reviews.models import Evening, Seat

ON_THE_SHORTLIST: Final = 12
OF_A_WATCHLIST: Final = 2_000  # the newest
OF_A_SHELF: Final = 2_000  # what was put there last
BEST_KNOWN: Final = 3_000
RATED, LIKED, TASTED = 60, 20, 500  # the latest of each member that speak, and how many films they speak for

# Each member weighs the same, however much they rated, and what one would not like is the less for it.
TASTE: Final = f"""
    tasting AS (
        SELECT seat.member_id FROM seat JOIN accounts_user member ON member.id = seat.member_id
         WHERE member.wants_recommendations AND NOT member.is_private),
    said AS (
        SELECT member_id, mark.film_id, at, liking FROM tasting CROSS JOIN LATERAL (
            (SELECT film_id, rated_at AS at, greatest((half_stars - 2) / 8.0, 0.1) AS liking FROM reviews_mark
              WHERE member_id = tasting.member_id AND half_stars IS NOT NULL AND visibility = 'public'
              ORDER BY rated_at DESC LIMIT {RATED})
            UNION ALL
            (SELECT film_id, liked_at, 0.9 FROM reviews_mark
              WHERE member_id = tasting.member_id AND liked_at IS NOT NULL AND half_stars IS NULL
                AND visibility = 'public'
              ORDER BY liked_at DESC LIMIT {LIKED})) mark),
    placed AS (
        SELECT member_id, film_id, liking, count(*) OVER (PARTITION BY member_id) AS number,
               row_number() OVER (PARTITION BY member_id ORDER BY at DESC, film_id) AS place FROM said),
    liked AS (
        SELECT member_id, other.film_id, sum(liking / (1 + (place - 1) / {HALF}.0) * other.weight)::float8 AS score
          FROM placed
          CROSS JOIN LATERAL (SELECT others, weights FROM reviews_kindred k WHERE k.film_id = placed.film_id OFFSET 0) k
          CROSS JOIN LATERAL unnest(k.others, k.weights) AS other (film_id, weight)
         WHERE number >= {FEWEST} GROUP BY member_id, other.film_id),
    tasted AS (
        SELECT film_id, sum(score / best) AS taste
          FROM (SELECT *, max(abs(score)) OVER (PARTITION BY member_id) AS best FROM liked) each WHERE best > 0
         GROUP BY film_id HAVING sum(score / best) > 0 ORDER BY taste DESC, film_id LIMIT {TASTED})
"""  # noqa: S608 -- numbers of ours
FIND: Final = f"""
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
    owned AS (
        SELECT film_id FROM unnest(%(owners)s::bigint[]) owner (member_id) CROSS JOIN LATERAL (
               SELECT film_id FROM reviews_ownedcopy
                WHERE member_id = owner.member_id AND lent_to = ''
                ORDER BY created_at DESC, id DESC LIMIT %(of_a_shelf)s) standing),
    {TASTE.strip()},
    more AS (
        SELECT film_id, taste FROM tasted
        UNION ALL
        SELECT id, NULL FROM (SELECT id FROM known UNION SELECT film_id FROM owned) at_hand
         WHERE id NOT IN (SELECT film_id FROM tasted)
    ),
    pool AS (
        SELECT film_id, wants, NULL AS taste FROM wanted
        UNION ALL
        SELECT film_id, 0, taste FROM more
         WHERE film_id NOT IN (SELECT film_id FROM wanted)
           AND film_id NOT IN (SELECT film_id FROM reviews_dismissal JOIN seat USING (member_id))
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
        SELECT film.id, wants, taste, popularity,
               CASE WHEN rating_count >= %(enough)s THEN round(rating_weighted / 2, 2) END AS score
          FROM pool JOIN films_film film ON film.id = pool.film_id
         WHERE pool.film_id NOT IN (SELECT film_id FROM gone)
           AND (%(minutes)s::int IS NULL OR runtime_minutes <= %(minutes)s)
           AND (release_date IS NULL OR release_date <= %(today)s) AND (year IS NULL OR year <= %(year)s)
           AND (%(is_anywhere)s OR film.id IN (SELECT film_id FROM owned) OR EXISTS (
                SELECT 1 FROM films_availability place
                 WHERE place.film_id = film.id AND service_id = ANY(%(services)s) AND kind IN ('stream', 'free')
                   AND (starts_on IS NULL OR starts_on <= %(today)s) AND (ends_on IS NULL OR ends_on >= %(today)s)
                   AND (%(country)s::text IS NULL OR country_id IS NULL OR country_id = %(country)s)))
    ) found
    ORDER BY wants DESC, taste DESC NULLS LAST, score DESC NULLS LAST, popularity DESC, id DESC
    LIMIT %(most)s
"""  # noqa: S608 -- as above


@dataclass(frozen=True, slots=True)
class Found:
    """A film for the shortlist. `score`: weighted, in stars; None where none is shown."""

    film_id: int
    wants: int
    score: Decimal | None


def find_candidates(evening: Evening, most: int = ON_THE_SHORTLIST) -> list[Found]:
    """The most wanted first, the better of them before others, then what those at the table may like, then the better
    and the better known. Three queries.

    Films longer than the evening's cap are left out, and of unknown length; those on no service and no shelf that
    somebody has, where anybody said what they have; those not out yet; and those that a member does not want to hear
    of.
    """
    there = Seat.objects.present().filter(evening=evening).values_list("pk", "member", "brings_shelf")
    seats, owners = [pk for pk, _member, _brings in there], [member for _pk, member, brings in there if brings]
    services = list(Seat.services.through.objects.filter(seat__in=seats).values_list("service", flat=True).distinct())
    today = timezone.localdate()
    wishes: dict[str, Any] = {
        "seats": seats, "services": services, "owners": owners, "of_a_shelf": OF_A_SHELF,
        "is_anywhere": not services and not owners, "minutes": evening.most_minutes, "country": evening.country_id,
        "today": today, "year": today.year, "of_a_watchlist": OF_A_WATCHLIST, "best_known": BEST_KNOWN,
        "enough": max(1, settings.RATINGS_FOR_AVERAGE), "most": most,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(FIND, wishes)
        return [Found(*row) for row in cursor.fetchall()]
