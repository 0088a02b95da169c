"""Members write essays: about several films, about people, or about cinema as such.

They stand in the same tables of kinds as reviews and lists: comments, threads that are followed, names, covers, lines
of the feed, notifications, reports, cases and decisions.
"""

from functools import reduce
from importlib import import_module
from operator import or_

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce
from reviews.tallies import OF_ESSAYS, ONE_LEVEL_OF_REPLIES, WORKS_OF_THE_SUSPENDED

finder = import_module("reviews.migrations.0004_found").finder
CASCADE, SET_NULL = django.db.models.deletion.CASCADE, django.db.models.deletion.SET_NULL

# Of which columns exactly one is set, by the name of the constraint and its table.
ONE_OF = {
    ("case", "case_about_one_thing"): ("review", "comment", "film_list", "essay", "tip", "member", "film", "quotation"),
    ("comment", "comment_in_one_thread"): ("review", "film_list", "article", "film", "essay"),
    ("mention", "mention_in_one_text"): ("review", "comment", "essay"),
    ("report", "report_on_one_thing"): (
        "review",
        "comment",
        "film_list",
        "essay",
        "tip",
        "member",
        "film",
        "quotation",
    ),
    ("spoiledfilm", "spoiled_film_in_one_text"): ("review", "comment", "film_list", "list_entry", "article", "essay"),
    ("subscription", "subscription_to_one_thread"): ("review", "film_list", "article", "film", "essay"),
}
# What else may be there once for an essay.
ONCE = {
    "case": models.UniqueConstraint(
        condition=models.Q(("closed_at", None)), fields=("essay",), name="case_essay_one_open"
    ),
    "mention": models.UniqueConstraint(fields=("member", "essay"), name="mention_essay_once"),
    "report": models.UniqueConstraint(
        condition=models.Q(("closed_at", None)), fields=("reporter", "essay"), name="report_essay_once_open"
    ),
    "spoiledfilm": models.UniqueConstraint(fields=("essay", "number"), name="spoiled_film_essay_once"),
    "subscription": models.UniqueConstraint(fields=("member", "essay"), name="subscription_essay_once"),
}
KINDS = [
    ("reviewed", "Reviews"), ("logged", "Diary"), ("rated", "Ratings"), ("liked", "Liked films"),
    ("watchlisted", "Watchlists"), ("listed", "Lists"), ("wrote_essay", "Essays"), ("liked_review", "Liked reviews"),
    ("liked_list", "Liked lists"), ("liked_essay", "Liked essays"), ("followed", "Follows"),
]  # fmt: skip
BROUGHT = [
    ("rating", "Rating"), ("watched", "Watched"), ("viewing", "Diary"), ("review", "Review"), ("watchlist",
    "Watchlist"), ("like", "Like"), ("entry", "List"), ("draft", "Draft"), ("favourite", "Favourite"), ("muted",
    "Muted film"), ("dismissed", "Not to be recommended"), ("empty_list", "List without films"), ("goal", "Goal"),
    ("search", "Saved search"), ("note", "Private note"), ("guidance", "What it contains"), ("caution", "Warning"),
    ("copy", "Copy on the shelf"), ("profile", "Profile"), ("essay", "Essay"),
]  # fmt: skip
CHANGED = [
    ("mark", "Mark"), ("viewing", "Diary"), ("review", "Review"), ("list", "List"), ("entry", "Film on a list"),
    ("favourite", "Favourite"), ("muted", "Muted film"), ("dismissed", "Not to be recommended"), ("goal", "Goal"),
    ("search", "Saved search"), ("note", "Private note"), ("guidance", "What it contains"), ("caution", "Warning"),
    ("copy", "Copy on the shelf"), ("profile", "Profile"), ("essay", "Essay"),
]  # fmt: skip
NOTICES = [
    ("follow", "Somebody follows you"), ("follow_request", "Somebody asks to follow you"),
    ("follow_accepted", "Somebody lets you follow them"), ("review_liked", "Somebody likes your review"),
    ("list_liked", "Somebody likes your list"), ("essay_liked", "Somebody likes your essay"),
    ("list_cloned", "Somebody makes a list out of yours"),
    ("list_invitation", "Somebody asks you to help with a list"), ("comment", "A comment under what you wrote"),
    ("reply", "An answer to your comment"), ("thread", "A comment in a thread that you follow"),
    ("mention", "Somebody names you"), ("tip", "Somebody recommends a film to you"),
    ("tip_seen", "Somebody sees a film that you recommended"), ("leaving", "A film of your watchlist leaves soon"),
    ("release", "A film of your watchlist comes out"),
    ("case", "The moderators, about something of yours or that you reported"),
    ("rating_held", "A rating of yours is held, or counts again"),
    ("export", "The copy of your data that you asked for is ready"),
]  # fmt: skip
POSTINGS = [
    ("review", "reviews"), ("comment", "comments"), ("list", "lists"), ("follow", "members to follow"),
    ("like", "likes"), ("report", "reports"), ("message", "messages to moderators"), ("evening", "evenings"),
    ("invite", "members to ask for help with lists"), ("line", "diary lines"),
    ("entry", "films and notes put on lists"), ("note", "private notes"), ("copy", "copies put on the shelf"),
    ("tip", "recommendations"), ("essay", "essays"), ("guidance", "films to vote on"),
]  # fmt: skip
QUOTATIONS = [
    ("review", "Review"), ("comment", "Comment"), ("film_list", "List"), ("tip", "Recommendation"), ("essay", "Essay"),
    ("guest", "Name of a guest"), ("evening", "Name of an evening"),
]  # fmt: skip

# Nothing of what is covered is found by its words; of what is covered whole, the title alone.
FOUND = """
    CREATE FUNCTION words_of_essay(id bigint, title text, html text, covered boolean) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN words_of_text(id, title || ' ' || CASE WHEN covered THEN '' ELSE uncovered(html) END);
"""
# As in 0003_in_step: a line about an essay of its member's own is seen by whom the essay is seen.
IN_STEP = """
    CREATE FUNCTION activity_of_essay_in_step() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE seen text;
    BEGIN
        SELECT CASE WHEN published_at IS NULL OR removed_at IS NOT NULL THEN 'private' ELSE visibility END
            INTO seen FROM reviews_essay WHERE id = NEW.essay_id AND member_id = NEW.member_id FOR SHARE;
        NEW.visibility := coalesce(seen, NEW.visibility);
        RETURN NEW;
    END $$;
    CREATE TRIGGER activity_of_essay_in_step BEFORE INSERT OR UPDATE ON reviews_activity
        FOR EACH ROW WHEN (NEW.essay_id IS NOT NULL) EXECUTE FUNCTION activity_of_essay_in_step();
    CREATE FUNCTION activities_of_essay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE reviews_activity SET visibility = visibility WHERE essay_id = NEW.id AND member_id = NEW.member_id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER activities_of_essay AFTER UPDATE OF visibility, published_at, removed_at ON reviews_essay
        FOR EACH ROW WHEN (
            OLD.visibility IS DISTINCT FROM NEW.visibility OR OLD.published_at IS DISTINCT FROM NEW.published_at
            OR OLD.removed_at IS DISTINCT FROM NEW.removed_at
        ) EXECUTE FUNCTION activities_of_essay();
"""
OUT_OF_STEP = """
    DROP TRIGGER activities_of_essay ON reviews_essay;
    DROP FUNCTION activities_of_essay();
    DROP TRIGGER activity_of_essay_in_step ON reviews_activity;
    DROP FUNCTION activity_of_essay_in_step();
"""


def one_of(names, name):
    alone = [models.Q(**{f"{each}__isnull": each != chosen for each in names}) for chosen in names]
    return models.CheckConstraint(condition=reduce(or_, alone), name=name)


def to_an_essay(name, on_delete=CASCADE, **more):
    return models.ForeignKey(null=True, on_delete=on_delete, related_name=name, to="reviews.essay", **more)


class Migration(migrations.Migration):
    dependencies = [
        ("films", "0011_people_in_order"),
        ("reviews", "0030_votes_wait"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FOUND, "DROP FUNCTION words_of_essay(bigint, text, text, boolean);"),
        AtOnce([
            migrations.CreateModel(
                name="Essay",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", models.CharField(max_length=200, verbose_name="title")),
                    ("body", models.TextField(max_length=100000, verbose_name="text")),
                    ("body_html", models.TextField(editable=False, max_length=2000000)),
                    ("headings", models.JSONField(blank=True, default=list, editable=False)),
                    ("excerpt", models.CharField(blank=True, editable=False, max_length=400)),
                    ("word_count", models.PositiveIntegerField(default=0, editable=False)),
                    ("spoilers", models.BooleanField(default=False, verbose_name="contains spoilers")),
                    (
                        "visibility",
                        models.CharField(
                            choices=[("public", "Everyone"), ("followers", "My followers"), ("private", "Only me")],
                            default="public",
                            max_length=10,
                            verbose_name="who can see this",
                        ),
                    ),
                    (
                        "comment_policy",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("anyone", "Everyone who can read it"),
                                ("followers", "My followers"),
                                ("nobody", "Nobody"),
                            ],
                            db_default="",
                            max_length=10,
                            verbose_name="who may comment",
                        ),
                    ),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                    ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed")),
                    ("removal_reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                    ("spoilers_locked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ("like_count", models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ("comment_count", models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    (
                        "films",
                        models.ManyToManyField(blank=True, related_name="essays", to="films.film", verbose_name="films"),
                    ),
                    (
                        "people",
                        models.ManyToManyField(blank=True, related_name="essays", to="films.person", verbose_name="people"),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="essays",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "removed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "essay",
                    "verbose_name_plural": "essays",
                    "indexes": [
                        models.Index(fields=["member", "-published_at", "-id"], name="essay_of_member"),
                        models.Index(fields=["-published_at", "-id"], name="essay_newest"),
                        models.Index(fields=["-like_count", "-published_at", "-id"], name="essay_best"),
                        django.contrib.postgres.indexes.GinIndex(
                            models.Func("id", "title", "body_html", "spoilers", function="words_of_essay"),
                            name="essay_words",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="essay_has_a_title"),
                        models.CheckConstraint(condition=models.Q(("body", ""), _negated=True), name="essay_has_words"),
                        models.CheckConstraint(
                            condition=models.Q(("spoilers_locked_at", None), ("spoilers", True), _connector="OR"),
                            name="essay_locked_is_covered",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EssayLike",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("set_aside", models.BooleanField(db_default=False, default=False, editable=False)),
                    (
                        "essay",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="likes", to="reviews.essay"
                        ),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="essay_likes",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["member", "-created_at"], name="essay_like_member")],
                    "constraints": [models.UniqueConstraint(fields=("essay", "member"), name="essay_like_once")],
                },
            ),
            migrations.AlterField("activity", "kind", models.CharField(choices=KINDS, max_length=12)),
            migrations.AlterField("importrow", "kind", models.CharField(choices=BROUGHT, max_length=10)),
            migrations.AlterField("importchange", "kind", models.CharField(choices=CHANGED, max_length=10)),
            migrations.AlterField("noticechoice", "kind", models.CharField(choices=NOTICES, max_length=16)),
            migrations.AlterField("notification", "kind", models.CharField(choices=NOTICES, max_length=16)),
            migrations.AlterField("posting", "kind", models.CharField(choices=POSTINGS, max_length=8)),
            migrations.AlterField("quotation", "kind", models.CharField(choices=QUOTATIONS, max_length=10)),
            migrations.RemoveConstraint("activity", "activity_once"),
            *(migrations.RemoveConstraint(table, name) for table, name in ONE_OF),
            migrations.AddField("activity", "essay", to_an_essay("activities")),
            migrations.AddField("case", "essay", to_an_essay("cases", blank=True)),
            migrations.AddField("comment", "essay", to_an_essay("comments", blank=True)),
            migrations.AddField("decision", "essay", to_an_essay("decisions", SET_NULL, blank=True)),
            migrations.AddField("mention", "essay", to_an_essay("mentions")),
            migrations.AddField("notification", "essay", to_an_essay("+")),
            migrations.AddField("report", "essay", to_an_essay("reports", blank=True)),
            migrations.AddField("spoiledfilm", "essay", to_an_essay("spoiled_films")),
            migrations.AddField("subscription", "essay", to_an_essay("subscriptions")),
            migrations.AddConstraint(
                "activity",
                models.UniqueConstraint(
                    fields=("member", "kind", "mark", "review", "viewing", "film_list", "essay", "other"),
                    name="activity_once",
                    nulls_distinct=False,
                ),
            ),
            *(migrations.AddConstraint(table, one_of(names, name)) for (table, name), names in ONE_OF.items()),
            *(migrations.AddConstraint(table, constraint) for table, constraint in ONCE.items()),
            migrations.AddIndex(
                "comment",
                models.Index(
                    condition=models.Q(("essay__gt", 0)), fields=["essay", "created_at", "id"], name="comment_of_essay"
                ),
            ),
            migrations.AddIndex(
                "subscription",
                models.Index(condition=models.Q(("is_on", True)), fields=["essay"], name="subscribers_essay"),
            ),
        ]),
        *(migrations.RunSQL(tally.create(), tally.drop()) for tally in OF_ESSAYS),
        migrations.RunSQL(ONE_LEVEL_OF_REPLIES, migrations.RunSQL.noop),
        migrations.RunSQL(WORKS_OF_THE_SUSPENDED, migrations.RunSQL.noop),
        migrations.RunSQL(IN_STEP, OUT_OF_STEP),
        migrations.RunSQL(
            finder("essays_found", "reviews_essay", "words_of_essay(t.id, t.title, t.body_html, t.spoilers)"),
            "DROP FUNCTION essays_found(tsquery, int);",
        ),
    ]
