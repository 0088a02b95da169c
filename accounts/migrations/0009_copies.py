"""Places of members' own to which copies of their data are sent."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TROUBLES = [
    ("status", "answered with an error"), ("redirect", "answered with a redirect, which is not followed"),
    ("timeout", "took too long"), ("name", "its name leads nowhere"),
    ("address", "its name leads into a network that is not public"),
    ("tls", "its certificate could not be trusted"), ("unreachable", "could not be reached"),
    ("login", "did not take the name and the password"), ("forbidden", "lets nothing be written there"),
    ("missing", "has no such folder"), ("large", "takes no file as large"), ("full", "has no room left"),
    ("ours", "was not asked, as the copy is larger than what is sent from here"),
]  # fmt: skip
OFF = [
    ("member", "You switched it off."), ("failing", "For a week no copy arrived there."),
    ("password", "You changed your password here. Switch it on again if the place is still yours."),
    ("house", "The people who run this site switched it off."),
    ("secret", "The key of this site changed. Write the password of the place again."),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_shelf_policy")]

    operations = [
        migrations.CreateModel(
            name="CopyPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=500, verbose_name="folder")),
                ("username", models.CharField(max_length=200, verbose_name="name there")),
                ("sealed", models.CharField(editable=False, max_length=3000)),
                (
                    "often",
                    models.CharField(
                        choices=[("week", "Every week"), ("month", "Every month")],
                        default="week",
                        max_length=5,
                        verbose_name="how often",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="named")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "phase",
                    models.CharField(
                        blank=True, choices=[("making", "being made"), ("sending", "on its way")], max_length=7
                    ),
                ),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="last sent")),
                ("file", models.CharField(blank=True, max_length=120)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, choices=TROUBLES, max_length=12)),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("failing_since", models.DateTimeField(blank=True, null=True, verbose_name="failing since")),
                ("off_at", models.DateTimeField(blank=True, null=True, verbose_name="switched off")),
                ("off_because", models.CharField(blank=True, choices=OFF, max_length=10, verbose_name="why")),
                ("told_off_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copy_place",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "place for copies",
                "verbose_name_plural": "places for copies",
                "indexes": [models.Index(condition=Q(off_at=None), fields=["due_at"], name="copies_due")],
                "constraints": [
                    models.CheckConstraint(condition=Q(address__startswith="https://"), name="copies_by_https"),
                    models.CheckConstraint(condition=Q(address__endswith="/"), name="copies_into_a_folder"),
                    models.CheckConstraint(
                        condition=Q(off_at=None, off_because="") | Q(off_at__isnull=False) & ~Q(off_because=""),
                        name="copies_off_says_why",
                    ),
                ],
            },
        ),
    ]
