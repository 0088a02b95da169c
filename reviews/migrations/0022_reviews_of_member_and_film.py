from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0021_newest_comments")]

    operations = [
        migrations.RemoveIndex("review", "review_of_member_and_film"),
        migrations.AddIndex(
            "review",
            models.Index(
                fields=["member", "film", "-published_at", "-id"],
                include=["visibility", "removed_at"],
                name="review_of_member_and_film",
            ),
        ),
    ]
