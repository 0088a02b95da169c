from django.db import migrations

from accounts.tallies import TALLIES


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(tally.create(), tally.drop()) for tally in TALLIES]
