from django.db import migrations

from films.tallies import TALLIES


class Migration(migrations.Migration):
    dependencies = [("films", "0001_initial")]

    operations = [migrations.RunSQL(tally.create(), tally.drop()) for tally in TALLIES]
