"""Which of IMDb's films and people are in the catalogue already.

By the id; else a film is the one film without an id of IMDb that has the same title and year and somebody of the same
name; and a person is the one of that name, without an id, who is credited on such a film.
"""

from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from films.importers.imdb.tables import analyse, execute, rows
from films.importers.reporting import Report
from films.models import FilmId, Merge, PersonId
from films.survivors import retired_ids

MOST_TOLD: Final = 1_000  # credits of people who are not in name.basics; the rest are counted

IDS: Final = """
    SELECT DISTINCT ON (number) number, {what}_id FROM (
        SELECT substr(value, 3)::int AS number, {what}_id FROM films_{what}id
        WHERE source = 'imdb' AND value ~ '^{kind}[0-9]{{1,8}}$'
    ) ids ORDER BY number, {what}_id
"""

ALIKE: Final = """
    WITH pair AS (
        SELECT t.id, f.id AS film_id FROM imdb_title t
        JOIN films_film f ON f.sort_title = t.sort AND f.year = t.year
        WHERE NOT EXISTS (SELECT FROM films_filmid i WHERE i.film_id = f.id AND i.source = 'imdb')
          AND NOT EXISTS (SELECT FROM imdb_known k WHERE k.number = t.id)
          AND EXISTS (
            SELECT FROM imdb_credit c JOIN imdb_name n ON n.id = c.person
            JOIN films_person p ON p.search_text = n.key JOIN films_credit fc ON fc.person_id = p.id
            WHERE c.title = t.id AND fc.film_id = f.id)
    ), counted AS (
        SELECT *, count(*) OVER (PARTITION BY id) AS films, count(*) OVER (PARTITION BY film_id) AS titles FROM pair
    )
    SELECT id, film_id FROM counted WHERE films = 1 AND titles = 1
"""

NAMESAKES: Final = """
    WITH pair AS (
        SELECT n.id, p.id AS person_id, count(DISTINCT f.film_id) AS films
        FROM imdb_film f JOIN imdb_credit c ON c.title = f.id JOIN imdb_name n ON n.id = c.person
        JOIN films_credit fc ON fc.film_id = f.film_id
        JOIN films_person p ON p.id = fc.person_id AND p.search_text = n.key
        WHERE NOT f.fresh AND NOT EXISTS (SELECT FROM imdb_known k WHERE k.number = n.id)
          AND NOT EXISTS (SELECT FROM films_personid i WHERE i.person_id = p.id AND i.source = 'imdb')
        GROUP BY n.id, p.id
    ), best AS (
        SELECT *, row_number() OVER (PARTITION BY id ORDER BY films DESC, person_id) AS first,
               row_number() OVER (PARTITION BY person_id ORDER BY films DESC, id) AS turn FROM pair
    )
    SELECT id, person_id FROM best WHERE first = 1 AND turn = 1
"""


def match(report: Report, files: dict[str, Path]) -> None:
    """Fill the tables of films, people and credits with the rows of the catalogue that they are or will be."""
    execute("CREATE INDEX ON imdb_credit (title)")
    _leave_out_merged(report)
    analyse("imdb_title", "imdb_credit", "imdb_name", "imdb_aka", "imdb_rating")
    _match_films()
    _match_people()
    _tell_of_strangers(report, files)
    _join_credits()


def _leave_out_merged(report: Report) -> None:
    """Titles that a curator made part of another film, which has an id of its own, stay part of it."""
    merged = [int(value[2:]) for value in retired_ids(Merge.Kind.FILM, FilmId.Source.IMDB) if value[2:].isdigit()]
    gone = rows("DELETE FROM imdb_title WHERE id = ANY(%s) RETURNING id", [merged]) if merged else []
    if gone:
        report.leave_out(_("A curator made it part of another film, which has ids of its own."), len(gone))


def _match_films() -> None:
    _find("film", "tt", ALIKE)
    execute(
        """CREATE UNLOGGED TABLE imdb_film AS
           SELECT t.id, t.base, m.film_id IS NULL AS fresh, coalesce(m.film_id, nextval(
                  (SELECT pg_get_serial_sequence('films_film', 'id')::regclass))) AS film_id
           FROM (SELECT * FROM imdb_title ORDER BY id) t LEFT JOIN imdb_match m ON m.id = t.id"""
    )
    analyse("imdb_film")


def _match_people() -> None:
    _find("person", "nm", NAMESAKES)
    for merged, person in retired_ids(Merge.Kind.PERSON, PersonId.Source.IMDB).items():
        if merged[2:].isdigit():
            execute("DELETE FROM imdb_match WHERE id = %s", int(merged[2:]))
            execute("INSERT INTO imdb_match (id, person_id, adopted) VALUES (%s, %s, false)", int(merged[2:]), person)
    execute(
        """CREATE UNLOGGED TABLE imdb_person AS
           SELECT n.id, n.base, m.person_id IS NULL AS fresh, coalesce(p.search_text, left(n.key, 400)) AS key,
                  coalesce(p.name, n.name) AS name, m.adopted IS TRUE AS adopted, coalesce(m.person_id, nextval(
                  (SELECT pg_get_serial_sequence('films_person', 'id')::regclass))) AS person_id
           FROM (SELECT * FROM imdb_name ORDER BY id) n
           LEFT JOIN imdb_match m ON m.id = n.id LEFT JOIN films_person p ON p.id = m.person_id"""
    )
    analyse("imdb_person")


def _find(what: str, kind: str, alike: str) -> None:
    """imdb_match: ids at IMDb with ours, known by their id or adopted because they are alike."""
    execute("DROP TABLE IF EXISTS imdb_known, imdb_match")
    execute("CREATE TEMPORARY TABLE imdb_known ON COMMIT DROP AS " + IDS.format(what=what, kind=kind))
    execute("CREATE INDEX ON imdb_known (number)")
    analyse("imdb_known")
    execute(
        f"""CREATE TEMPORARY TABLE imdb_match ON COMMIT DROP AS
            SELECT number AS id, {what}_id, false AS adopted FROM imdb_known
            UNION ALL SELECT id, {what}_id, true FROM ({alike}) alike"""
    )
    analyse("imdb_match")


def _tell_of_strangers(report: Report, files: dict[str, Path]) -> None:
    strangers = "FROM imdb_credit c WHERE NOT EXISTS (SELECT FROM imdb_person p WHERE p.id = c.person)"
    number, told = rows(f"SELECT count(*) {strangers}")[0][0], 0
    reason = _("The person of the credit is not in name.basics.")
    for (line,) in rows(f"SELECT line {strangers} ORDER BY line LIMIT {MOST_TOLD}") if number else ():
        file = files["title.principals" if line > 0 else "title.crew"]
        report.skip(f"{file.name}:{abs(line)}", reason)
        told += 1
    report.skipped += number - told
    report.leave_out(reason, number - told) if number > told else None


def _join_credits() -> None:
    """Everybody once in each job of a film, in the order of people: so each person is counted in one go."""
    execute(
        """CREATE UNLOGGED TABLE imdb_part (n bigint GENERATED ALWAYS AS IDENTITY, film_id bigint, person_id bigint,
           job text, character text, detail text, place int, fresh boolean)"""
    )
    execute(
        """INSERT INTO imdb_part (film_id, person_id, job, character, detail, place, fresh)
           SELECT DISTINCT ON (p.person_id, f.film_id, c.job)
                  f.film_id, p.person_id, c.job, c.character, c.detail, c.place, f.fresh
           FROM imdb_credit c JOIN imdb_film f ON f.id = c.title JOIN imdb_person p ON p.id = c.person
           ORDER BY p.person_id, f.film_id, c.job, c.place, c.line"""
    )
    execute("CREATE INDEX ON imdb_part USING brin (n) WITH (pages_per_range = 16)")
    analyse("imdb_part")
