from django.db import migrations

from reviews.tallies import ONE_LEVEL_OF_REPLIES, TALLIES


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("films", "0002_tallies"), ("accounts", "0002_tallies")]

    operations = [
        *(migrations.RunSQL(tally.create(), tally.drop()) for tally in TALLIES),
        migrations.RunSQL(
            ONE_LEVEL_OF_REPLIES,
            "DROP TRIGGER comment_one_level ON reviews_comment; DROP FUNCTION comment_one_level();",
        ),
    ]
