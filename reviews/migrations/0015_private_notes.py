"""Notes that members keep on films for themselves, and imports bring them."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce

CHANGES = [
    ("mark", "Mark"), ("viewing", "Diary"), ("review", "Review"), ("list", "List"), ("entry", "Film on a list"),
    ("favourite", "Favourite"), ("muted", "Muted film"), ("dismissed", "Not to be recommended"), ("goal", "Goal"),
    ("search", "Saved search"), ("note", "Private note"), ("profile", "Profile"),
]  # fmt: skip
ROWS = [
    ("rating", "Rating"), ("watched", "Watched"), ("viewing", "Diary"), ("review", "Review"),
    ("watchlist", "Watchlist"), ("like", "Like"), ("entry", "List"), ("draft", "Draft"), ("favourite", "Favourite"),
    ("muted", "Muted film"), ("dismissed", "Not to be recommended"), ("empty_list", "List without films"),
    ("goal", "Goal"), ("search", "Saved search"), ("note", "Private note"), ("profile", "Profile"),
]  # fmt: skip
POSTINGS = [
    ("review", "reviews"), ("comment", "comments"), ("list", "lists"), ("follow", "members to follow"),
    ("like", "likes"), ("report", "reports"), ("message", "messages to moderators"), ("evening", "evenings"),
    ("invite", "members to ask for help with lists"), ("line", "diary lines"),
    ("entry", "films and notes put on lists"), ("note", "private notes"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("films", "0007_money"),
        ("reviews", "0014_lines_and_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name="PrivateNote",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "body",
                        models.TextField(
                            max_length=5000,
                            validators=[django.core.validators.MaxLengthValidator(5000)],
                            verbose_name="note",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "film",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="private_notes", to="films.film"
                        ),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="private_notes",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "private note",
                    "verbose_name_plural": "private notes",
                    "indexes": [models.Index(fields=["member", "-updated_at", "-id"], name="private_note_newest")],
                    "constraints": [
                        models.UniqueConstraint(fields=("member", "film"), name="private_note_one_a_member_and_film"),
                        models.CheckConstraint(
                            condition=models.Q(("body", ""), _negated=True), name="private_note_says_something"
                        ),
                    ],
                },
            ),
            migrations.AlterField("posting", "kind", models.CharField(choices=POSTINGS, max_length=8)),
            migrations.AlterField("importchange", "kind", models.CharField(choices=CHANGES, max_length=10)),
            migrations.AlterField("importrow", "kind", models.CharField(choices=ROWS, max_length=10)),
        ]),
    ]
