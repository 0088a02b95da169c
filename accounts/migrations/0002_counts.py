"""What PostgreSQL counts of people (accounts/tallies.py)."""

from django.db import migrations

from accounts.tallies import FOLLOWS_OF_THE_SUSPENDED, TALLIES


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0002_tallies"),
        ("accounts", "0006_set_aside"),
    ]

    dependencies = [("accounts", "0001_first")]

    operations = [
        *(migrations.RunSQL(tally.create(), tally.drop()) for tally in TALLIES),
        migrations.RunSQL(
            FOLLOWS_OF_THE_SUSPENDED,
            "DROP TRIGGER set_follows_aside ON accounts_user; DROP FUNCTION set_follows_aside();",
        ),
    ]
