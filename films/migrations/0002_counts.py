"""What PostgreSQL counts of films and keeps beside them (films/tallies.py, films/facets.py, films/following.py)."""

from django.db import migrations

from films import facets, following
from films.tallies import SCORES, TALLIES


class Migration(migrations.Migration):
    replaces = [
        ("films", "0002_tallies"),
        ("films", "0010_ranking"),
        ("films", "0011_ranked"),
        ("films", "0013_facets"),
        ("films", "0017_catalogue_changes"),
        ("films", "0018_changes_gathered"),
        ("films", "0021_released"),
    ]

    dependencies = [("films", "0001_first")]

    operations = [
        *(migrations.RunSQL(tally.create(), tally.drop()) for tally in (*TALLIES, SCORES)),
        migrations.RunSQL(facets.create(), facets.drop()),
        migrations.RunSQL(following.create(), following.drop()),
        # A log that is never empty: whoever follows it knows the last change that they saw again.
        migrations.RunSQL(following.BEGIN_ANEW, migrations.RunSQL.noop),
    ]
