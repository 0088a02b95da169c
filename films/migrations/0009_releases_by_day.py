"""What comes out on a day is found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("films", "0008_award_addresses")]

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
