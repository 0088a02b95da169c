"""What members were told of likes, follows and comments, as the acts behind them would have told it; not by mail."""

from datetime import timedelta
from typing import Final

from reviews.actions.hearing import KEPT
from reviews.seed.community.sizes import Sizes
from reviews.seed.community.tables import execute

UNREAD: Final = timedelta(days=3)  # what came later nobody has read yet; of the earlier, one member in four nothing

# By the keys of reviews/actions, so that what is done once more is not told once more.
TOLD: Final = """
    INSERT INTO reviews_notification (member_id, kind, key, actor_id, review_id, film_list_id, comment_id, film_id,
        details, created_at, is_on_site, read_at, mailing)
    SELECT member_id, kind, key, actor_id, review_id, film_list_id, comment_id, film_id, '{}', created_at, TRUE,
        CASE WHEN created_at < %s AND member_id %% 4 <> 0 THEN created_at + interval '1 day' END, 'never'
    FROM (
        SELECT f.followed_id AS member_id, 'follow' AS kind, 'follow:' || f.follower_id AS key,
            f.follower_id AS actor_id, NULL::bigint AS review_id, NULL::bigint AS film_list_id,
            NULL::bigint AS comment_id, NULL::bigint AS film_id, f.created_at
        FROM accounts_follow f JOIN accounts_user u ON u.id = f.followed_id WHERE NOT u.is_private
        UNION ALL
        SELECT r.member_id, 'review_liked', 'review_liked:' || r.id || ':' || l.member_id, l.member_id, r.id, NULL,
            NULL, NULL, l.created_at
        FROM reviews_reviewlike l JOIN reviews_review r ON r.id = l.review_id
        UNION ALL
        SELECT s.member_id, 'list_liked', 'list_liked:' || s.id || ':' || l.member_id, l.member_id, NULL, s.id,
            NULL, NULL, l.created_at
        FROM reviews_listlike l JOIN reviews_filmlist s ON s.id = l.film_list_id
        UNION ALL
        SELECT o.member_id, 'reply', 'comment:' || c.id, c.member_id, c.review_id, c.film_list_id, c.id, r.film_id,
            c.created_at
        FROM reviews_comment c JOIN reviews_comment o ON o.id = c.reply_to_id
        LEFT JOIN reviews_review r ON r.id = c.review_id
        UNION ALL
        SELECT r.member_id, 'comment', 'comment:' || c.id, c.member_id, r.id, NULL, c.id, r.film_id, c.created_at
        FROM reviews_comment c JOIN reviews_review r ON r.id = c.review_id
        LEFT JOIN reviews_comment o ON o.id = c.reply_to_id WHERE o.member_id IS DISTINCT FROM r.member_id
    ) told
    WHERE created_at >= %s AND member_id >= %s AND member_id <> actor_id ORDER BY created_at, key
"""


def tell_members(sizes: Sizes, first: int) -> None:
    """Those with this number or a higher one, who are the invented ones, of what is not swept away yet."""
    moment = sizes.moment
    execute(TOLD, moment - UNREAD, moment - KEPT, first)
