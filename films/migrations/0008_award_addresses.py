"""Awards have addresses, made of their names."""

from django.db import migrations, models

from config.at_once import AtOnce
from films.models.award import words_of


class Migration(migrations.Migration):
    dependencies = [("films", "0007_money")]

    operations = [
        AtOnce([
            migrations.AddField(
                "award",
                "slug",
                models.GeneratedField(
                    expression=words_of("award"), output_field=models.CharField(max_length=120), db_persist=True
                ),
            ),
            migrations.AddIndex("award", models.Index(fields=["slug", "-year", "category"], name="award_slug")),
        ]),
    ]
