"""Imports bring goals, saved searches, empty lists, films that are muted or not to be recommended, and NeoDB’s files."""

from django.db import migrations, models

from config.at_once import AtOnce

SOURCES = [
    ("letterboxd", "Letterboxd"), ("imdb", "IMDb"), ("trakt", "Trakt"), ("neodb", "NeoDB"),
    ("intermission", "Intermission"),
]  # fmt: skip
CHANGES = [
    ("mark", "Mark"), ("viewing", "Diary"), ("review", "Review"), ("list", "List"), ("entry", "Film on a list"),
    ("favourite", "Favourite"), ("muted", "Muted film"), ("dismissed", "Not to be recommended"), ("goal", "Goal"),
    ("search", "Saved search"), ("profile", "Profile"),
]  # fmt: skip
ROWS = [
    ("rating", "Rating"), ("watched", "Watched"), ("viewing", "Diary"), ("review", "Review"),
    ("watchlist", "Watchlist"), ("like", "Like"), ("entry", "List"), ("draft", "Draft"), ("favourite", "Favourite"),
    ("muted", "Muted film"), ("dismissed", "Not to be recommended"), ("empty_list", "List without films"),
    ("goal", "Goal"), ("search", "Saved search"), ("profile", "Profile"),
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
    ("too_long", "Its text is longer than a review or a note can be here."),
    ("shape", "The line has more cells than the header, or cannot be read."),
    ("file", "The file cannot be read: it holds no text, or its columns are missing."),
]


class Migration(migrations.Migration):
    dependencies = [("reviews", "0009_goals")]

    operations = [
        AtOnce([
            migrations.AlterField("import", "source", models.CharField(choices=SOURCES, max_length=12)),
            migrations.AlterField("importchange", "kind", models.CharField(choices=CHANGES, max_length=10)),
            migrations.AlterField("importrow", "kind", models.CharField(choices=ROWS, max_length=10)),
            migrations.AlterField("importrow", "problem", models.CharField(blank=True, choices=PROBLEMS, max_length=10)),
        ]),
    ]
