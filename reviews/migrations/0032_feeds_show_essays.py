"""Essays are among what a feed shows to somebody who has chosen nothing."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

SHOWN = ("reviewed", "logged", "rated", "listed", "wrote_essay")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reviews", "0031_essays")]

    operations = [
        RemoveIndexConcurrently("activity", "activity_shown"),
        AddIndexConcurrently(
            "activity",
            models.Index(
                condition=models.Q(("kind__in", SHOWN)), fields=["member", "-created_at", "-id"], name="activity_shown"
            ),
        ),
    ]
