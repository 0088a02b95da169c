"""What changed since when, for whoever keeps a copy of the catalogue."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("films", "0005_left_addresses")]

    operations = [
        AddIndexConcurrently("film", models.Index(fields=["updated_at", "id"], name="film_by_change")),
        AddIndexConcurrently("person", models.Index(fields=["updated_at", "id"], name="person_by_change")),
    ]
