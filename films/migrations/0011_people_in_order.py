"""People by name, whatever its accents and case, are found in order by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("films", "0010_releases_by_day")]

    operations = [
        migrations.AddIndex("person", models.Index(fields=["search_text", "id"], name="person_in_order")),
    ]
