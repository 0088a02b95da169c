from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("films", "0002_tallies"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="film",
            index=models.Index(fields=["runtime_minutes", "id"], name="film_by_length"),
        ),
    ]
