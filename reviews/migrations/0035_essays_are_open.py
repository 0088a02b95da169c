"""Open data has a file of essays."""

from django.db import migrations, models

KINDS = [
    ("films", "Films"), ("ratings", "Ratings"), ("reviews", "Reviews"), ("lists", "Lists"), ("essays", "Essays"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("reviews", "0034_words_elsewhere")]

    operations = [migrations.AlterField("editionfile", "kind", models.CharField(choices=KINDS, max_length=8))]
