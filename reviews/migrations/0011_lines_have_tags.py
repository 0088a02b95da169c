"""Lines of the diary have tags: those of their review, where there is one that the same people see."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

FILL = """
    UPDATE reviews_viewing v SET tags = r.tags FROM reviews_review r
     WHERE r.viewing_id = v.id AND r.tags <> '{}' AND r.visibility = v.visibility AND r.removed_at IS NULL
"""
FOLDED = models.GeneratedField(
    expression=models.Func("tags", function="folded_tags"), output_field=ArrayField(models.TextField()), db_persist=True
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0010_imports_bring_choices")]

    operations = [
        migrations.AddField(
            "viewing",
            "tags",
            ArrayField(models.CharField(max_length=40), blank=True, db_default=[], default=list, size=10),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddField("viewing", "folded_tags", FOLDED),
    ]
