import django.contrib.postgres.fields
from django.db import migrations, models

import films.models.facet
from films import following


class Migration(migrations.Migration):
    dependencies = [("films", "0016_one_search")]

    operations = [
        migrations.CreateModel(
            name="CatalogueChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_by", models.BigIntegerField(db_default=films.models.facet.MadeBy())),
                ("made_at", models.DateTimeField(db_default=films.models.facet.ClockTime())),
                ("film_id", models.BigIntegerField()),
                ("gained", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(max_length=60))),
                ("lost", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(max_length=60))),
                ("is_renamed", models.BooleanField()),
            ],
            options={"indexes": [models.Index(fields=["made_by"], name="catalogue_change_by_maker")]},
        ),
        migrations.RunSQL(following.create(), following.drop()),
        # A log that is never empty: whoever follows it knows the last change that they saw again.
        migrations.RunSQL(following.BEGIN_ANEW, migrations.RunSQL.noop),
    ]
