import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_tallies")]

    operations = [
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("span", models.BigIntegerField()),
                ("requests", models.PositiveBigIntegerField(default=1)),
            ],
            options={"verbose_name": "request count", "verbose_name_plural": "request counts"},
        ),
        # Written at every request: no log, and room on each page so that a new count replaces the old one in place.
        migrations.RunSQL(
            "ALTER TABLE accounts_requestcount SET UNLOGGED, SET (fillfactor = 70)", migrations.RunSQL.noop
        ),
        migrations.CreateModel(
            name="SentOnce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("path", models.CharField(max_length=500)),
                ("digest", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("answer", models.TextField(blank=True, max_length=1000000)),
                ("location", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="sent_once_age")],
                "constraints": [models.UniqueConstraint(fields=("member", "key", "path"), name="sent_once")],
            },
        ),
    ]
