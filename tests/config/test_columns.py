"""What columns can hold: keys that never run out, and texts that end somewhere."""

import pytest
from django.apps import apps
from django.db import connection, models

OURS = ("accounts", "films", "reviews")
# What the house itself puts together, of what has a limit, or keeps of a source that it read.
NO_LIMIT = {
    "Article.headings", "Conflict.ours", "Conflict.theirs", "Essay.headings",
    "FilmChange.after", "FilmChange.before", "Finding.facts",
    "HousePage.headings",
    "Import.left_out", "Import.lists", "ImportChange.after", "ImportChange.before", "ImportRow.body",
    "ImportRow.circumstances", "ImportRow.tags", "ImportRun.position", "ImportRun.reasons", "Incident.seen",
    "Merge.record", "Notification.details", "Quotation.words", "Report.words", "Review.evening", "SigningKey.sealed",
}  # fmt: skip

# Keys of tables that have one row, or one for each group or permission of Django's.
FEW_ROWS = {
    "accounts_user_groups.group_id", "accounts_user_user_permissions.permission_id", "films_prior.id",
}  # fmt: skip
# Columns of keys, primary or foreign, that would end at 2,147,483,647.
NARROW_KEYS = """
    SELECT format('%%s.%%s', t.relname, a.attname)
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (c.conkey)
    WHERE c.contype IN ('p', 'f') AND a.atttypid IN ('int2'::regtype, 'int4'::regtype)
      AND t.relname ~ %s
    ORDER BY 1
"""


@pytest.mark.django_db
def test_no_key_runs_out():
    with connection.cursor() as cursor:
        cursor.execute(NARROW_KEYS, [f"^({'|'.join(OURS)})_"])
        narrow = {name for (name,) in cursor.fetchall()}
    assert narrow == FEW_ROWS


def test_every_text_has_a_limit():
    endless = {
        f"{model.__name__}.{field.name}"
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        if not model._meta.proxy  # of another package's table
        for field in model._meta.get_fields()
        if isinstance(field, (models.CharField, models.TextField, models.JSONField)) and not is_limited(model, field)
    }
    assert endless == NO_LIMIT


def is_limited(model, field) -> bool:
    """By its length, or by what the database checks; what PostgreSQL makes of other columns is as they are."""
    checked = (str(getattr(each, "condition", "")) for each in model._meta.constraints)
    return (
        isinstance(field, models.GeneratedField)
        or bool(field.max_length)
        or any(field.name in each for each in checked)
    )
