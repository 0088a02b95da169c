"""When films and people left an address, for whoever keeps a copy of the catalogue (films/models/address.py)."""

from django.db import migrations, models
from django.db.models.functions import Now

from films.models import address


class Migration(migrations.Migration):
    dependencies = [("films", "0004_notes")]

    operations = [
        migrations.CreateModel(
            name="LeftAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("film", "film"), ("person", "person")], max_length=6)),
                ("slug", models.CharField(max_length=120)),
                ("left_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "indexes": [models.Index(fields=["left_at", "id"], name="left_address_by_time")],
                "constraints": [models.UniqueConstraint(fields=["kind", "slug"], name="left_address_once")],
            },
        ),
        migrations.RunSQL(address.create(), address.drop()),
    ]
