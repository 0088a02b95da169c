"""What PostgreSQL counts for films, reviews and threads."""

from typing import Final

from accounts.tallies import Tally

MARKS: Final = Tally(
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
)
REVIEWS: Final = Tally(
    "tally_reviews",
    "reviews_review",
    "film_id",
    "films_film",
    {
        "review_count": "(r.published_at IS NOT NULL AND r.removed_at IS NULL AND r.visibility = 'public')::int",
    },
)
LIKES: Final = Tally("tally_likes", "reviews_reviewlike", "review_id", "reviews_review", {"like_count": "1"})
COMMENTS: Final = Tally(
    "tally_comments",
    "reviews_comment",
    "review_id",
    "reviews_review",
    {"comment_count": "(r.deleted_at IS NULL AND r.removed_at IS NULL)::int"},
)

TALLIES: Final = (MARKS, REVIEWS, LIKES, COMMENTS)

# A reply answers a comment of the same review that is not itself a reply.
ONE_LEVEL_OF_REPLIES: Final = """
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
