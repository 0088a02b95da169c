"""Pages of the house in each language of the site."""

import django.db.models.deletion
from django.db import migrations, models

from config.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [("reviews", "0028_stopped")]

    operations = [
        AtOnce([
            migrations.AddField(
                "housepage",
                "original",
                models.ForeignKey(
                    "reviews.housepage",
                    on_delete=django.db.models.deletion.CASCADE,
                    null=True,
                    blank=True,
                    related_name="translations",
                    verbose_name="in the place of",
                    help_text="Whoever reads this language finds it at the address of that page, whose kind and position "
                    "it has.",
                ),
            ),
            migrations.AddField(
                "housepage",
                "language",
                models.CharField(blank=True, default="", db_default="", max_length=12, verbose_name="language"),
            ),
            migrations.AddConstraint(
                "housepage",
                models.UniqueConstraint(
                    fields=["original", "language"],
                    name="house_page_one_a_language",
                    violation_error_message="That page has words in this language already.",
                ),
            ),
            migrations.AddConstraint(
                "housepage",
                models.CheckConstraint(
                    condition=models.Q(original=None, language="")
                    | models.Q(original__isnull=False, kind="other") & ~models.Q(language=""),
                    name="house_page_language_of_another",
                    violation_error_message="Say of which page these are the words, and in which language.",
                ),
            ),
        ]),
    ]
