"""By which words a film can be picked, and the triggers that keep them with the film (films.models.FilmFacets).

A word is a letter that says its kind and what it is about: `g7` is the genre with that id, `cFR` the country, `d1990`
the decade. A film has all its words in one narrow row, so that any number of conditions is one look at that row, and
an index of words finds the films that have several of them without looking at any other.

Each table that gives films words has statement-level triggers: cheap for bulk loads, and right whichever path writes.
What a film's own row says (year, length, ratings) changes with every rating, so there a trigger wakes only when a word
changes: the tenth rating gives a film a word, the eleventh does not.
"""

from dataclasses import dataclass
from typing import Final

from accounts.tallies import TABLES
from films.models.film import FEW_RATINGS

EVERY: Final = "a"  # stands among the counts for a word that all films have
# Ratings that a film needs for its word, and mean half-stars of a film that has more than a few. Between them, a
# condition is checked row by row.
LEAST_RATINGS: Final = (1, 3, 10, 100, 1000, 10_000)
LEAST_HALF_STARS: Final = (6, 7, 8, 9, 10)
OWN: Final = "ydtfkr"  # the letters of the words that come from the film's own row


@dataclass(frozen=True)
class Kind:
    """Films get a word from each row `r` of `table`, by an expression that may be null.

    Names and expressions are part of the program, never anybody's input.
    """

    letter: str
    table: str
    word: str


# A day more than it runs, wherever the day begins; whether it runs today is looked up besides.
SERVICES: Final = Kind(
    "s",
    "films_availability",
    "CASE WHEN r.ends_on IS NULL OR r.ends_on >= current_date - 1 THEN 's' || r.service_id END",
)
KINDS: Final = (
    Kind("g", "films_film_genres", "'g' || r.genre_id"),
    Kind("c", "films_film_countries", "'c' || r.country_id"),
    Kind("l", "films_film_languages", "'l' || r.language_id"),
    Kind("p", "films_film_companies", "'p' || r.company_id"),
    Kind("n", "films_film_content_notes", "'n' || r.contentnote_id"),
    Kind("x", "films_film_access_features", "'x' || r.accessfeature_id"),
    SERVICES,
    Kind("v", "films_release", "CASE WHEN r.certificate <> '' THEN 'v' || r.country_id || ':' || r.certificate END"),
)

_ENOUGH: Final = ", ".join(f"CASE WHEN ratings >= {n} THEN 'k{n}' END" for n in LEAST_RATINGS)
_GOOD: Final = ", ".join(
    f"CASE WHEN ratings >= {FEW_RATINGS} AND total >= {half} * ratings THEN 'r{half}' END" for half in LEAST_HALF_STARS
)
OWN_WORDS: Final = f"""
    CREATE FUNCTION facets_own(year int, minutes int, franchise bigint, ratings bigint, total bigint)
    RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT array_remove(ARRAY[
            'y' || year::text, 'd' || (year / 10 * 10)::text, 'f' || franchise::text,
            CASE WHEN minutes < 90 THEN 'tshort' WHEN minutes <= 150 THEN 'tmedium' WHEN minutes > 150 THEN 'tlong' END,
            {_ENOUGH}, {_GOOD}
        ], NULL)
    $$;
"""


def own(row: str) -> str:
    """The words of a film's own row."""
    columns = ("year", "runtime_minutes", "franchise_id", "rating_count", "rating_sum")
    return f"facets_own({', '.join(f'{row}.{column}' for column in columns)})"


def of_kind(kind: Kind, film: str) -> str:
    """The words that a table gives a film, as an array."""
    rows = f"SELECT DISTINCT {kind.word} AS word FROM {kind.table} r WHERE r.film_id = {film}"
    return f"ARRAY(SELECT word FROM ({rows}) w WHERE word IS NOT NULL ORDER BY word)"


def _without(letter: str) -> str:
    """The words of the row `s` that are of other kinds."""
    return f"ARRAY(SELECT w FROM unnest(s.words) w WHERE left(w, 1) <> '{letter}')"


def _on_rows(kind: Kind, event: str) -> str:
    """Films whose rows of the table changed get its words anew; their rows are locked in the order of ids first."""
    films = " UNION ".join(f"SELECT film_id FROM {name}" for name in ("added", "gone") if name in TABLES[event])
    function = f"facets_{kind.letter}_{event.lower()}"
    return f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM films_filmfacets WHERE film_id IN ({films}) ORDER BY film_id FOR NO KEY UPDATE;
            UPDATE films_filmfacets t SET words = n.words FROM (
                SELECT s.film_id, {_without(kind.letter)} || {of_kind(kind, "s.film_id")} AS words
                FROM films_filmfacets s WHERE s.film_id IN ({films})
            ) n WHERE t.film_id = n.film_id AND t.words <> n.words;
            RETURN NULL;
        END $$;
        CREATE TRIGGER {function} AFTER {event} ON {kind.table}
            REFERENCING {TABLES[event]} FOR EACH STATEMENT EXECUTE FUNCTION {function}();
    """


_OTHERS: Final = f"ARRAY(SELECT w FROM unnest(s.words) w WHERE strpos('{OWN}', left(w, 1)) = 0)"
ON_FILMS: Final = f"""
    CREATE FUNCTION facets_film_insert() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO films_filmfacets (film_id, year, runtime_minutes, words)
            SELECT r.id, r.year, r.runtime_minutes, {own("r")} FROM added r;
        RETURN NULL;
    END $$;
    CREATE TRIGGER facets_film_insert AFTER INSERT ON films_film
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION facets_film_insert();
    CREATE FUNCTION facets_film_delete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM films_filmfacets WHERE film_id IN (SELECT id FROM gone);
        RETURN NULL;
    END $$;
    CREATE TRIGGER facets_film_delete AFTER DELETE ON films_film
        REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION facets_film_delete();
    CREATE FUNCTION facets_film_update() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE films_filmfacets s SET year = NEW.year, runtime_minutes = NEW.runtime_minutes,
            words = {own("NEW")} || {_OTHERS} WHERE film_id = NEW.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER facets_film_update AFTER UPDATE ON films_film FOR EACH ROW
        WHEN (OLD.runtime_minutes IS DISTINCT FROM NEW.runtime_minutes OR {own("OLD")} <> {own("NEW")})
        EXECUTE FUNCTION facets_film_update();
"""

_SIGNED: Final = {
    "INSERT": "SELECT 1 AS sign, words FROM added",
    "DELETE": "SELECT -1 AS sign, words FROM gone",
    "UPDATE": "SELECT 1 AS sign, words FROM added UNION ALL SELECT -1, words FROM gone",
}


def _on_words(event: str) -> str:
    """How many films have a word changes by a row that is added, so that nobody waits for anybody."""
    function = f"facet_counts_{event.lower()}"
    return f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO films_facetcount (kind, word, number)
                SELECT left(word, 1), word, sum(sign) FROM ({_SIGNED[event]}) r, unnest(r.words || '{EVERY}'::text) word
                GROUP BY word HAVING sum(sign) <> 0;
            RETURN NULL;
        END $$;
        CREATE TRIGGER {function} AFTER {event} ON films_filmfacets
            REFERENCING {TABLES[event]} FOR EACH STATEMENT EXECUTE FUNCTION {function}();
    """


def create() -> str:
    """All functions and triggers."""
    on_rows = "".join(_on_rows(kind, event) for kind in KINDS for event in TABLES)
    return OWN_WORDS + ON_FILMS + on_rows + "".join(map(_on_words, TABLES))


def drop() -> str:
    places = [(f"facets_film_{event.lower()}", "films_film") for event in TABLES]
    places += [(f"facets_{kind.letter}_{event.lower()}", kind.table) for kind in KINDS for event in TABLES]
    places += [(f"facet_counts_{event.lower()}", "films_filmfacets") for event in TABLES]
    dropped = "".join(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();" for name, table in places)
    return dropped + "DROP FUNCTION facets_own(int, int, bigint, bigint, bigint);"


# What every film's row should be. The order of words means nothing.
TRUE: Final = f"""
    SELECT f.id AS film_id, f.year, f.runtime_minutes,
        {" || ".join([own("f"), *(f"coalesce({kind.letter}.words, '{{}}')" for kind in KINDS)])} AS words
    FROM films_film f
""" + "".join(
    f"""LEFT JOIN (SELECT film_id, array_agg(DISTINCT word) AS words
        FROM (SELECT film_id, {kind.word} AS word FROM {kind.table} r) w WHERE word IS NOT NULL GROUP BY film_id
    ) {kind.letter} ON {kind.letter}.film_id = f.id
    """
    for kind in KINDS
)
_SAME: Final = (
    "s.year IS NOT DISTINCT FROM t.year AND s.runtime_minutes IS NOT DISTINCT FROM t.runtime_minutes"
    " AND s.words @> t.words AND s.words <@ t.words AND cardinality(s.words) = cardinality(t.words)"
)
COUNTS: Final = (
    f"SELECT word, count(*) AS number FROM films_filmfacets, unnest(words || '{EVERY}'::text) word GROUP BY word"
)


@dataclass(frozen=True)
class Rebuilt:
    """What is kept here, for whoever recounts: see reviews/integrity.py, where tallies are too.

    `differences` is a query: which row, then the stored and the true value. `repair` a statement that mends all.
    """

    name: str
    source: str
    target: str
    wrong: str
    mend: str

    @property
    def numbers(self) -> tuple[str, ...]:
        return (self.name,)

    def differences(self) -> str:
        return self.wrong

    def repair(self) -> str:
        return self.mend


FACETS: Final = Rebuilt(
    "words",
    ", ".join(["films_film", *(kind.table for kind in KINDS)]),
    "films_filmfacets",
    f"""
        SELECT film_id, s.words || s.runtime_minutes::text, t.words || t.runtime_minutes::text
        FROM films_filmfacets s FULL JOIN ({TRUE}) t USING (film_id)
        WHERE s.words IS NULL OR t.words IS NULL OR NOT ({_SAME})
    """,
    f"""
        WITH gone AS (
            DELETE FROM films_filmfacets s WHERE NOT EXISTS (SELECT 1 FROM films_film f WHERE f.id = s.film_id)
        )
        INSERT INTO films_filmfacets (film_id, year, runtime_minutes, words)
            SELECT t.film_id, t.year, t.runtime_minutes, t.words
            FROM ({TRUE}) t LEFT JOIN films_filmfacets s ON s.film_id = t.film_id
            WHERE s.film_id IS NULL OR NOT ({_SAME})
        ON CONFLICT (film_id) DO UPDATE
            SET year = excluded.year, runtime_minutes = excluded.runtime_minutes, words = excluded.words
    """,
)
FACET_COUNTS: Final = Rebuilt(
    "number",
    "films_filmfacets",
    "films_facetcount",
    f"""
        SELECT word, coalesce(k.number, 0)::bigint, coalesce(c.number, 0)
        FROM (SELECT word, sum(number) AS number FROM films_facetcount GROUP BY word HAVING sum(number) <> 0) k
        FULL JOIN ({COUNTS}) c USING (word) WHERE k.number IS DISTINCT FROM c.number
    """,
    f"""
        WITH gone AS (DELETE FROM films_facetcount)
        INSERT INTO films_facetcount (kind, word, number) SELECT left(word, 1), word, number FROM ({COUNTS}) c
    """,
)

SEVERAL: Final = "SELECT EXISTS (SELECT 1 FROM films_facetcount GROUP BY word HAVING count(*) > 1 OR sum(number) = 0)"
# Many rows of a word become one. What others add meanwhile is not seen, and stays.
GATHER: Final = """
    WITH gone AS (
        DELETE FROM films_facetcount
        WHERE word IN (SELECT word FROM films_facetcount GROUP BY word HAVING count(*) > 1 OR sum(number) = 0)
        RETURNING kind, word, number
    )
    INSERT INTO films_facetcount (kind, word, number)
        SELECT kind, word, sum(number) FROM gone GROUP BY kind, word HAVING sum(number) <> 0
"""
# Films whose run on a service ended lately and that still have its word lose it.
ENDED: Final = f"""
    UPDATE films_filmfacets t SET words = n.words FROM (
        SELECT s.film_id, {_without("s")} || {of_kind(SERVICES, "s.film_id")} AS words FROM films_filmfacets s
        WHERE s.film_id IN (
            SELECT film_id FROM films_availability WHERE ends_on BETWEEN current_date - %s AND current_date - 2
        )
    ) n WHERE t.film_id = n.film_id AND t.words <> n.words
"""
