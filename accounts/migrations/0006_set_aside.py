from django.db import migrations

from accounts.tallies import FOLLOWS_OF_THE_SUSPENDED, TALLIES, Tally

BEFORE = (
    Tally("tally_followers", "accounts_follow", "followed_id", "accounts_user", {"follower_count": "1"}),
    Tally("tally_following", "accounts_follow", "follower_id", "accounts_user", {"following_count": "1"}),
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_community")]

    operations = [
        *(migrations.RunSQL(tally.drop(), tally.create()) for tally in BEFORE),
        *(migrations.RunSQL(tally.create(), tally.drop()) for tally in TALLIES),
        migrations.RunSQL(
            FOLLOWS_OF_THE_SUSPENDED,
            "DROP TRIGGER set_follows_aside ON accounts_user; DROP FUNCTION set_follows_aside();",
        ),
        # Whoever is suspended by now.
        migrations.RunSQL(
            """
            UPDATE accounts_follow f SET follower_set_aside = NOT a.is_active, followed_set_aside = NOT b.is_active
                FROM accounts_user a, accounts_user b
                WHERE a.id = f.follower_id AND b.id = f.followed_id AND NOT (a.is_active AND b.is_active)
            """,
            migrations.RunSQL.noop,
        ),
    ]
