"""What follows from what is written, whichever path wrote: lines of the feed, places on lists, decisions that stay."""

from django.db import migrations

# A line about what is its member's own is seen by whom that is seen, whichever path changes either of the two. What a
# moderator removed, what is a draft and what only a link leads to is for its member alone. The lock on the row keeps
# out whoever would change its visibility before this line can be found.
IN_STEP = """
    CREATE FUNCTION activity_in_step() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE seen text;
    BEGIN
        IF NEW.review_id IS NOT NULL THEN
            SELECT CASE WHEN published_at IS NULL OR removed_at IS NOT NULL THEN 'private' ELSE visibility END
                INTO seen FROM reviews_review
                WHERE id = NEW.review_id AND member_id = NEW.member_id FOR SHARE;
        ELSIF NEW.viewing_id IS NOT NULL THEN
            SELECT visibility INTO seen FROM reviews_viewing
                WHERE id = NEW.viewing_id AND member_id = NEW.member_id FOR SHARE;
        ELSIF NEW.film_list_id IS NOT NULL THEN
            SELECT CASE WHEN visibility = 'link' OR removed_at IS NOT NULL THEN 'private' ELSE visibility END
                INTO seen FROM reviews_filmlist
                WHERE id = NEW.film_list_id AND member_id = NEW.member_id FOR SHARE;
        ELSIF NEW.mark_id IS NOT NULL THEN
            SELECT visibility INTO seen FROM reviews_mark
                WHERE id = NEW.mark_id AND member_id = NEW.member_id FOR SHARE;
        END IF;
        NEW.visibility := coalesce(seen, NEW.visibility);
        RETURN NEW;
    END $$;
    CREATE TRIGGER activity_in_step BEFORE INSERT OR UPDATE ON reviews_activity
        FOR EACH ROW EXECUTE FUNCTION activity_in_step();
"""
OF = {
    "review": ("visibility", "published_at", "removed_at"),
    "viewing": ("visibility",),
    "filmlist": ("visibility", "removed_at"),
    "mark": ("visibility",),
}
KEY = {"filmlist": "film_list_id"}


def follow_up(table: str) -> str:
    """Have the lines about a row look at it again when it is shown to others than before."""
    key, columns = KEY.get(table, f"{table}_id"), OF[table]
    differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return f"""
        CREATE FUNCTION activities_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE reviews_activity SET visibility = visibility WHERE {key} = NEW.id AND member_id = NEW.member_id;
            RETURN NULL;
        END $$;
        CREATE TRIGGER activities_of_{table} AFTER UPDATE OF {", ".join(columns)} ON reviews_{table}
            FOR EACH ROW WHEN ({differs}) EXECUTE FUNCTION activities_of_{table}();
    """


# Whoever stops following, by whichever path, is no longer told of as following.
UNFOLLOWED = """
    CREATE FUNCTION activity_unfollowed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM reviews_activity a USING gone g
            WHERE a.member_id = g.follower_id AND a.kind = 'followed' AND a.other_id = g.followed_id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER activity_unfollowed AFTER DELETE ON accounts_follow
        REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION activity_unfollowed();
"""

# The places on a list are 1, 2, 3… without gaps, whichever path writes: actions, merges of films and their undoing,
# a film that is deleted, a bulk load. What is put at a place pushes back what stood there.
IN_ORDER = """
    CREATE FUNCTION tidy_entries_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM reviews_filmlist WHERE id IN (SELECT film_list_id FROM {rows}) ORDER BY id FOR NO KEY UPDATE;
        UPDATE reviews_listentry e SET position = o.place
            FROM (
                SELECT c.id, row_number() OVER (
                    PARTITION BY c.film_list_id ORDER BY c.position, {first} c.id
                ) AS place
                FROM reviews_listentry c WHERE c.film_list_id IN (SELECT film_list_id FROM {rows})
            ) o
            WHERE e.id = o.id AND e.position <> o.place;
        RETURN NULL;
    END $$;
    CREATE TRIGGER tidy_entries_{event} AFTER {event} ON reviews_listentry
        REFERENCING {table} FOR EACH STATEMENT EXECUTE FUNCTION tidy_entries_{event}();
"""
ADDED = IN_ORDER.format(
    event="insert", rows="added", table="NEW TABLE AS added", first="c.id NOT IN (SELECT id FROM added),"
)
TAKEN = IN_ORDER.format(event="delete", rows="gone", table="OLD TABLE AS gone", first="")
DROP = """
    DROP TRIGGER tidy_entries_{event} ON reviews_listentry;
    DROP FUNCTION tidy_entries_{event}();
"""

# What was decided stays as it was told to the member: it is reversed, never rewritten. When the member deletes the
# account, the decision loses them and all words about them, and keeps the rest.
STAYS = """
    CREATE FUNCTION decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (NEW.kind, NEW.rule, NEW.by_program, NEW.made_at, NEW.until, NEW.was_covered)
            IS DISTINCT FROM (OLD.kind, OLD.rule, OLD.by_program, OLD.made_at, OLD.until, OLD.was_covered)
            OR ((NEW.excerpt, NEW.reason) IS DISTINCT FROM (OLD.excerpt, OLD.reason)
                AND NOT (OLD.member_id IS NOT NULL AND NEW.member_id IS NULL AND NEW.excerpt = '' AND NEW.reason = ''))
        THEN
            RAISE EXCEPTION 'a decision is reversed, not changed'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_stays';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER decision_stays BEFORE UPDATE ON reviews_decision
        FOR EACH ROW EXECUTE FUNCTION decision_stays();
"""


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0009_activity_in_step"),
        ("reviews", "0010_list_order"),
        ("reviews", "0013_decisions"),
        ("reviews", "0025_departures"),
        ("reviews", "0027_setting_aside"),
    ]

    dependencies = [("reviews", "0002_counts")]

    operations = [
        migrations.RunSQL(
            IN_STEP, "DROP TRIGGER activity_in_step ON reviews_activity; DROP FUNCTION activity_in_step();"
        ),
        *(
            migrations.RunSQL(
                follow_up(table),
                f"DROP TRIGGER activities_of_{table} ON reviews_{table}; DROP FUNCTION activities_of_{table}();",
            )
            for table in OF
        ),
        migrations.RunSQL(
            UNFOLLOWED, "DROP TRIGGER activity_unfollowed ON accounts_follow; DROP FUNCTION activity_unfollowed();"
        ),
        migrations.RunSQL(ADDED, DROP.format(event="insert")),
        migrations.RunSQL(TAKEN, DROP.format(event="delete")),
        migrations.RunSQL(STAYS, "DROP TRIGGER decision_stays ON reviews_decision; DROP FUNCTION decision_stays();"),
    ]
