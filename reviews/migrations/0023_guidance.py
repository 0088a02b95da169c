"""Members say what films contain, and of what they want to be told; exports bring both back."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce
from reviews.models.guidance import nobody_yet
from reviews.tallies import COUNT_VOTES, COUNT_VOTES_NO_MORE, WORKS_OF_THE_SUSPENDED

CHANGES = [
    ("mark", "Mark"), ("viewing", "Diary"), ("review", "Review"), ("list", "List"), ("entry", "Film on a list"),
    ("favourite", "Favourite"), ("muted", "Muted film"), ("dismissed", "Not to be recommended"), ("goal", "Goal"),
    ("search", "Saved search"), ("note", "Private note"), ("guidance", "What it contains"), ("caution", "Warning"),
    ("profile", "Profile"),
]  # fmt: skip
ROWS = [
    ("rating", "Rating"), ("watched", "Watched"), ("viewing", "Diary"), ("review", "Review"),
    ("watchlist", "Watchlist"), ("like", "Like"), ("entry", "List"), ("draft", "Draft"), ("favourite", "Favourite"),
    ("muted", "Muted film"), ("dismissed", "Not to be recommended"), ("empty_list", "List without films"),
    ("goal", "Goal"), ("search", "Saved search"), ("note", "Private note"), ("guidance", "What it contains"),
    ("caution", "Warning"), ("profile", "Profile"),
]  # fmt: skip
POSTINGS = [
    ("review", "reviews"), ("comment", "comments"), ("list", "lists"), ("follow", "members to follow"),
    ("like", "likes"), ("report", "reports"), ("message", "messages to moderators"), ("evening", "evenings"),
    ("invite", "members to ask for help with lists"), ("line", "diary lines"),
    ("entry", "films and notes put on lists"), ("note", "private notes"), ("tip", "recommendations"),
    ("guidance", "films to vote on"),
]  # fmt: skip
PROBLEMS = [
    ("no_title", "The line names no film."),
    ("stars", "Its rating is not between half a star and five."),
    ("rating", "Its rating is not between 1 and 10."),
    ("day", "Its day is not between 1895 and today."),
    ("day_order", "Its day may be one of two: write the year first, as in 2024-01-31."),
    ("place", "Its place is not one of the four that favourites have."),
    ("goal", "It is no year, or no number of films that can be seen in one."),
    ("search", "Nothing that it asks for is known here."),
    ("content", "Nothing that it says is asked here."),
    ("too_long", "Its text is longer than a review or a note can be here."),
    ("shape", "The line has more cells than the header, or cannot be read."),
    ("file", "The file cannot be read: it holds no text, or its columns are missing."),
]
CATEGORIES = [
    ("sex", "Sex and nudity"),
    ("violence", "Violence and gore"),
    ("profanity", "Profanity"),
    ("substances", "Alcohol, drugs and smoking"),
    ("fright", "Frightening or intense scenes"),
]


def about_one_thing(name):
    is_known = models.Q(category__in=[category for category, _label in CATEGORIES], note=None)
    either = is_known | models.Q(category="", note__isnull=False)
    return models.CheckConstraint(condition=either, name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("films", "0009_notes_by_members"),
        ("reviews", "0022_devices_ring"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.AlterField("importchange", "kind", models.CharField(choices=CHANGES, max_length=10)),
            migrations.AlterField("importrow", "kind", models.CharField(choices=ROWS, max_length=10)),
            migrations.AlterField("posting", "kind", models.CharField(choices=POSTINGS, max_length=8)),
            migrations.CreateModel(
                name="Caution",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "member",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="cautions",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "note",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="cautions", to="films.contentnote"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "caution",
                    "verbose_name_plural": "cautions",
                    "constraints": [models.UniqueConstraint(fields=("member", "note"), name="caution_once")],
                },
            ),
            migrations.CreateModel(
                name="ContentCount",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("category", models.CharField(blank=True, choices=CATEGORIES, max_length=10, verbose_name="category")),
                    (
                        "answers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.PositiveIntegerField(), default=nobody_yet, size=4
                        ),
                    ),
                    (
                        "film",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="content_counts",
                            to="films.film",
                        ),
                    ),
                    (
                        "note",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="counts",
                            to="films.contentnote",
                            verbose_name="content note",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "answer of members on a film",
                    "verbose_name_plural": "answers of members on films",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("film", "category", "note"), name="content_count_once", nulls_distinct=False
                        ),
                        about_one_thing("content_count_about_one_thing"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ContentVote",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("category", models.CharField(blank=True, choices=CATEGORIES, max_length=10)),
                    ("answer", models.PositiveSmallIntegerField()),
                    ("set_aside", models.BooleanField(db_default=False, default=False, editable=False)),
                    ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "film",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="content_votes", to="films.film"
                        ),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="content_votes",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "note",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="votes",
                            to="films.contentnote",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "vote on what a film contains",
                    "verbose_name_plural": "votes on what films contain",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("member", "film", "category", "note"), name="content_vote_once", nulls_distinct=False
                        ),
                        about_one_thing("content_vote_about_one_thing"),
                        models.CheckConstraint(
                            condition=models.Q(note=None, answer__lte=3) | models.Q(note__isnull=False, answer__lte=1),
                            name="content_vote_answer_fits",
                        ),
                    ],
                },
            ),
            migrations.AlterField("importrow", "problem", models.CharField(blank=True, choices=PROBLEMS, max_length=10)),
        ]),
        migrations.RunSQL(COUNT_VOTES, COUNT_VOTES_NO_MORE),
        migrations.RunSQL(WORKS_OF_THE_SUSPENDED, migrations.RunSQL.noop),
    ]
