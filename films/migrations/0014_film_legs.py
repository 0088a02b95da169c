from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

CONDITIONS = {
    "film_undated": models.Q(year=None),
    "film_untimed": models.Q(runtime_minutes=None),
    "film_few_ratings": models.Q(rating_count__lt=3),
}


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("films", "0013_facets")]

    operations = [
        # A build that was interrupted leaves an index that nothing uses; it is made anew.
        *(migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", migrations.RunSQL.noop) for name in CONDITIONS),
        *(
            AddIndexConcurrently(
                "film", models.Index(fields=["-popularity", "-id"], name=name, condition=condition)
            )
            for name, condition in CONDITIONS.items()
        ),
        migrations.AddIndex(
            "availability",
            models.Index(
                fields=["starts_on"], name="availability_by_start", condition=models.Q(starts_on__isnull=False)
            ),
        ),
    ]
