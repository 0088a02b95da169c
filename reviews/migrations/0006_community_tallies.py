import importlib

from django.db import migrations

from reviews.tallies import ANOTHER_MODERATOR, ONE_LEVEL_OF_REPLIES, TALLIES, WORKS_OF_THE_SUSPENDED, WRITTEN

before = importlib.import_module("reviews.migrations.0002_tallies")

CASES_OF_OLD_REPORTS = """
    INSERT INTO reviews_case (review_id, comment_id, opened_at, closed_at)
        SELECT review_id, comment_id, min(created_at), max(closed_at) FROM reviews_report
        GROUP BY review_id, comment_id, closed_at IS NULL;
    UPDATE reviews_report r SET case_id = c.id FROM reviews_case c
        WHERE r.review_id IS NOT DISTINCT FROM c.review_id AND r.comment_id IS NOT DISTINCT FROM c.comment_id
            AND (r.closed_at IS NULL) = (c.closed_at IS NULL);
"""
# Whoever is suspended by now; and how many films everybody has rated.
SET_ASIDE = "".join(
    f"UPDATE reviews_{table} w SET set_aside = true FROM accounts_user u WHERE u.id = w.member_id AND NOT u.is_active;"
    for table in WRITTEN
)
RATERS = """
    UPDATE accounts_user u SET rating_count = m.number
        FROM (SELECT member_id, count(half_stars) AS number FROM reviews_mark GROUP BY member_id) m
        WHERE m.member_id = u.id
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_community"), ("films", "0007_community"), ("accounts", "0006_set_aside")]

    operations = [
        *(migrations.RunSQL(tally.drop(), tally.create()) for tally in before.TALLIES),
        migrations.RunSQL(RATERS, migrations.RunSQL.noop),
        *(migrations.RunSQL(tally.create(), tally.drop()) for tally in TALLIES),
        migrations.RunSQL(ONE_LEVEL_OF_REPLIES, migrations.RunSQL.noop),
        migrations.RunSQL(
            WORKS_OF_THE_SUSPENDED,
            "DROP TRIGGER set_works_aside ON accounts_user; DROP FUNCTION set_works_aside();",
        ),
        migrations.RunSQL(
            ANOTHER_MODERATOR,
            "DROP TRIGGER appeal_another_moderator ON reviews_appeal; DROP FUNCTION appeal_another_moderator();",
        ),
        migrations.RunSQL(SET_ASIDE, migrations.RunSQL.noop),
        migrations.RunSQL(CASES_OF_OLD_REPORTS, migrations.RunSQL.noop),
    ]
