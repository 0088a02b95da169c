"""Members bring films from more sites."""

from django.db import migrations, models

SOURCES = [
    ("letterboxd", "Letterboxd"), ("imdb", "IMDb"), ("trakt", "Trakt"), ("neodb", "NeoDB"), ("movary", "Movary"),
    ("yamtrack", "Yamtrack, Floppy"), ("watcharr", "Watcharr"), ("simkl", "Simkl"), ("tmdb", "TMDB"),
    ("movielens", "MovieLens"), ("netflix", "Netflix"), ("intermission", "Intermission"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("reviews", "0020_editions")]

    operations = [
        migrations.AlterField("import", "source", models.CharField(choices=SOURCES, max_length=12)),
    ]
