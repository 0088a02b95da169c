"""Players that members have at home, and what they said last."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Lower

from config.at_once import AtOnce

OUTCOMES = [
    ("logged", "In your diary"), ("same", "In your diary already"), ("short", "Stopped too early"),
    ("other", "Somebody else"), ("limit", "Too many in a day"), ("waiting", "Which film?"),
]  # fmt: skip
VISIBILITIES = [("public", "Everyone"), ("followers", "My followers"), ("private", "Only me")]


class Migration(migrations.Migration):
    dependencies = [
        ("films", "0008_award_addresses"),
        ("reviews", "0018_house"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name="Player",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(max_length=60, verbose_name="name")),
                    ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                    ("user_name", models.CharField(blank=True, max_length=100, verbose_name="only what this user watches")),
                    (
                        "visibility",
                        models.CharField(
                            choices=VISIBILITIES, default="public", max_length=10, verbose_name="who can see this"
                        ),
                    ),
                    ("time_zone", models.CharField(default="UTC", max_length=64, verbose_name="time zone")),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("last_used_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "member",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="players",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "player",
                    "verbose_name_plural": "players",
                    "constraints": [
                        models.UniqueConstraint(F("member"), Lower("name"), name="player_one_a_name"),
                        models.CheckConstraint(condition=Q(("name", ""), _negated=True), name="player_has_a_name"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Playing",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("heard_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("watched_on", models.DateField()),
                    ("title", models.CharField(blank=True, max_length=300)),
                    ("year", models.PositiveSmallIntegerField(null=True)),
                    ("imdb", models.CharField(blank=True, max_length=16)),
                    ("tmdb", models.CharField(blank=True, max_length=16)),
                    ("percent", models.PositiveSmallIntegerField(null=True)),
                    ("outcome", models.CharField(choices=OUTCOMES, max_length=8)),
                    ("was_seen", models.BooleanField(default=False)),
                    ("was_listed", models.BooleanField(default=False)),
                    (
                        "film",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="films.film"
                        ),
                    ),
                    (
                        "player",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="playings",
                            to="reviews.player",
                        ),
                    ),
                    (
                        "viewing",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="reviews.viewing"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "playing",
                    "verbose_name_plural": "playings",
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(("percent", None), ("percent__lte", 100), _connector="OR"),
                            name="playing_percent_within_whole",
                        ),
                    ],
                    "indexes": [models.Index(fields=["player", "-heard_at", "-id"], name="playing_newest")],
                },
            ),
        ]),
    ]
