from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models, transaction

from films.tallies import SCORES

STEP = 5000
MEAN = """
    INSERT INTO films_prior (id, mean, weight, counted_at)
        SELECT 1, sum(rating_sum) / sum(rating_count), %s, now() FROM films_film HAVING sum(rating_count) > 0
        ON CONFLICT DO NOTHING
"""
WEIGH = f"""
    UPDATE films_film r SET {SCORES.changes} FROM {SCORES.beside}
        WHERE r.id BETWEEN %s AND %s AND r.rating_count > 0 AND ({SCORES.differs})
"""
INDEXES = {
    "film_by_weighted": "rating_weighted",
    "film_by_spread": "rating_spread",
    "film_by_week": "popularity_week",
    "film_by_month": "popularity_month",
    "film_by_twelvemonth": "popularity_year",
}


def weigh(apps, schema_editor):
    """In steps, so that no rating waits for the whole. Interrupted, it goes on where it was."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(MEAN, [max(1, settings.WEIGHTED_PRIOR)])
        cursor.execute("SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM films_film")
        first, last = cursor.fetchone()
        for start in range(first, last + 1, STEP):
            with transaction.atomic(using=schema_editor.connection.alias):
                cursor.execute(WEIGH, [start, start + STEP - 1])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("films", "0010_ranking")]

    operations = [
        migrations.RunPython(weigh, migrations.RunPython.noop, elidable=False),
        # A build that was interrupted leaves an index that nothing uses; it is made anew.
        *(migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", migrations.RunSQL.noop) for name in INDEXES),
        *(
            AddIndexConcurrently("film", models.Index(fields=[f"-{column}", "-id"], name=name))
            for name, column in INDEXES.items()
        ),
    ]
