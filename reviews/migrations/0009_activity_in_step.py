from django.db import migrations, models

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


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_score_seen"), ("accounts", "0006_set_aside")]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=models.Q(("kind__in", ("reviewed", "logged", "rated", "listed"))),
                fields=["member", "-created_at", "-id"],
                name="activity_shown",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["kind", "-created_at", "-id"], name="activity_of_kind"),
        ),
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
        migrations.RunSQL("UPDATE reviews_activity SET visibility = visibility", migrations.RunSQL.noop),
    ]
