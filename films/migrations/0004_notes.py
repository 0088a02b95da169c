"""The content notes and accessibility features that a site starts with; curators add others."""

from django.db import migrations
from django.utils.text import slugify

CONTENT_NOTES = (
    "Animal harm", "Blood and gore", "Child harm", "Death of a parent", "Drug use", "Eating disorders", "Flashing lights",
    "Hate speech", "Nudity", "Self-harm", "Sexual violence", "Shaky camera", "Smoking", "Suicide", "Violence",
)
ACCESS_FEATURES = (
    "Audio description", "Closed captions", "Descriptive subtitles", "Relaxed screenings", "Signed version",
)


def fill(apps, _schema_editor):
    for model, names in (("ContentNote", CONTENT_NOTES), ("AccessFeature", ACCESS_FEATURES)):
        table = apps.get_model("films", model)
        table.objects.bulk_create([table(name=name, slug=slugify(name)) for name in names], ignore_conflicts=True)


class Migration(migrations.Migration):
    replaces = [
        ("films", "0005_content_notes"),
    ]

    dependencies = [("films", "0003_keys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
