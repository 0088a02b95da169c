from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0020_newest")]

    operations = [
        migrations.AddIndex("comment", models.Index(fields=["-created_at", "-id"], name="comment_newest")),
    ]
