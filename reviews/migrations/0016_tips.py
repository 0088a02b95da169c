"""Members recommend films to each other; such a recommendation can be reported and decided about."""

from functools import reduce
from operator import or_

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
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
    ("case", "The moderators, about something of yours or that you reported"),
    ("rating_held", "A rating of yours is held, or counts again"),
    ("export", "The copy of your data that you asked for is ready"),
]  # fmt: skip
POSTINGS = [
    ("review", "reviews"), ("comment", "comments"), ("list", "lists"), ("follow", "members to follow"),
    ("like", "likes"), ("report", "reports"), ("message", "messages to moderators"), ("evening", "evenings"),
    ("invite", "members to ask for help with lists"), ("line", "diary lines"),
    ("entry", "films and notes put on lists"), ("note", "private notes"), ("tip", "recommendations"),
]  # fmt: skip
QUOTATIONS = [
    ("review", "Review"), ("comment", "Comment"), ("film_list", "List"), ("tip", "Recommendation"),
    ("guest", "Name of a guest"), ("evening", "Name of an evening"),
]  # fmt: skip
REPORTED = ("review", "comment", "film_list", "tip", "member", "film", "quotation")
CASCADE, SET_NULL = django.db.models.deletion.CASCADE, django.db.models.deletion.SET_NULL


def one_of_them(name):
    alone = [models.Q(**{f"{each}__isnull": each != chosen for each in REPORTED}) for chosen in REPORTED]
    return models.CheckConstraint(condition=reduce(or_, alone), name=name)


def to_a_tip(name, on_delete):
    return models.ForeignKey(blank=True, null=True, on_delete=on_delete, related_name=name, to="reviews.tip")


def of_a_member(name):
    return models.ForeignKey(
        db_index=False, on_delete=CASCADE, related_name=name, to=settings.AUTH_USER_MODEL
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("films", "0008_award_addresses"),
        ("reviews", "0015_private_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name="Tip",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "words",
                        models.TextField(
                            blank=True,
                            max_length=280,
                            validators=[django.core.validators.MaxLengthValidator(280)],
                            verbose_name="line",
                        ),
                    ),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed")),
                    ("removal_reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                    ("film", models.ForeignKey(on_delete=CASCADE, related_name="tips", to="films.film")),
                    ("member", of_a_member("tips_given")),
                    ("to", of_a_member("tips_received")),
                    (
                        "removed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "recommendation",
                    "verbose_name_plural": "recommendations",
                    "indexes": [
                        models.Index(fields=["member", "-id"], name="tip_given"),
                        models.Index(fields=["to", "film", "-id"], name="tip_received"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("member", "to", "film"), name="tip_once"),
                        models.CheckConstraint(
                            condition=models.Q(("member", models.F("to")), _negated=True),
                            name="tip_not_to_self",
                            violation_error_message="You cannot recommend a film to yourself. Put it on your watchlist.",
                        ),
                    ],
                },
            ),
            migrations.AlterField("noticechoice", "kind", models.CharField(choices=NOTICES, max_length=16)),
            migrations.AlterField("notification", "kind", models.CharField(choices=NOTICES, max_length=16)),
            migrations.AlterField("posting", "kind", models.CharField(choices=POSTINGS, max_length=8)),
            migrations.AlterField("quotation", "kind", models.CharField(choices=QUOTATIONS, max_length=10)),
            migrations.RemoveConstraint("case", "case_about_one_thing"),
            migrations.RemoveConstraint("report", "report_on_one_thing"),
            migrations.AddField("case", "tip", to_a_tip("cases", CASCADE)),
            migrations.AddField("decision", "tip", to_a_tip("decisions", SET_NULL)),
            migrations.AddField("report", "tip", to_a_tip("reports", CASCADE)),
            migrations.AddConstraint("case", one_of_them("case_about_one_thing")),
            migrations.AddConstraint("report", one_of_them("report_on_one_thing")),
            migrations.AddConstraint(
                "case",
                models.UniqueConstraint(
                    condition=models.Q(("closed_at", None)), fields=("tip",), name="case_tip_one_open"
                ),
            ),
            migrations.AddConstraint(
                "report",
                models.UniqueConstraint(
                    condition=models.Q(("closed_at", None)), fields=("reporter", "tip"), name="report_tip_once_open"
                ),
            ),
        ]),
    ]
