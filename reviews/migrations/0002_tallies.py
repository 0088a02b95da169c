from django.db import migrations

from accounts.tallies import Tally

# As they were then: reviews/tallies.py says what they are now.
TALLIES = (
    Tally(
        "tally_marks",
        "reviews_mark",
        "film_id",
        "films_film",
        {
            "rating_count": "(r.half_stars IS NOT NULL)::int",
            "rating_sum": "coalesce(r.half_stars, 0)",
            "watch_count": "(r.watched_at IS NOT NULL)::int",
            "like_count": "(r.liked_at IS NOT NULL)::int",
            "watchlist_count": "(r.watchlisted_at IS NOT NULL)::int",
        }
        | {f"rating_histogram[{n}]": f"(r.half_stars IS NOT DISTINCT FROM {n})::int" for n in range(1, 11)},
    ),
    Tally(
        "tally_reviews",
        "reviews_review",
        "film_id",
        "films_film",
        {"review_count": "(r.published_at IS NOT NULL AND r.removed_at IS NULL AND r.visibility = 'public')::int"},
    ),
    Tally("tally_likes", "reviews_reviewlike", "review_id", "reviews_review", {"like_count": "1"}),
    Tally(
        "tally_comments",
        "reviews_comment",
        "review_id",
        "reviews_review",
        {"comment_count": "(r.deleted_at IS NULL AND r.removed_at IS NULL)::int"},
    ),
)
ONE_LEVEL_OF_REPLIES = """
    CREATE FUNCTION comment_one_level() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.reply_to_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM reviews_comment c
            WHERE c.id = NEW.reply_to_id AND c.review_id = NEW.review_id AND c.reply_to_id IS NULL
        ) THEN
            RAISE EXCEPTION 'a reply answers a comment of the same review that is not itself a reply'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_one_level';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER comment_one_level BEFORE INSERT OR UPDATE OF reply_to_id, review_id ON reviews_comment
        FOR EACH ROW EXECUTE FUNCTION comment_one_level();
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("films", "0002_tallies"), ("accounts", "0002_tallies")]

    operations = [
        *(migrations.RunSQL(tally.create(), tally.drop()) for tally in TALLIES),
        migrations.RunSQL(
            ONE_LEVEL_OF_REPLIES,
            "DROP TRIGGER comment_one_level ON reviews_comment; DROP FUNCTION comment_one_level();",
        ),
    ]
