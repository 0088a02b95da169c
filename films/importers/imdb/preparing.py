"""The rows of new films and people as they will be stored, with their addresses and what search finds them by."""

from typing import Final

from films.importers.imdb.addressing import give_addresses
from films.importers.imdb.tables import analyse, execute
from films.search import LEADING_CAST, LONGEST_TEXT, LONGEST_TITLES


def _once(keys: str) -> str:
    """A line for each of the keys, in their order."""
    return f"""coalesce((
                   SELECT string_agg(key, E'\\n' ORDER BY place) FROM (
                       SELECT key, min(place) AS place FROM unnest({keys}) WITH ORDINALITY AS every (key, place)
                       WHERE key <> '' GROUP BY key
                   ) once
               ), '')"""


# The same as films.search.search_text_for: titles; year, directors and leading cast, each once.
FILMS: Final = f"""
    CREATE UNLOGGED TABLE imdb_new_film AS
    WITH people AS (
        SELECT c.film_id, coalesce(array_agg(p.key ORDER BY c.place, c.n) FILTER (WHERE c.job = 'director'), '{{}}')
            || coalesce((array_agg(p.key ORDER BY c.place, c.n) FILTER (WHERE c.job = 'actor'))[1:{LEADING_CAST}],
                        '{{}}') AS keys
        FROM imdb_part c JOIN imdb_person p USING (person_id)
        WHERE c.fresh AND c.job IN ('director', 'actor') GROUP BY c.film_id
    ), elsewhere AS (
        SELECT a.title, array_agg(a.key ORDER BY c.name, a.name) AS keys
        FROM imdb_aka a LEFT JOIN films_country c ON c.code = a.country GROUP BY a.title
    )
    SELECT row_number() OVER (ORDER BY f.film_id) AS n, f.film_id, t.id, a.slug, t.title, t.original, t.sort, t.year,
           t.runtime, t.genres, floor(150 * log(1 + coalesce(r.votes, 0)::numeric))::int AS renown,
           r.value, r.votes, left(
               left({_once("ARRAY[t.key, t.original_key] || e.keys")}, {LONGEST_TITLES}) || E'\\n\\n'
               || {_once("t.year::text || p.keys")}, {LONGEST_TEXT}
           ) AS search_text
    FROM imdb_film f JOIN imdb_title t ON t.id = f.id JOIN imdb_address a ON a.id = f.id
    LEFT JOIN people p ON p.film_id = f.film_id LEFT JOIN elsewhere e ON e.title = t.id
    LEFT JOIN imdb_rating r ON r.title = t.id WHERE f.fresh
"""

PEOPLE: Final = """
    CREATE UNLOGGED TABLE imdb_new_person AS
    SELECT row_number() OVER (ORDER BY p.person_id) AS n, p.person_id, p.id, a.slug, p.name, p.key
    FROM imdb_person p JOIN imdb_address a ON a.id = p.id WHERE p.fresh
"""


def prepare() -> None:
    give_addresses("imdb_person", "films_person", "films_formerpersonslug")
    execute(PEOPLE)
    give_addresses("imdb_film", "films_film", "films_formerslug")
    execute(FILMS)
    for table in ("imdb_new_film", "imdb_new_person"):
        execute(f"CREATE INDEX ON {table} (n)")
    execute("CREATE INDEX ON imdb_aka (title)")
    analyse("imdb_new_film", "imdb_new_person")
