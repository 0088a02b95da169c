"""What was written or changed since when, for whoever keeps a copy of the reviews."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reviews", "0006_reports_keep_the_words")]

    operations = [
        AddIndexConcurrently(
            "review",
            models.Index(
                condition=models.Q(("published_at__isnull", False)), fields=["updated_at", "id"], name="review_by_change"
            ),
        ),
    ]
