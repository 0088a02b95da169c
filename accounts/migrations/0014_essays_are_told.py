"""Programs are told of essays, too, and a licence is of these as well."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from config.at_once import AtOnce

EVENTS = [
    ("diary.added", "You log a film"),
    ("diary.changed", "You change a line of your diary"),
    ("diary.deleted", "You delete a line of your diary"),
    ("review.posted", "You post a review"),
    ("review.changed", "You change a review"),
    ("review.deleted", "You delete a review"),
    ("essay.posted", "You post an essay"),
    ("essay.changed", "You change an essay"),
    ("essay.deleted", "You delete an essay"),
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
LICENCES = [
    ("", "None: all rights reserved"),
    ("CC-BY-4.0", "CC BY 4.0: anybody may use it who names me"),
    ("CC-BY-SA-4.0", "CC BY-SA 4.0: the same, and what they make of it is as free"),
    ("CC0-1.0", "CC0 1.0: anybody may use it for anything"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_follows_elsewhere")]

    operations = [
        AtOnce([
            migrations.AlterField(
                "delivery",
                "event",
                models.CharField(choices=[*EVENTS, ("test", "A test")], max_length=30, verbose_name="event"),
            ),
            migrations.AlterField(
                "webhook",
                "events",
                ArrayField(base_field=models.CharField(choices=EVENTS, max_length=30), verbose_name="events"),
            ),
            migrations.AlterField(
                "user",
                "licence",
                models.CharField(
                    blank=True,
                    choices=LICENCES,
                    db_default="",
                    default="",
                    help_text="Of your reviews, essays and lists that everybody can read. It stands beside them. You may"
                    " choose another one at any time, but what somebody has copied by then they may go on using as it"
                    " was.",
                    max_length=12,
                    verbose_name="licence of what I write",
                ),
            ),
        ]),
    ]
