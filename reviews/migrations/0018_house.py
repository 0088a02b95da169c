"""What the house itself says: its words, its pages and their revisions, its notices and who put them away."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0017_lists_fill_themselves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name="HouseNotice",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("news", "News of the house"), ("maintenance", "Work on the house")],
                            default="news",
                            max_length=11,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "words",
                        models.CharField(help_text="A sentence or two.", max_length=300, verbose_name="what it says"),
                    ),
                    (
                        "link",
                        models.CharField(
                            blank=True,
                            help_text="Optional: where one reads more, such as /articles/our-first-year/ or https://example.org/.",
                            max_length=300,
                            verbose_name="link",
                        ),
                    ),
                    (
                        "link_words",
                        models.CharField(
                            blank=True,
                            help_text="“How we spent our first year”.",
                            max_length=60,
                            verbose_name="what the link is called",
                        ),
                    ),
                    (
                        "audience",
                        models.CharField(
                            choices=[("everybody", "Everybody"), ("members", "Members only")],
                            default="everybody",
                            max_length=9,
                            verbose_name="for whom",
                        ),
                    ),
                    (
                        "starts_at",
                        models.DateTimeField(
                            default=django.utils.timezone.now, help_text="Times are UTC.", verbose_name="from"
                        ),
                    ),
                    (
                        "ends_at",
                        models.DateTimeField(
                            blank=True,
                            help_text="It goes by itself then. Empty: it stays until you end it.",
                            null=True,
                            verbose_name="until",
                        ),
                    ),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ("updated_at", models.DateTimeField(auto_now=True)),
                    (
                        "made_by",
                        models.ForeignKey(
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "notice of the house",
                    "verbose_name_plural": "notices of the house",
                },
            ),
            migrations.CreateModel(
                name="HousePage",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("about", "About this house"),
                                ("privacy", "Privacy"),
                                ("imprint", "Imprint"),
                                ("terms", "Terms"),
                                ("other", "Another page"),
                            ],
                            default="other",
                            help_text="Signing up leads to Privacy and Terms. There is one of each, and as many others as you like.",
                            max_length=7,
                            verbose_name="kind",
                        ),
                    ),
                    ("title", models.CharField(max_length=80, verbose_name="title")),
                    ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                    ("body", models.TextField(max_length=100000, verbose_name="text")),
                    ("body_html", models.TextField(editable=False, max_length=2000000)),
                    ("headings", models.JSONField(blank=True, default=list, editable=False)),
                    (
                        "place",
                        models.PositiveSmallIntegerField(
                            default=10,
                            help_text="At the foot of every page, the lowest number comes first.",
                            verbose_name="position",
                        ),
                    ),
                    ("published_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published")),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ("updated_at", models.DateTimeField(auto_now=True)),
                ],
                options={
                    "verbose_name": "page of the house",
                    "verbose_name_plural": "pages of the house",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("kind", "other"), _negated=True),
                            fields=("kind",),
                            name="house_page_one_of_a_kind",
                            violation_error_message="There is a page of this kind already.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("slug__in", ("notices",)), _negated=True), name="house_page_address_is_free"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="HousePageRevision",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.PositiveIntegerField(verbose_name="number")),
                    ("title", models.CharField(max_length=80, verbose_name="title")),
                    ("body", models.TextField(max_length=100000, verbose_name="text")),
                    ("restored_from", models.PositiveIntegerField(null=True, verbose_name="restored from")),
                    ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                    (
                        "page",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="reviews.housepage"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "revision",
                    "verbose_name_plural": "revisions",
                    "ordering": ["-number"],
                },
            ),
            migrations.CreateModel(
                name="HouseWords",
                fields=[
                    ("id", models.BigIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                    (
                        "line",
                        models.CharField(
                            blank=True,
                            help_text="One sentence, at the foot of every page and beside a film for who is not a member.",
                            max_length=200,
                            verbose_name="what house this is",
                        ),
                    ),
                    (
                        "welcome",
                        models.CharField(
                            blank=True,
                            help_text="A sentence or two under the headline of the front page, for who is not a member.",
                            max_length=300,
                            verbose_name="welcome",
                        ),
                    ),
                    (
                        "contact",
                        models.CharField(
                            blank=True,
                            help_text="An email address, or the address of a page. It stands at the foot of every page.",
                            max_length=200,
                            verbose_name="where to write to",
                        ),
                    ),
                    ("updated_at", models.DateTimeField(auto_now=True)),
                ],
                options={
                    "verbose_name": "the house’s words",
                    "verbose_name_plural": "the house’s words",
                    "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="house_words_once")],
                },
            ),
            migrations.CreateModel(
                name="NoticePutAway",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "member",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="notices_put_away",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "notice",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="put_away", to="reviews.housenotice"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "notice put away",
                    "verbose_name_plural": "notices put away",
                },
            ),
            migrations.AddConstraint(
                model_name="housenotice",
                constraint=models.CheckConstraint(
                    condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                    name="house_notice_ends_after_it_starts",
                    violation_error_message="It must end after it begins.",
                ),
            ),
            migrations.AddConstraint(
                model_name="housenotice",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("link", ""), ("link_words", "")),
                        models.Q(models.Q(("link", ""), _negated=True), models.Q(("link_words", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="house_notice_link_has_words",
                    violation_error_message="A link needs both: where it leads, and what it is called.",
                ),
            ),
            migrations.AddConstraint(
                model_name="housepagerevision",
                constraint=models.UniqueConstraint(fields=("page", "number"), name="house_page_revision_once"),
            ),
            migrations.AddConstraint(
                model_name="noticeputaway",
                constraint=models.UniqueConstraint(fields=("member", "notice"), name="notice_put_away_once"),
            ),
        ]),
    ]
