"""What comes out on a day is found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("films", "0009_notes_by_members")]

    operations = [
        migrations.AddIndex(
            "release",
            models.Index(
                fields=["released_on", "id"],
                name="release_by_day",
                condition=models.Q(released_on__isnull=False),
            ),
        ),
    ]
