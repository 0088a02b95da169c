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

# Ratings that a film needs for its word, and half-stars. Between those, a condition is checked row by row.
LEAST_RATINGS: Final = (1, 10, 100, 1000, 10_000)
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


KINDS: Final = (
    Kind("g", "films_film_genres", "'g' || r.genre_id"),
    Kind("c", "films_film_countries", "'c' || r.country_id"),
    Kind("l", "films_film_languages", "'l' || r.language_id"),
    Kind("p", "films_film_companies", "'p' || r.company_id"),
    Kind("n", "films_film_content_notes", "'n' || r.contentnote_id"),
    Kind("x", "films_film_access_features", "'x' || r.accessfeature_id"),
    # A day more than it runs, wherever the day begins; whether it runs today is looked up besides.
    Kind(
        "s",
        "films_availability",
        "CASE WHEN r.ends_on IS NULL OR r.ends_on >= current_date - 1 THEN 's' || r.service_id END",
    ),
    Kind("v", "films_release", "CASE WHEN r.certificate <> '' THEN 'v' || r.country_id || ':' || r.certificate END"),
)

_ENOUGH: Final = ", ".join(f"CASE WHEN ratings >= {n} THEN 'k{n}' END" for n in LEAST_RATINGS)
_GOOD: Final = ", ".join(
    f"CASE WHEN ratings > 0 AND total >= {half} * ratings THEN 'r{half}' END" for half in LEAST_HALF_STARS
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


def _on_rows(kind: Kind, event: str) -> str:
    """Films whose rows of the table changed get its words anew; their rows are locked in the order of ids first."""
    films = " UNION ".join(f"SELECT film_id FROM {name}" for name in ("added", "gone") if name in TABLES[event])
    function = f"facets_{kind.letter}_{event.lower()}"
    others = f"ARRAY(SELECT w FROM unnest(s.words) w WHERE left(w, 1) <> '{kind.letter}')"
    return f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM films_filmfacets WHERE film_id IN ({films}) ORDER BY film_id FOR NO KEY UPDATE;
            UPDATE films_filmfacets t SET words = n.words FROM (
                SELECT s.film_id, {others} || {of_kind(kind, "s.film_id")} AS words
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
                SELECT left(word, 1), word, sum(sign) FROM ({_SIGNED[event]}) r, unnest(r.words) word
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
WRONG: Final = f"""
    SELECT coalesce(s.film_id, t.film_id), s.words, t.words FROM films_filmfacets s FULL JOIN ({TRUE}) t USING (film_id)
    WHERE s.film_id IS NULL OR t.film_id IS NULL OR NOT ({_SAME})
"""
COUNTS: Final = "SELECT word, count(*) AS number FROM films_filmfacets, unnest(words) word GROUP BY word"
KEPT: Final = "SELECT word, sum(number) AS number FROM films_facetcount GROUP BY word HAVING sum(number) <> 0"
WRONG_COUNTS: Final = f"""
    SELECT word, coalesce(k.number, 0), coalesce(c.number, 0) FROM ({KEPT}) k FULL JOIN ({COUNTS}) c USING (word)
    WHERE k.number IS DISTINCT FROM c.number
"""
