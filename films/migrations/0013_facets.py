import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from films import facets

# The triggers are there already, so that nothing is missed, and count the words.
FILL = f"INSERT INTO films_filmfacets (film_id, year, runtime_minutes, words) {facets.TRUE}"


class Migration(migrations.Migration):
    dependencies = [("films", "0012_charts")]

    operations = [
        migrations.CreateModel(
            name="FacetCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=1)),
                ("word", models.TextField(max_length=60)),
                ("number", models.BigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["kind", "word"], name="facet_count_by_word")]},
        ),
        migrations.CreateModel(
            name="FilmFacets",
            fields=[
                ("film_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("runtime_minutes", models.PositiveSmallIntegerField(null=True)),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(max_length=60)),
                ),
            ],
        ),
        migrations.RunSQL(facets.create(), facets.drop()),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        # After the rows: to build an index of all is quicker than to add to it one by one.
        migrations.AddIndex(
            "filmfacets",
            django.contrib.postgres.indexes.GinIndex(
                fields=["words"], gin_pending_list_limit=256, name="facets_words"
            ),
        ),
    ]
