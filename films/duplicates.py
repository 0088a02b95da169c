"""Films that look like one: which, and why.

Two films are a pair when they have the same title (as it is sorted) and years at most one apart, or when another
catalogue's id of theirs differs by its spelling alone. Of pairs by title, the people whom both have decide: two or
more make any of them likely; of the same year are likely, too, those of which one has hardly anybody named yet, unless
another catalogue tells the two apart.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

TITLE: Final = "title"
PEOPLE: Final = "people"
IDS: Final = "ids"
REASONS: Final[dict[str, Any]] = {
    PEOPLE: _("The same title, and people in both"),
    TITLE: _("The same title and year"),
    IDS: _("The same id elsewhere, written differently"),
}
SHARED: Final = 2  # people who make a pair likely
FEW: Final = 2  # people below which a film hardly names anybody

# What is found anew waits, and what a curator decided stays decided.
# People are compared within each pair of namesakes alone, by the index of a film's credits.
STORE: Final = """
    INSERT INTO films_duplicate (film_id, twin_id, reason, shared_people, state, found_at)
    WITH titled AS MATERIALIZED (
        SELECT a.id AS film, b.id AS twin, a.year IS NOT DISTINCT FROM b.year AS same_year
          FROM films_film a
          JOIN films_film b ON b.sort_title = a.sort_title AND b.id > a.id
           AND (b.year BETWEEN a.year - 1 AND a.year + 1 OR a.year IS NULL OR b.year IS NULL)
         WHERE a.sort_title <> ''
    ), peopled AS (
        SELECT t.*, p.shared, least(p.of_film, p.of_twin) AS fewest, EXISTS (
                 SELECT 1 FROM films_filmid x JOIN films_filmid y ON y.source = x.source
                  WHERE x.film_id = t.film AND y.film_id = t.twin
               ) AS told_apart
          FROM titled t CROSS JOIN LATERAL (
                 SELECT count(*) FILTER (WHERE of_film AND of_twin) AS shared,
                        count(*) FILTER (WHERE of_film) AS of_film, count(*) FILTER (WHERE of_twin) AS of_twin
                   FROM (
                     SELECT bool_or(c.film_id = t.film) AS of_film, bool_or(c.film_id = t.twin) AS of_twin
                       FROM films_credit c JOIN films_person n ON n.id = c.person_id
                      WHERE c.film_id IN (t.film, t.twin) AND n.search_text <> '' GROUP BY n.search_text
                   ) named
               ) p
    ), spelt AS (
        SELECT film_id, source, CASE source
                 WHEN 'wikipedia' THEN replace(trim(value), '_', ' ')  -- where SubUrbia is not Suburbia
                 ELSE regexp_replace(lower(trim(value)), '^(tt|q)?0*', '\\1')
               END AS value
          FROM films_filmid
    ), found AS (
        SELECT film, twin, CASE WHEN shared >= %(shared)s THEN 'people' ELSE 'title' END AS reason, shared
          FROM peopled
         WHERE shared >= %(shared)s OR (same_year AND fewest < %(few)s AND NOT told_apart)
        UNION ALL
        SELECT least(x.film_id, y.film_id), greatest(x.film_id, y.film_id), 'ids', 0
          FROM spelt x JOIN spelt y ON y.source = x.source AND y.value = x.value AND y.film_id > x.film_id
    )
    SELECT DISTINCT ON (film, twin) film, twin, reason, shared, 'waiting', now() FROM found
     ORDER BY film, twin, shared DESC
        ON CONFLICT (film_id, twin_id) DO UPDATE
       SET reason = excluded.reason, shared_people = excluded.shared_people
     WHERE films_duplicate.state = 'waiting'
    RETURNING id, (xmax = 0)
"""
