"""What PostgreSQL counts for films, reviews and threads, and of what members say that films contain."""

from typing import Final

from accounts.tallies import ROWS, TABLES, Tally
from films.facets import Rebuilt

# A rating counts unless an incident holds it or its member is suspended.
RATED: Final = "r.half_stars IS NOT NULL"
COUNTED: Final = f"{RATED} AND r.incident_id IS NULL AND NOT r.set_aside"

MARKS: Final = Tally(
    "tally_marks",
    "reviews_mark",
    "film_id",
    "films_film",
    {
        "rating_count": f"({COUNTED})::int",
        "rating_sum": f"CASE WHEN {COUNTED} THEN r.half_stars ELSE 0 END",
        "blind_count": f"({COUNTED} AND r.rated_blind)::int",
        "blind_sum": f"CASE WHEN {COUNTED} AND r.rated_blind THEN r.half_stars ELSE 0 END",
        "watch_count": "(r.watched_at IS NOT NULL AND NOT r.set_aside)::int",
        "like_count": "(r.liked_at IS NOT NULL AND NOT r.set_aside)::int",
        "watchlist_count": "(r.watchlisted_at IS NOT NULL AND NOT r.set_aside)::int",
    }
    | {f"rating_histogram[{n}]": f"({COUNTED} AND r.half_stars = {n})::int" for n in range(1, 11)}
    | {f"aside_histogram[{n}]": f"({RATED} AND NOT ({COUNTED}) AND r.half_stars = {n})::int" for n in range(1, 11)},
)
# All that a member rated, whether it counts for the films or not.
RATERS: Final = Tally("tally_raters", "reviews_mark", "member_id", "accounts_user", {"rating_count": f"({RATED})::int"})
REVIEWS: Final = Tally(
    "tally_reviews",
    "reviews_review",
    "film_id",
    "films_film",
    {
        "review_count": "(r.published_at IS NOT NULL AND r.removed_at IS NULL AND NOT r.set_aside"
        " AND r.visibility = 'public')::int",
    },
)
FANS: Final = Tally("tally_fans", "reviews_favourite", "film_id", "films_film", {"fan_count": "(NOT r.set_aside)::int"})
LIKES: Final = Tally(
    "tally_likes", "reviews_reviewlike", "review_id", "reviews_review", {"like_count": "(NOT r.set_aside)::int"}
)
ENTRIES: Final = Tally("tally_entries", "reviews_listentry", "film_list_id", "reviews_filmlist", {"film_count": "1"})
LIST_LIKES: Final = Tally(
    "tally_list_likes", "reviews_listlike", "film_list_id", "reviews_filmlist", {"like_count": "(NOT r.set_aside)::int"}
)

# People with a seat at a screening of the house. Who waits for one, and with how many, takes none.
SEATS: Final = Tally(
    "tally_seats",
    "reviews_coming",
    "screening_id",
    "reviews_screening",
    {"taken": "CASE WHEN r.waiting_since IS NULL THEN 1 + r.guests ELSE 0 END"},
)

STANDS: Final = "r.deleted_at IS NULL AND r.taken_down_at IS NULL AND r.removed_at IS NULL AND NOT r.set_aside"
THREADS: Final = tuple(
    Tally(f"tally_{name}", "reviews_comment", f"{key}_id", target, {"comment_count": f"({STANDS})::int"})
    for name, key, target in (
        ("comments", "review", "reviews_review"),
        ("list_comments", "film_list", "reviews_filmlist"),
        ("article_comments", "article", "reviews_article"),
        ("film_comments", "film", "films_film"),
    )
)

# They came later than the others (migration 0031).
OF_ESSAYS: Final = (
    Tally("tally_essay_likes", "reviews_essaylike", "essay_id", "reviews_essay",
          {"like_count": "(NOT r.set_aside)::int"}),
    Tally("tally_essay_comments", "reviews_comment", "essay_id", "reviews_essay",
          {"comment_count": f"({STANDS})::int"}),
)  # fmt: skip

TALLIES: Final = (MARKS, RATERS, REVIEWS, FANS, LIKES, ENTRIES, LIST_LIKES, *THREADS)

# What a suspended member wrote and marked is set aside wherever it is counted, by whichever path they were suspended:
# in the same statement where it is little, else by a job (reviews/actions/setting_aside.py), for the tallies of twenty
# thousand films take longer than a page may. Nobody sees it either way: that is asked of the member's own row.
WRITTEN: Final = ("mark", "review", "comment", "reviewlike", "listlike", "essaylike", "favourite", "contentvote")
AT_ONCE: Final = 500  # rows of a kind


def _set_aside(table: str) -> str:
    rows = "member_id = NEW.id AND set_aside = NEW.is_active"
    return f"""
        IF (SELECT count(*) FROM (SELECT FROM {table} WHERE {rows} LIMIT {AT_ONCE + 1}) r) > {AT_ONCE} THEN
            is_much := TRUE;
        ELSE
            UPDATE {table} SET set_aside = NOT NEW.is_active WHERE {rows};
        END IF;
    """


_SET_ASIDE: Final = "".join(_set_aside(f"reviews_{name}") for name in WRITTEN)
WORKS_OF_THE_SUSPENDED: Final = f"""
    CREATE OR REPLACE FUNCTION set_works_aside() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE is_much boolean := FALSE;
    BEGIN
        {_SET_ASIDE}
        IF is_much THEN
            INSERT INTO reviews_settingaside (member_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
    END $$;
    CREATE OR REPLACE TRIGGER set_works_aside AFTER UPDATE OF is_active ON accounts_user
        FOR EACH ROW WHEN (OLD.is_active <> NEW.is_active) EXECUTE FUNCTION set_works_aside();
"""

# How many members give each answer about a category or a note of a film. The row that counts is made with the first
# vote and stays; only a vote makes one, so that deleting a film, or a note, brings none back.
ANSWERS: Final = 4
VOTE_COUNTS: Final = "NOT r.set_aside AND r.waits_until IS NULL"
COUNTED_VOTES: Final = f"SELECT * FROM reviews_contentvote r WHERE {VOTE_COUNTS}"
_SUMS: Final = ", ".join(
    f"coalesce(sum(r.sign) FILTER (WHERE r.answer = {n} AND {VOTE_COUNTS}), 0)::int AS n{n}" for n in range(ANSWERS)
)
_ADDED: Final = ", ".join(f"t.answers[{n + 1}] + d.n{n}" for n in range(ANSWERS))
_BEGUN: Final = """
            INSERT INTO reviews_contentcount (film_id, category, note_id, answers)
                SELECT DISTINCT film_id, category, note_id, ARRAY[0, 0, 0, 0] FROM added ORDER BY 1, 2, 3
                ON CONFLICT DO NOTHING;
"""


def _count_votes(event: str) -> str:
    """Rows are held in the order of their ids first, so that two statements cannot lock each other out."""
    function, rows = f"count_content_votes_{event.lower()}", ROWS[event]
    same = "t.film_id = d.film_id AND t.category = d.category AND t.note_id IS NOT DISTINCT FROM d.note_id"
    return f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {"" if event == "DELETE" else _BEGUN}
            PERFORM 1 FROM reviews_contentcount t WHERE EXISTS (SELECT FROM ({rows}) d WHERE {same})
                ORDER BY t.id FOR NO KEY UPDATE;
            UPDATE reviews_contentcount t SET answers = ARRAY[{_ADDED}] FROM (
                SELECT r.film_id, r.category, r.note_id, {_SUMS} FROM ({rows}) r GROUP BY 1, 2, 3
            ) d WHERE {same};
            RETURN NULL;
        END $$;
        CREATE TRIGGER {function} AFTER {event} ON reviews_contentvote
            REFERENCING {TABLES[event]} FOR EACH STATEMENT EXECUTE FUNCTION {function}();
    """


COUNT_VOTES: Final = "".join(map(_count_votes, TABLES))
COUNT_VOTES_NO_MORE: Final = "".join(
    f"DROP TRIGGER {name} ON reviews_contentvote; DROP FUNCTION {name}();"
    for name in (f"count_content_votes_{event.lower()}" for event in TABLES)
)
_NOBODY: Final = "ARRAY[0, 0, 0, 0]"
_TRUE_ANSWERS: Final = ", ".join(f"count(*) FILTER (WHERE answer = {n})::int" for n in range(ANSWERS))
_WRONG: Final = f"""
    (SELECT film_id, category, coalesce(note_id, 0) AS note, answers AS stored FROM reviews_contentcount) k
    FULL JOIN (
        SELECT film_id, category, coalesce(note_id, 0) AS note, ARRAY[{_TRUE_ANSWERS}] AS counted
        FROM ({COUNTED_VOTES}) v GROUP BY 1, 2, 3
    ) c USING (film_id, category, note)
    WHERE coalesce(stored, {_NOBODY}) <> coalesce(counted, {_NOBODY})
"""
CONTENT_COUNTS: Final = Rebuilt(
    "answers",
    "reviews_contentvote",
    "reviews_contentcount",
    f"""
        SELECT concat_ws(' ', film_id, nullif(category, ''), nullif(note, 0)),
            coalesce(stored, {_NOBODY}), coalesce(counted, {_NOBODY})
        FROM {_WRONG} ORDER BY film_id, category, note
    """,
    f"""
        INSERT INTO reviews_contentcount (film_id, category, note_id, answers)
            SELECT film_id, category, nullif(note, 0), coalesce(counted, {_NOBODY}) FROM {_WRONG}
        ON CONFLICT (film_id, category, note_id) DO UPDATE SET answers = excluded.answers
    """,
)

# A reply answers a comment of the same thread that is not itself a reply.
ONE_LEVEL_OF_REPLIES: Final = """
    CREATE OR REPLACE FUNCTION comment_one_level() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.reply_to_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM reviews_comment c
            WHERE c.id = NEW.reply_to_id AND c.reply_to_id IS NULL
                AND c.review_id IS NOT DISTINCT FROM NEW.review_id
                AND c.film_list_id IS NOT DISTINCT FROM NEW.film_list_id
                AND c.article_id IS NOT DISTINCT FROM NEW.article_id
                AND c.film_id IS NOT DISTINCT FROM NEW.film_id
                AND c.essay_id IS NOT DISTINCT FROM NEW.essay_id
        ) THEN
            RAISE EXCEPTION 'a reply answers a comment of the same thread that is not itself a reply'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_one_level';
        END IF;
        RETURN NEW;
    END $$;
    DROP TRIGGER IF EXISTS comment_one_level ON reviews_comment;
    -- Not when a film's comments move to another in a merge: there all of a thread move in one statement.
    CREATE TRIGGER comment_one_level BEFORE INSERT OR UPDATE OF reply_to_id ON reviews_comment
        FOR EACH ROW EXECUTE FUNCTION comment_one_level();
"""

# Nobody looks at an appeal against their own decision.
ANOTHER_MODERATOR: Final = """
    CREATE FUNCTION appeal_another_moderator() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.decided_by_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM reviews_decision d
            WHERE d.id = NEW.decision_id AND (d.by_id = NEW.decided_by_id OR d.member_id = NEW.decided_by_id)
        ) THEN
            RAISE EXCEPTION 'another moderator than the first decides about an appeal'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_another_moderator';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER appeal_another_moderator BEFORE INSERT OR UPDATE ON reviews_appeal
        FOR EACH ROW EXECUTE FUNCTION appeal_another_moderator();
"""
