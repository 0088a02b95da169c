"""Whoever a song is by gets a page; a trailer is at a host that we know."""

import django.db.models.deletion
from django.db import migrations, models

import films.models.trailer
from films.names import first_free, roman


def name_artists(apps, _schema_editor):
    """One artist for each name, whatever its case; its songs become theirs."""
    Artist, Entry = apps.get_model("films", "Artist"), apps.get_model("films", "SoundtrackEntry")
    names = Entry.objects.exclude(artist_name="").order_by("id").values_list("artist_name", flat=True)
    spelt, taken = {}, set()
    for name in names.iterator():
        spelt.setdefault(name.casefold(), name)
    for name in spelt.values():
        slug = first_free(roman(name)[:110].strip("-") or "artist", taken)
        taken.add(slug)
        artist = Artist.objects.create(name=name, slug=slug)
        Entry.objects.filter(artist_name__iexact=name, artist=None).update(artist=artist)


def spell_artists(apps, _schema_editor):
    Artist, Entry = apps.get_model("films", "Artist"), apps.get_model("films", "SoundtrackEntry")
    named = Artist.objects.filter(pk=models.OuterRef("artist")).values("name")
    Entry.objects.exclude(artist=None).update(artist_name=models.Subquery(named), artist=None)


class Migration(migrations.Migration):
    dependencies = [("films", "0005_content_notes")]
    operations = [
        migrations.CreateModel(
            name="Artist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="address")),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={"verbose_name": "artist", "verbose_name_plural": "artists", "ordering": ["name"]},
        ),
        migrations.RemoveIndex(model_name="soundtrackentry", name="soundtrack_artist"),
        migrations.RenameField(model_name="soundtrackentry", old_name="artist", new_name="artist_name"),
        migrations.AddField(
            model_name="soundtrackentry",
            name="artist",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="songs",
                to="films.artist", verbose_name="artist",
            ),
        ),
        migrations.RunPython(name_artists, spell_artists),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.RemoveField(model_name="soundtrackentry", name="artist_name"),
        migrations.AlterField(
            model_name="film",
            name="trailer_url",
            field=models.URLField(
                blank=True, max_length=300, validators=[films.models.trailer.check_trailer], verbose_name="trailer"
            ),
        ),
    ]  # fmt: skip
