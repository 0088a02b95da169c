"""Members are told when something of theirs stopped by itself."""

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
    ("stopped", "Something of yours stopped: a webhook, or copies that are sent"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("reviews", "0027_copies_in_step")]

    operations = [
        AtOnce([
            migrations.AlterField("noticechoice", "kind", models.CharField(choices=NOTICES, max_length=16)),
            migrations.AlterField("notification", "kind", models.CharField(choices=NOTICES, max_length=16)),
        ]),
    ]
