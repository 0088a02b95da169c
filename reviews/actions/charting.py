"""Drawing up the charts: each of all films, and of every genre, country and decade, in one pass over its candidates."""

from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Floor
from django.utils import timezone

from config.writes import only
from films.actions.stepping import change_films
from films.freshness import CHARTS
from films.models import Chart, Film
from films.scores import prior
from reviews.actions.candidates import ENOUGH, ENOUGH_OF_OTHERS, candidates_of, least_of, params_of

KEPT: Final = 500  # more than are shown: films of a genre and a decade are found among them
MEMORY: Final = "128MB"  # for the sorting of this transaction alone
ON_TOP: Final = 250

DRAWN: Final = """
    CREATE TEMPORARY TABLE chart_drawn ON COMMIT DROP AS
    WITH candidate AS MATERIALIZED ({candidates}),
    scoped AS MATERIALIZED (
        SELECT ch.id AS chart, c.* FROM candidate c JOIN films_chart ch
            ON ch.name = %(name)s AND ch.genre_id IS NULL AND ch.country_id IS NULL AND ch.decade IS NULL
        UNION ALL SELECT ch.id, c.* FROM candidate c JOIN films_film_genres g ON g.film_id = c.id
            JOIN films_chart ch ON ch.name = %(name)s AND ch.genre_id = g.genre_id
        UNION ALL SELECT ch.id, c.* FROM candidate c JOIN films_film_countries o ON o.film_id = c.id
            JOIN films_chart ch ON ch.name = %(name)s AND ch.country_id = o.country_id
        UNION ALL SELECT ch.id, c.* FROM candidate c
            JOIN films_chart ch ON ch.name = %(name)s AND ch.decade = c.year / 10 * 10
    ),
    reached AS (
        SELECT chart, tier, sum(count(*)) OVER (PARTITION BY chart ORDER BY tier) AS films
            FROM scoped GROUP BY chart, tier
    ),
    level AS (
        SELECT DISTINCT ON (chart) chart, tier, films FROM reached
            ORDER BY chart, films >= %(enough)s DESC, CASE WHEN films >= %(enough)s THEN tier ELSE -tier END
    ),
    ranked AS (
        SELECT s.chart, s.id AS film, s.figure, l.tier, l.films,
               row_number() OVER (PARTITION BY s.chart ORDER BY s.key DESC, s.tie DESC, s.id DESC) AS position
            FROM scoped s JOIN level l ON l.chart = s.chart AND s.tier <= l.tier
    )
    SELECT * FROM ranked WHERE position <= %(kept)s
"""
FILL: Final = """
    INSERT INTO films_chartplace (chart_id, position, film_id, figure)
        SELECT chart, position, film, figure FROM chart_drawn ORDER BY chart, position
        ON CONFLICT (chart_id, position) DO UPDATE SET film_id = EXCLUDED.film_id, figure = EXCLUDED.figure
            WHERE films_chartplace.film_id <> EXCLUDED.film_id
                OR films_chartplace.figure <> round(EXCLUDED.figure, 6)
"""
CLEAR: Final = """
    DELETE FROM films_chartplace p USING films_chart ch WHERE ch.id = p.chart_id AND ch.name = %(name)s
        AND NOT EXISTS (SELECT 1 FROM chart_drawn d WHERE d.chart = p.chart_id AND d.position = p.position)
"""
NOTE: Final = """
    UPDATE films_chart ch SET counted_at = %(now)s, most = %(most)s, film_count = coalesce(d.films, 0),
            least = (%(leasts)s::int[])[coalesce(d.tier + 1, array_length(%(leasts)s::int[], 1))]
        FROM films_chart own LEFT JOIN (SELECT DISTINCT chart, tier, films FROM chart_drawn) d ON d.chart = own.id
        WHERE ch.id = own.id AND ch.name = %(name)s
"""
# Films that are on top now, and those that were.
ON_TOP_NOW: Final = """
    SELECT f.id, p.position AS position FROM films_film f
        LEFT JOIN films_chartplace p ON p.film_id = f.id AND p.chart_id = %(chart)s AND p.position <= %(most)s
        WHERE (f.top_position IS NOT NULL OR p.position IS NOT NULL) AND f.top_position IS DISTINCT FROM p.position
            AND f.id IN (
                SELECT film_id FROM films_chartplace WHERE chart_id = %(chart)s AND position <= %(most)s
                UNION ALL SELECT id FROM films_film WHERE top_position IS NOT NULL
            )
"""


def draw_charts(*, now: datetime | None = None) -> None:
    """Bring every chart up to date. Only places that changed are written; readers see each old or new, whole."""
    now = now or timezone.now()
    make_charts()
    most = few()
    for name in Chart.Name.values:
        draw_chart(name, now=now, most=most)


@only(CHARTS)
@transaction.atomic
def make_charts() -> None:
    """A chart of each name for all films, and for each genre, country and decade that some film has."""
    genres = Film.genres.through.objects.order_by().values_list("genre", flat=True).distinct()
    countries = Film.countries.through.objects.order_by().values_list("country", flat=True).distinct()
    decades = Film.objects.filter(year__isnull=False).order_by().values_list(Floor(F("year") / 10) * 10).distinct()
    scopes: list[dict[str, Any]] = [
        {},
        *({"genre_id": number} for number in genres),
        *({"country_id": code} for code in countries),
        *({"decade": int(decade)} for (decade,) in decades),
    ]
    charts = (Chart(name=name, **scope) for name in Chart.Name.values for scope in scopes)
    Chart.objects.bulk_create(charts, ignore_conflicts=True)


def few() -> int:
    """How many members at most have seen a hidden gem: the median over films that have enough ratings to be one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY watch_count) FROM films_film WHERE rating_count >= %s",
            [least_of(Chart.Name.GEMS)[-1]],
        )
        return int(cursor.fetchone()[0] or 0)


@only(CHARTS)
@transaction.atomic
def draw_chart(name: str, *, now: datetime, most: int) -> None:
    """One chart with those of its genres, countries and decades. Two programs do so one after the other."""
    params = params_of(name, now) | {
        "name": name,
        "kept": KEPT,
        "enough": ENOUGH.get(Chart.Name(name), ENOUGH_OF_OTHERS),
        "leasts": list(least_of(name)),
        "mean": prior().mean,
        "most": most if name == Chart.Name.GEMS else None,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('charts')), set_config('work_mem', %s, true)", [MEMORY])
        cursor.execute(DRAWN.format(candidates=candidates_of(name)), params)
        for statement in (FILL, CLEAR, NOTE):
            cursor.execute(statement, params)
        cursor.execute("DROP TABLE pg_temp.chart_drawn")
    if name == Chart.Name.TOP:
        chart = Chart.objects.of_all_films().get(name=name)
        params = {"chart": chart.pk, "most": ON_TOP}
        change_films(ON_TOP_NOW, "top_position = c.position", params=params, only_these=True)
