from django.db import migrations

from accounts.tallies import Tally

# As they were then: accounts/tallies.py says what they are now.
TALLIES = (
    Tally("tally_followers", "accounts_follow", "followed_id", "accounts_user", {"follower_count": "1"}),
    Tally("tally_following", "accounts_follow", "follower_id", "accounts_user", {"following_count": "1"}),
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(tally.create(), tally.drop()) for tally in TALLIES]
