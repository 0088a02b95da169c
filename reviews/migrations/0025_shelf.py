"""Copies of films that members own; imports bring them, and an evening may go by them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce

KINDS = [
    ("bluray", "Blu-ray"), ("uhd", "4K UHD"), ("dvd", "DVD"), ("vhs", "VHS"), ("digital", "Digital copy"),
    ("print", "Film print"), ("other", "Something else"),
]  # fmt: skip
CUTS = [
    ("theatrical", "Theatrical cut"), ("directors", "Director’s cut"), ("extended", "Extended cut"),
    ("restored", "Restoration"), ("other", "Another version"),
]  # fmt: skip
CHANGES = [
    ("mark", "Mark"), ("viewing", "Diary"), ("review", "Review"), ("list", "List"), ("entry", "Film on a list"),
    ("favourite", "Favourite"), ("muted", "Muted film"), ("dismissed", "Not to be recommended"), ("goal", "Goal"),
    ("search", "Saved search"), ("note", "Private note"), ("guidance", "What it contains"), ("caution", "Warning"),
    ("copy", "Copy on the shelf"), ("profile", "Profile"),
]  # fmt: skip
ROWS = [
    ("rating", "Rating"), ("watched", "Watched"), ("viewing", "Diary"), ("review", "Review"),
    ("watchlist", "Watchlist"), ("like", "Like"), ("entry", "List"), ("draft", "Draft"), ("favourite", "Favourite"),
    ("muted", "Muted film"), ("dismissed", "Not to be recommended"), ("empty_list", "List without films"),
    ("goal", "Goal"), ("search", "Saved search"), ("note", "Private note"), ("guidance", "What it contains"),
    ("caution", "Warning"), ("copy", "Copy on the shelf"), ("profile", "Profile"),
]  # fmt: skip
POSTINGS = [
    ("review", "reviews"), ("comment", "comments"), ("list", "lists"), ("follow", "members to follow"),
    ("like", "likes"), ("report", "reports"), ("message", "messages to moderators"), ("evening", "evenings"),
    ("invite", "members to ask for help with lists"), ("line", "diary lines"),
    ("entry", "films and notes put on lists"), ("note", "private notes"), ("copy", "copies put on the shelf"),
    ("tip", "recommendations"), ("guidance", "films to vote on"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("films", "0008_award_addresses"),
        ("reviews", "0024_house_pages_keep_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name="OwnedCopy",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("kind", models.CharField(choices=KINDS, max_length=8, verbose_name="kind of copy")),
                    ("cut", models.CharField(blank=True, choices=CUTS, db_default="", max_length=12, verbose_name="cut")),
                    (
                        "details",
                        models.CharField(blank=True, max_length=120, verbose_name="where it stands, or what it is"),
                    ),
                    ("since", models.DateField(blank=True, null=True, verbose_name="yours since")),
                    ("since_is_year", models.BooleanField(db_default=False, default=False)),
                    ("lent_to", models.CharField(blank=True, max_length=60, verbose_name="lent to")),
                    ("lent_on", models.DateField(blank=True, null=True, verbose_name="lent on")),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "film",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="owned_copies", to="films.film"
                        ),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="owned_copies",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "copy on a shelf",
                    "verbose_name_plural": "copies on shelves",
                    "indexes": [
                        models.Index(fields=["member", "-created_at", "-id"], name="owned_copy_newest"),
                        models.Index(fields=["member", "film"], name="owned_copy_of_film"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("kind__in", [value for value, _name in KINDS])),
                            name="owned_copy_kind_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("cut__in", ["", *(value for value, _name in CUTS)])),
                            name="owned_copy_cut_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("since_is_year", False),
                                models.Q(("since__day", 1), ("since__isnull", False), ("since__month", 1)),
                                _connector="OR",
                            ),
                            name="owned_copy_year_begins_it",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("lent_on", None), models.Q(("lent_to", ""), _negated=True), _connector="OR"
                            ),
                            name="owned_copy_lent_to_somebody",
                        ),
                    ],
                },
            ),
            migrations.AddField("seat", "brings_shelf", models.BooleanField(db_default=False, default=False)),
            migrations.AddConstraint(
                "seat",
                models.CheckConstraint(
                    condition=models.Q(("brings_shelf", False), ("member__isnull", False), _connector="OR"),
                    name="seat_shelf_of_a_member",
                ),
            ),
            migrations.AlterField("posting", "kind", models.CharField(choices=POSTINGS, max_length=8)),
            migrations.AlterField("importchange", "kind", models.CharField(choices=CHANGES, max_length=10)),
            migrations.AlterField("importrow", "kind", models.CharField(choices=ROWS, max_length=10)),
        ]),
    ]
