"""Webhooks: where programs of members are told what happens, and what is sent there."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce

EVENTS = [
    ("diary.added", "You log a film"),
    ("diary.changed", "You change a line of your diary"),
    ("diary.deleted", "You delete a line of your diary"),
    ("review.posted", "You post a review"),
    ("review.changed", "You change a review"),
    ("review.deleted", "You delete a review"),
    ("rating.changed", "You rate a film, change the rating or take it back"),
    ("watchlist.changed", "You put a film on your watchlist, or it leaves it"),
    ("list.changed", "A list of yours is made, or it or its films change"),
    ("list.deleted", "You delete a list"),
    ("follower.added", "Somebody begins to follow you"),
    ("film.added", "A film is added"),
    ("film.changed", "What is known of a film changes"),
    ("film.merged", "Two films become one"),
    ("film.deleted", "A film is deleted"),
]
OFF = [
    ("member", "You switched it off."),
    ("failing", "It answered with nothing but errors for three days."),
    ("gone", "It answered that it is gone for good (410)."),
    ("password", "You changed your password. Switch it on again if it is still yours."),
    ("house", "The people who run this site switched it off."),
    ("secret", "The key of this site changed. Make another secret, then switch it on."),
]
STATES = [
    ("waiting", "Waiting"),
    ("delivered", "Delivered"),
    ("failed", "Given up"),
    ("dropped", "Nothing left to tell"),
]
TROUBLES = [
    ("status", "answered with an error"),
    ("redirect", "answered with a redirect, which is not followed"),
    ("timeout", "took too long"),
    ("name", "its name leads nowhere"),
    ("address", "its name leads into a network that is not public"),
    ("tls", "its certificate could not be trusted"),
    ("unreachable", "could not be reached"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_tip_policy"),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name="Webhook",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("address", models.CharField(max_length=500, verbose_name="address")),
                    (
                        "events",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(choices=EVENTS, max_length=30), verbose_name="events"
                        ),
                    ),
                    ("sealed", models.CharField(editable=False, max_length=400)),
                    ("sealed_before", models.CharField(blank=True, editable=False, max_length=400)),
                    ("before_until", models.DateTimeField(blank=True, editable=False, null=True)),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="registered")),
                    ("off_at", models.DateTimeField(blank=True, null=True, verbose_name="switched off")),
                    ("off_because", models.CharField(blank=True, choices=OFF, max_length=10, verbose_name="why")),
                    ("told_off_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ("failing_since", models.DateTimeField(blank=True, null=True, verbose_name="failing since")),
                    ("failures", models.PositiveIntegerField(default=0)),
                    ("rests_until", models.DateTimeField(blank=True, null=True)),
                    ("taken_until", models.DateTimeField(blank=True, editable=False, null=True)),
                    (
                        "member",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="webhooks",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "webhook",
                    "verbose_name_plural": "webhooks",
                    "indexes": [
                        django.contrib.postgres.indexes.GinIndex(fields=["events"], name="webhook_events"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("member", "address"),
                            name="webhook_one_an_address",
                            violation_error_message="You have a webhook of this address already. Change that one.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("address__startswith", "https://")), name="webhook_by_https"
                        ),
                        models.CheckConstraint(condition=models.Q(("events__len__gt", 0)), name="webhook_wants_something"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("off_at", None), ("off_because", "")),
                                models.Q(("off_at__isnull", False), models.Q(("off_because", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="webhook_off_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Delivery",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ("event", models.CharField(choices=[*EVENTS, ("test", "A test")], max_length=30, verbose_name="event")),
                    ("about", models.BigIntegerField()),
                    ("gone", models.JSONField(blank=True, null=True)),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                    ("state", models.CharField(choices=STATES, default="waiting", max_length=10, verbose_name="state")),
                    ("due_at", models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True)),
                    ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                    ("tried_at", models.DateTimeField(blank=True, null=True)),
                    ("status", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="status")),
                    ("trouble", models.CharField(blank=True, choices=TROUBLES, max_length=12, verbose_name="trouble")),
                    (
                        "webhook",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="deliveries",
                            to="accounts.webhook",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "delivery",
                    "verbose_name_plural": "deliveries",
                    "indexes": [
                        models.Index(fields=["webhook", "-id"], name="delivery_newest"),
                        models.Index(
                            condition=models.Q(("state", "waiting")),
                            fields=["webhook", "due_at", "id"],
                            name="delivery_due",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("attempts", 0), ("state", "waiting")),
                            fields=("webhook", "event", "about"),
                            name="delivery_one_untried",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("due_at__isnull", False), ("state", "waiting")),
                                models.Q(models.Q(("state", "waiting"), _negated=True), ("due_at", None)),
                                _connector="OR",
                            ),
                            name="delivery_due_while_it_waits",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("gone__isnull", True),
                                ("event__endswith", ".deleted"),
                                ("event", "film.merged"),
                                _connector="OR",
                            ),
                            name="delivery_gone_with_what_is_gone",
                        ),
                    ],
                },
            ),
        ]),
    ]
