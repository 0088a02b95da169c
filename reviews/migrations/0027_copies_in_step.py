"""What others elsewhere have of a review or a line of the diary is due again when what they may read of it changes.

By triggers, so that neither a moderator's decision nor a merge of films nor a deletion can forget it. Rows of which
nobody elsewhere has a copy cost a look into an index, and none while nothing of these columns changes.
"""

from django.db import migrations

SEEN = {
    "review": ("member_id", "film_id", "half_stars", "body_html", "spoilers", "visibility", "published_at", "removed_at"),
    "viewing": ("member_id", "film_id", "half_stars", "watched_on", "rewatch", "visibility"),
}  # fmt: skip


def triggers(kind: str, columns: tuple[str, ...]) -> str:
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"""
        CREATE FUNCTION copies_of_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE accounts_copy SET is_due = true WHERE kind = '{kind}' AND number = OLD.id AND NOT is_due;
            RETURN NULL;
        END $$;
        CREATE TRIGGER copies_of_{kind}_changed AFTER UPDATE OF {", ".join(columns)} ON reviews_{kind}
            FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION copies_of_{kind}();
        CREATE TRIGGER copies_of_{kind}_deleted AFTER DELETE ON reviews_{kind}
            FOR EACH ROW EXECUTE FUNCTION copies_of_{kind}();
    """


def undone(kind: str) -> str:
    return f"""
        DROP TRIGGER copies_of_{kind}_changed ON reviews_{kind};
        DROP TRIGGER copies_of_{kind}_deleted ON reviews_{kind};
        DROP FUNCTION copies_of_{kind}();
    """


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_actors_in_step"), ("reviews", "0026_calendar")]

    operations = [migrations.RunSQL(triggers(kind, columns), undone(kind)) for kind, columns in SEEN.items()]
