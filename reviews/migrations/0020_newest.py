"""The newest and the best liked of everybody, from indexes of all of them, public or not."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("films", "0016_one_search"),
        ("reviews", "0019_names_at_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="filmlist",
            name="list_newest_public",
        ),
        migrations.RemoveIndex(
            model_name="filmlist",
            name="list_best_public",
        ),
        migrations.RemoveIndex(
            model_name="review",
            name="review_newest_public",
        ),
        migrations.AddIndex(
            model_name="filmlist",
            index=models.Index(fields=["-updated_at", "-id"], name="list_newest"),
        ),
        migrations.AddIndex(
            model_name="filmlist",
            index=models.Index(fields=["-like_count", "-updated_at", "-id"], name="list_best"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["-published_at", "-id"], name="review_newest"),
        ),
    ]
