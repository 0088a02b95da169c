"""A page of the house that was published once keeps its address."""

from django.db import migrations, models

ARE_PUBLISHED = "UPDATE reviews_housepage SET keeps_address = true WHERE published_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0023_guidance")]

    operations = [
        migrations.AddField(
            model_name="housepage",
            name="keeps_address",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunSQL(ARE_PUBLISHED, migrations.RunSQL.noop),
    ]
