"""The log by which processes that hold the catalogue in memory learn what changed, and the triggers that write it.

A row says of a film which words it gained and lost, and that its keys may have changed; it names its transaction.
Whoever follows remembers the snapshot of the last look and asks for the rows that it did not see: so nothing is
missed, in whatever order transactions end, and nothing that was rolled back is ever seen.
"""

from typing import Final

from accounts.tallies import TABLES

# A film's own columns by which the catalogue is ordered or checked, and what stands for "unknown" and for millionths.
UNKNOWN: Final = -1
MILLION: Final = 1_000_000
COLUMNS: Final = {
    "popularity": ("f.popularity", "int8"),
    "popularity_week": ("f.popularity_week", "int4"),
    "popularity_month": ("f.popularity_month", "int4"),
    "popularity_year": ("f.popularity_year", "int4"),
    "released": ("f.released", "int4"),
    "runtime_minutes": ("f.runtime_minutes", "int2"),
    "rating_count": ("f.rating_count", "int8"),
    "rating_average": (f"f.rating_average * {MILLION}", "int8"),
    "rating_weighted": (f"f.rating_weighted * {MILLION}", "int8"),
}
# Both states of a row are gathered, never joined: PostgreSQL keeps a plan from when one film changed, and would look
# through all rows for each of twenty thousand.
_BOTH_WORDS: Final = """
    SELECT film_id, max(words) FILTER (WHERE is_new) AS has, max(words) FILTER (WHERE NOT is_new) AS had
    FROM (SELECT film_id, words, TRUE AS is_new FROM added UNION ALL SELECT film_id, words, FALSE FROM gone) r
    GROUP BY film_id
"""
_KEYS: Final = ", ".join(("id", "sort_title", *COLUMNS))
_CHANGED: Final = f"""
    SELECT id, '{{}}'::text[], '{{}}'::text[], min(sort_title) <> max(sort_title)
    FROM (SELECT {_KEYS} FROM added UNION SELECT {_KEYS} FROM gone) f GROUP BY id HAVING count(*) > 1
"""

_WORDS: Final = {
    "INSERT": "SELECT film_id, words AS gained, '{}'::text[] AS lost, TRUE AS is_renamed FROM added",
    "DELETE": "SELECT film_id, '{}'::text[], words, TRUE FROM gone",
    "UPDATE": f"""SELECT film_id, ARRAY(SELECT unnest(has) EXCEPT SELECT unnest(had)),
        ARRAY(SELECT unnest(had) EXCEPT SELECT unnest(has)), FALSE
        FROM ({_BOTH_WORDS}) w WHERE had <> has""",
}
_LOG: Final = "INSERT INTO films_cataloguechange (film_id, gained, lost, is_renamed)"


def _on_words(event: str) -> str:
    function = f"catalogue_words_{event.lower()}"
    return f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {_LOG} {_WORDS[event]};
            RETURN NULL;
        END $$;
        CREATE TRIGGER {function} AFTER {event} ON films_filmfacets
            REFERENCING {TABLES[event]} FOR EACH STATEMENT EXECUTE FUNCTION {function}();
    """


ON_KEYS: Final = f"""
    CREATE FUNCTION catalogue_keys() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        {_LOG} {_CHANGED};
        RETURN NULL;
    END $$;
    CREATE TRIGGER catalogue_keys AFTER UPDATE ON films_film
        REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION catalogue_keys();
"""


def create() -> str:
    """All functions and triggers."""
    return ON_KEYS + "".join(map(_on_words, TABLES))


def drop() -> str:
    places = [("catalogue_keys", "films_film")]
    places += [(f"catalogue_words_{event.lower()}", "films_filmfacets") for event in TABLES]
    return "".join(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();" for name, table in places)


def column(name: str) -> str:
    """A column of the film `f` as a whole number."""
    expression, of = COLUMNS[name]
    return f"coalesce({expression}, {UNKNOWN})::{of}"


MOST_FOLLOWED: Final = 5_000  # changes that are followed one by one
KEYS: Final = ", ".join(map(column, COLUMNS))
_NOT_SEEN: Final = """
    made_by >= pg_snapshot_xmin(%(seen)s::pg_snapshot)::text::bigint
    AND NOT pg_visible_in_snapshot(made_by::text::xid8, %(seen)s::pg_snapshot)
"""


def _unseen(which: str) -> str:
    """What a snapshot did not see, the oldest first; one row without an id says that there is nothing.

    `is_there`: the change that was seen last has not been swept away. `is_own`: of the transaction that asks, which has
    not ended.
    """
    return f"""
        SELECT pg_current_snapshot()::text, (%(last)s::bigint = 0 OR EXISTS (
                SELECT 1 FROM films_cataloguechange l WHERE l.id = %(last)s::bigint AND l.made_by = %(last_by)s::bigint
            )) AS is_there, c.id, c.made_by, c.made_by = pg_current_xact_id_if_assigned()::text::bigint AS is_own,
            c.film_id, c.gained, c.lost, c.is_renamed, f.id IS NOT NULL AS exists, {KEYS}
        FROM (SELECT) one LEFT JOIN (
            SELECT * FROM films_cataloguechange WHERE {_NOT_SEEN} AND {which} ORDER BY id LIMIT {MOST_FOLLOWED + 1}
        ) c ON TRUE LEFT JOIN films_film f ON f.id = c.film_id ORDER BY c.id
    """


UNSEEN: Final = _unseen("TRUE")
# But for those of keys alone, unless they are our own.
UNSEEN_WORDS: Final = _unseen(
    "(gained <> '{}' OR lost <> '{}' OR is_renamed OR made_by = pg_current_xact_id_if_assigned()::text::bigint)"
)

NOW: Final = """
    SELECT pg_current_snapshot()::text, coalesce(l.id, 0), coalesce(l.made_by, 0),
        (SELECT count(*) FROM films_cataloguechange WHERE made_by = pg_current_xact_id_if_assigned()::text::bigint)
    FROM (SELECT) one LEFT JOIN (SELECT id, made_by FROM films_cataloguechange ORDER BY id DESC LIMIT 1) l ON TRUE
"""
WORDS: Final = """
    SELECT word, string_agg(int4send(film_id::int), '') FROM films_filmfacets, unnest(words) word GROUP BY word
"""
FILMS: Final = f"""
    SELECT {", ".join(f"string_agg({of}send({column(name)}), '')" for name, (_, of) in COLUMNS.items())},
        string_agg(int4send(f.id::int), '') FROM films_film f
"""
# The same of many films that a snapshot did not see change: where a job counted anew what is popular, say.
UNSEEN_FILMS: Final = f"{FILMS} WHERE f.id IN (SELECT film_id FROM films_cataloguechange WHERE {_NOT_SEEN})"
BY_TITLE: Final = """
    SELECT string_agg(int4send(id::int), '')
    FROM (SELECT id FROM films_film ORDER BY sort_title, id OFFSET 0) f
"""
FORGET: Final = """
    DELETE FROM films_cataloguechange
    WHERE made_at < now() - interval '1 day' AND id < (SELECT max(id) FROM films_cataloguechange)
"""
# For whoever wrote without triggers: all who follow miss what they saw last, and load the films anew.
BEGIN_ANEW: Final = f"""
    WITH gone AS (DELETE FROM films_cataloguechange) {_LOG} VALUES (0, '{{}}', '{{}}', FALSE)
"""
