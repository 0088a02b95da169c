"""What PostgreSQL counts of what people write, and what it refuses (reviews/tallies.py)."""

from django.db import migrations

from reviews.tallies import ANOTHER_MODERATOR, ONE_LEVEL_OF_REPLIES, TALLIES, WORKS_OF_THE_SUSPENDED


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0002_tallies"),
        ("reviews", "0006_community_tallies"),
    ]

    dependencies = [("reviews", "0001_first"), ("films", "0002_counts"), ("accounts", "0002_counts")]

    operations = [
        *(migrations.RunSQL(tally.create(), tally.drop()) for tally in TALLIES),
        migrations.RunSQL(
            ONE_LEVEL_OF_REPLIES,
            "DROP TRIGGER comment_one_level ON reviews_comment; DROP FUNCTION comment_one_level();",
        ),
        migrations.RunSQL(
            WORKS_OF_THE_SUSPENDED,
            "DROP TRIGGER set_works_aside ON accounts_user; DROP FUNCTION set_works_aside();",
        ),
        migrations.RunSQL(
            ANOTHER_MODERATOR,
            "DROP TRIGGER appeal_another_moderator ON reviews_appeal; DROP FUNCTION appeal_another_moderator();",
        ),
    ]
