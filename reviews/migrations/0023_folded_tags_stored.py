"""Tags in lower case are stored: an index on the function alone has it called for each row that is looked at."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

FOLDED = {
    "expression": models.Func("tags", function="folded_tags"),
    "output_field": django.contrib.postgres.fields.ArrayField(base_field=models.TextField()),
    "db_persist": True,
}


class Migration(migrations.Migration):
    dependencies = [("reviews", "0022_reviews_of_member_and_film")]

    operations = [
        migrations.RemoveIndex("filmlist", "list_tags"),
        migrations.RemoveIndex("review", "review_tags"),
        migrations.RemoveIndex("filmlist", "list_folded_tags"),
        migrations.RemoveIndex("review", "review_folded_tags"),
        migrations.AddField("filmlist", "folded_tags", models.GeneratedField(**FOLDED)),
        migrations.AddField("review", "folded_tags", models.GeneratedField(**FOLDED)),
        migrations.AddIndex(
            "filmlist",
            django.contrib.postgres.indexes.GinIndex(fields=["folded_tags"], name="list_folded_tags"),
        ),
        migrations.AddIndex(
            "review",
            django.contrib.postgres.indexes.GinIndex(fields=["folded_tags"], name="review_folded_tags"),
        ),
    ]
