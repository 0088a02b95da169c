"""Films that are in the catalogue already: what IMDb says otherwise is stated fact by fact."""

from collections import defaultdict
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from films.actions.stating import Outcome, state_facts
from films.importers.imdb.storing import SCALE, SCORE
from films.importers.imdb.tables import analyse, execute, rows
from films.importers.reporting import Report
from films.models import Film, ImportRun, OutsideScore, Source
from films.record import Json, plain

BATCH: Final = 100
FIELDS: Final = f"""
    SELECT f.film_id FROM imdb_film f JOIN imdb_title t ON t.id = f.id JOIN films_film o ON o.id = f.film_id
    LEFT JOIN imdb_rating r ON r.title = t.id
    LEFT JOIN films_outsidescore s ON s.film_id = o.id AND s.source = '{SCORE}'
    LEFT JOIN films_filmid i ON i.film_id = o.id AND i.source = 'imdb'
    WHERE NOT f.fresh AND (
        o.title <> t.title OR (t.original <> '' AND o.original_title <> t.original)
        OR (t.year IS NOT NULL AND o.year IS DISTINCT FROM t.year)
        OR (t.runtime IS NOT NULL AND o.runtime_minutes IS DISTINCT FROM t.runtime)
        OR (r.value IS NOT NULL AND (s.value, s.scale, s.votes) IS DISTINCT FROM (r.value, {SCALE}, r.votes))
        OR i.id IS NULL)
"""
GENRES: Final = """
    SELECT film_id FROM (WITH theirs AS (
        SELECT DISTINCT f.film_id, g.genre AS genre_id FROM imdb_film f JOIN imdb_title t ON t.id = f.id
        CROSS JOIN unnest(string_to_array(t.genres, ',')) AS w (word) JOIN imdb_genre g ON g.word = w.word
        WHERE NOT f.fresh
    ), ours AS (
        SELECT film_id, genre_id FROM films_film_genres WHERE film_id IN (SELECT film_id FROM theirs)
    )
    SELECT film_id FROM theirs FULL JOIN ours USING (film_id, genre_id)
    WHERE theirs.genre_id IS NULL OR ours.genre_id IS NULL) other_genres
"""
TITLES: Final = """
    SELECT film_id FROM (
        SELECT f.film_id, a.name, a.country, a.language FROM imdb_film f JOIN imdb_aka a ON a.title = f.id
        WHERE NOT f.fresh
        EXCEPT SELECT film_id, title, country_id, language_id FROM films_alternativetitle
    ) missing
"""
CREDITS: Final = """
    SELECT p.film_id FROM imdb_part p
    LEFT JOIN films_credit c ON c.film_id = p.film_id AND c.person_id = p.person_id AND c.job = p.job
    WHERE NOT p.fresh GROUP BY p.film_id, p.person_id, p.job
    HAVING count(c.id) = 0 OR (max(c.character) = '' AND max(p.character) <> '')
        OR (max(c.detail) = '' AND max(p.detail) <> '')
"""


def find_differences(report: Report) -> int:
    """Fill imdb_differs, in an order; the rest say the same. Returns how many differ."""
    execute(
        f"""CREATE UNLOGGED TABLE imdb_differs AS
            SELECT row_number() OVER (ORDER BY film_id) AS n, film_id, id
            FROM imdb_film WHERE film_id IN ({FIELDS} UNION {GENRES} UNION {TITLES} UNION {CREDITS})
                AND NOT fresh"""
    )
    execute("CREATE INDEX ON imdb_differs (n)")
    execute("CREATE INDEX ON imdb_part (film_id) WHERE NOT fresh")
    execute("CREATE INDEX ON imdb_title (id)")
    execute("CREATE INDEX ON imdb_rating (title)")
    execute("CREATE INDEX ON imdb_person (person_id)")
    analyse("imdb_differs")
    # Renown has no history: it only orders films that nobody here has seen. It never falls, and never against a hand.
    execute(
        """UPDATE films_film o SET renown = t.renown FROM (
               SELECT f.film_id, floor(150 * log(1 + r.votes::numeric))::int AS renown
               FROM imdb_film f JOIN imdb_rating r ON r.title = f.id WHERE NOT f.fresh
           ) t WHERE o.id = t.film_id AND o.renown < t.renown AND o.origin IN ('seed', 'imdb')"""
    )
    differ, known = rows("SELECT (SELECT count(*) FROM imdb_differs), count(*) FROM imdb_film WHERE NOT fresh")[0]
    report.same += known - differ
    return int(differ)


def state(start: int, end: int, report: Report, date: str | None, run: ImportRun) -> None:
    """State the facts of the films of these numbers."""
    chosen = dict(rows("SELECT film_id, id FROM imdb_differs WHERE n > %s AND n <= %s ORDER BY n", start, end))
    facts = facts_of(list(chosen), date)
    films = Film.objects.in_bulk(chosen)
    for film_id, number in chosen.items():
        try:
            outcomes = state_facts(film=films[film_id], facts=facts[film_id], source=Source.IMDB, run=run).values()
        except (ValidationError, KeyError) as error:
            why = "; ".join(error.messages) if isinstance(error, ValidationError) else _("The film is gone.")
            report.skip(f"tt{number:07}", why)
            continue
        report.conflicts += sum(outcome == Outcome.CONFLICT for outcome in outcomes)
        if Outcome.CHANGED in outcomes:
            report.changed += 1
        else:
            report.same += 1


def facts_of(films: list[int], date: str | None) -> dict[int, dict[str, Json]]:
    """What IMDb says of these films, by the keys of films/record.py."""
    facts: dict[int, dict[str, Json]] = defaultdict(dict)
    fields = """SELECT f.film_id, t.id, t.title, t.original, t.year, t.runtime, ARRAY(
                    SELECT DISTINCT g.name FROM unnest(string_to_array(t.genres, ',')) AS w (word)
                    JOIN imdb_genre USING (word) JOIN films_genre g ON g.id = imdb_genre.genre), r.value, r.votes
                FROM imdb_differs f JOIN imdb_title t ON t.id = f.id LEFT JOIN imdb_rating r ON r.title = t.id
                WHERE f.film_id = ANY(%s)"""
    scores = {score.film_id: score for score in OutsideScore.objects.filter(film__in=films, source=SCORE)}
    for film, number, title, original, year, runtime, genres, rating, votes in rows(fields, films):
        facts[film] = {
            "title": title, "original_title": original, "year": year, "runtime_minutes": runtime,
            "genres": sorted(genres), "ids.imdb": f"tt{number:07}",
        } | _score(scores.get(film), rating, votes, date)  # fmt: skip
    titles = """SELECT DISTINCT f.film_id, a.name, a.country, a.language FROM imdb_differs f
                JOIN imdb_aka a ON a.title = f.id WHERE f.film_id = ANY(%s) ORDER BY 1, 3, 4, 2"""
    for film, title, country, language in rows(titles, films):
        facts[film].setdefault("titles", []).append({"title": title, "country": country, "language": language})
    credits = """SELECT c.film_id, c.job, c.person_id, p.name, c.character, c.detail FROM imdb_part c
                 JOIN films_person p ON p.id = c.person_id WHERE c.film_id = ANY(%s) AND NOT c.fresh
                 ORDER BY c.film_id, c.job, c.place, c.n"""
    for film, job, person, name, character, detail in rows(credits, films):
        row = {"person": person, "name": name, "character": character, "detail": detail}
        facts[film].setdefault(f"credits.{job}", []).append(row)
    return facts


def _score(ours: OutsideScore | None, rating: Decimal | None, votes: int, date: str | None) -> dict[str, Any]:
    """The score, of the day of the file; nothing when it is what we have, of whatever day."""
    if rating is None or (ours and ours.value == rating and ours.scale == SCALE and ours.votes == votes):
        return {}
    url = ours.url if ours else ""
    return {f"scores.{SCORE}": {"value": plain(rating), "scale": str(SCALE), "votes": votes, "as_of": date, "url": url}}
