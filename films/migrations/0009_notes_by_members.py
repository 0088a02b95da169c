"""Members say what films contain: a fact can come from their votes, and there is more to ask for."""

from django.db import migrations, models
from django.utils.text import slugify

from config.at_once import AtOnce

SOURCES = [
    ("seed", "The first catalogue"), ("wikipedia", "Wikipedia"), ("wikidata", "Wikidata"), ("tmdb", "TMDB"),
    ("imdb", "IMDb"), ("csv", "A file"), ("document", "A document"), ("members", "Members’ votes"),
    ("curator", "A curator"),
]  # fmt: skip
CONTENT_NOTES = (
    "Animal death", "Child death", "Confined spaces", "Domestic violence", "Jump scares", "Needles", "Pregnancy loss",
    "Racism", "Spiders", "Vomiting",
)  # fmt: skip


def fill(apps, _schema_editor):
    table = apps.get_model("films", "ContentNote")
    table.objects.bulk_create([table(name=name, slug=slugify(name)) for name in CONTENT_NOTES], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("films", "0008_award_addresses")]

    operations = [
        AtOnce([
            migrations.AlterField(
                model, "source", models.CharField(choices=SOURCES, max_length=10, verbose_name="source")
            )
            for model in ("conflict", "factsource", "filmchange", "importrun")
        ]),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
