"""Tags are found whatever their case, by an index on their lower-cased form."""

import django.contrib.postgres.indexes
from django.db import migrations, models

FOLDED = """
    CREATE FUNCTION folded_tags(tags varchar[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(SELECT lower(tag) FROM unnest(tags) AS tag);
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_spoiled_films")]

    operations = [
        migrations.RunSQL(FOLDED, "DROP FUNCTION folded_tags(varchar[])"),
        migrations.AddIndex(
            "review",
            django.contrib.postgres.indexes.GinIndex(
                models.Func("tags", function="folded_tags"), name="review_folded_tags"
            ),
        ),
        migrations.AddIndex(
            "filmlist",
            django.contrib.postgres.indexes.GinIndex(
                models.Func("tags", function="folded_tags"), name="list_folded_tags"
            ),
        ),
    ]
