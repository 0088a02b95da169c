"""What all rows with tags have in common."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

MOST_TAGS = 10
LONGEST_TAG = 40


def folded() -> models.GeneratedField:
    """The `tags` of a row in lower case, by which they are found: stored, as many rows may be looked at for a page."""
    return models.GeneratedField(
        expression=models.Func("tags", function="folded_tags"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )
