"""Where members want to know what comes out, and what they want to hear of it."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce

NOTICES = [
    ("follow", "Somebody follows you"), ("follow_request", "Somebody asks to follow you"),
    ("follow_accepted", "Somebody lets you follow them"), ("review_liked", "Somebody likes your review"),
    ("list_liked", "Somebody likes your list"), ("list_cloned", "Somebody makes a list out of yours"),
    ("list_invitation", "Somebody asks you to help with a list"), ("comment", "A comment under what you wrote"),
    ("reply", "An answer to your comment"), ("thread", "A comment in a thread that you follow"),
    ("mention", "Somebody names you"), ("tip", "Somebody recommends a film to you"),
    ("tip_seen", "Somebody sees a film that you recommended"), ("leaving", "A film of your watchlist leaves soon"),
    ("release", "A film of your watchlist comes out"),
    ("case", "The moderators, about something of yours or that you reported"),
    ("rating_held", "A rating of yours is held, or counts again"),
    ("export", "The copy of your data that you asked for is ready"),
]  # fmt: skip
WAYS = [("cinema", "In cinemas"), ("digital", "Online"), ("disc", "On disc"), ("tv", "On television")]


class Migration(migrations.Migration):
    dependencies = [
        ("films", "0010_releases_by_day"),
        ("reviews", "0025_shelf"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.AlterField("noticechoice", "kind", models.CharField(choices=NOTICES, max_length=16)),
            migrations.AlterField("notification", "kind", models.CharField(choices=NOTICES, max_length=16)),
            migrations.CreateModel(
                name="CalendarChoice",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "ways",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(choices=WAYS, max_length=8),
                            blank=True,
                            default=list,
                            verbose_name="ways out",
                        ),
                    ),
                    ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                    (
                        "country",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="films.country",
                            verbose_name="country",
                        ),
                    ),
                    (
                        "member",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="calendar_choice",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "choice for the calendar",
                    "verbose_name_plural": "choices for the calendar",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(ways__contained_by=["cinema", "digital", "disc", "tv"]),
                            name="calendar_ways_known",
                        ),
                        models.UniqueConstraint(
                            fields=["digest"], condition=~models.Q(digest=""), name="calendar_address_once"
                        ),
                    ],
                },
            ),
        ]),
    ]
