"""What members mean to see in a year."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

SHOWN_TO = [("public", "Everyone"), ("followers", "My followers"), ("private", "Only me")]


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0008_saved_searches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("films", models.PositiveSmallIntegerField(verbose_name="films")),
                (
                    "visibility",
                    models.CharField(
                        choices=SHOWN_TO, default="public", max_length=10, verbose_name="who can see it"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "goal",
                "verbose_name_plural": "goals",
                "constraints": [
                    models.UniqueConstraint(fields=["member", "year"], name="goal_one_a_year"),
                    models.CheckConstraint(condition=Q(films__range=(1, 5000)), name="goal_within_reach"),
                    models.CheckConstraint(
                        condition=Q(visibility__in=["public", "followers", "private"]), name="goal_visibility_known"
                    ),
                ],
            },
        ),
    ]
