"""The rows of bench/feed.py: members, films, and what they did, made in the database by INSERT … SELECT.

Every line has what it is about behind it: a mark, a viewing, a review. Some marks, viewings and reviews are for
followers or nobody, some accounts are private, and the lines have the visibility of what they are about.
"""

from typing import Final

MEMBERS, FILMS, LINES, FOLLOWED = 20_000, 20_000, 1_000_000, 1_000
LONG_AGO: Final = 5  # lines of each member of whom nothing was heard for months
# Who looks, and whom they follow: any, those with the smallest numbers, who do most, and those with the largest.
VIEWERS: Final = {"random": "ORDER BY random()", "busiest": "ORDER BY u.id", "long-ago": "ORDER BY u.id DESC"}
VISIBLE: Final = """CASE WHEN (a.id * 7907) % 100 < 90 THEN 'public' WHEN (a.id * 7907) % 100 < 96 THEN 'followers'
    ELSE 'private' END"""

# In this order. {m} members, of whom the last {f} did little, long ago; {n} lines, {t} films, {f} followed.
STATEMENTS: Final = (
    """INSERT INTO accounts_user (username, password, email, display_name, bio, location, pronouns, website, avatar_key,
            is_superuser, is_staff, is_active, is_private, date_joined)
        SELECT 'member' || n, '', '', '', '', '', '', '', '', false, false, true, n % 20 = 7, now()
        FROM generate_series(1, {m}) n""",
    """INSERT INTO films_film (slug, title, original_title, sort_title, year, tagline, synopsis, trailer_url,
            poster_key, poster_alt, poster_family, poster_palette, search_text, created_at, updated_at)
        SELECT 'film-' || n, 'Film ' || n, '', 'film ' || n, 1950 + n % 70, '', '', '', '', '', '',
            '', '', now(), now()
        FROM generate_series(1, {t}) n""",
    # Few do much, and many do little: the busiest have one line in a hundred.
    """CREATE TEMPORARY TABLE act AS
        WITH who AS (
            SELECT n::bigint AS n, CASE WHEN n <= {n} - {f} * {long_ago}
                THEN 1 + floor(({m} - {f}) * power(random(), 2.2))
                ELSE {m} - {f} + 1 + n % {f} END::bigint AS member
            FROM generate_series(1, {n}) n
        )
        SELECT n AS id, member, 1 + (member * 37 + nth * 7919) % {t} AS film, nth,
            now() - CASE WHEN member > {m} - {f} THEN interval '300 days' + random() * interval '60 days'
                ELSE random() * interval '300 days' END AS at,
            CASE (n * 7919) % 100
                WHEN 0 THEN 'followed' WHEN 1 THEN 'liked_review' WHEN 2 THEN 'liked_review' WHEN 3 THEN 'liked_review'
                ELSE (ARRAY['rated','rated','rated','rated','logged','logged','reviewed','reviewed','liked',
                    'watchlisted'])[1 + (n * 31) % 10] END AS kind
        FROM (SELECT *, row_number() OVER (PARTITION BY member) AS nth FROM who) numbered""",
    """INSERT INTO reviews_mark (id, member_id, film_id, half_stars, rated_at, watched_at, liked_at, watchlisted_at,
            visibility, updated_at)
        OVERRIDING SYSTEM VALUE
        SELECT a.id, a.member, a.film, CASE WHEN kind = 'watchlisted' THEN NULL ELSE 1 + a.id % 10 END,
            CASE WHEN kind = 'watchlisted' THEN NULL ELSE at END, CASE WHEN kind = 'watchlisted' THEN NULL ELSE at END,
            CASE WHEN kind = 'liked' THEN at END, CASE WHEN kind = 'watchlisted' THEN at END, {visible}, at
        FROM act a ON CONFLICT DO NOTHING""",
    """INSERT INTO reviews_viewing (id, member_id, film_id, watched_on, rewatch, half_stars, visibility, created_at,
            updated_at)
        OVERRIDING SYSTEM VALUE
        SELECT a.id, a.member, a.film, at::date, false, 1 + a.id % 10, {visible}, at, at
        FROM act a WHERE kind IN ('logged', 'reviewed')""",
    """INSERT INTO reviews_review (id, member_id, film_id, viewing_id, half_stars, body, body_html, excerpt, spoilers,
            tags, visibility, created_at, published_at, updated_at, version, removed_at, removal_reason)
        OVERRIDING SYSTEM VALUE
        SELECT a.id, a.member, a.film, a.id, 1 + a.id % 10, words, words, words, false, '{{}}', {visible},
            at, at, at, 1, CASE WHEN a.id % 200 = 6 THEN at END, ''
        FROM act a, (SELECT repeat('It held me to the last frame. ', 12) AS words) w WHERE kind = 'reviewed'""",
    """INSERT INTO accounts_follow (follower_id, followed_id, created_at)
        SELECT DISTINCT one, other, now() FROM (
            SELECT 1 + floor({m} * random())::bigint AS one, 1 + floor({m} * power(random(), 2.2))::bigint AS other
            FROM generate_series(1, {m} * 10)) pairs
        WHERE one <> other""",
    """INSERT INTO reviews_activity (member_id, kind, film_id, mark_id, viewing_id, review_id, other_id, visibility,
            created_at)
        SELECT a.member, kind, CASE WHEN kind <> 'followed' THEN film END,
            CASE WHEN kind IN ('rated', 'liked', 'watchlisted') THEN a.id END, CASE WHEN kind = 'logged' THEN a.id END,
            CASE WHEN kind = 'reviewed' THEN a.id
                WHEN kind = 'liked_review' THEN (
                    SELECT r.id FROM reviews_review r WHERE r.id >= a.id ORDER BY r.id LIMIT 1) END,
            CASE WHEN kind = 'followed' THEN 1 + (member + nth) % {m} END,
            CASE WHEN kind IN ('followed', 'liked_review') THEN 'public' WHEN kind = 'reviewed' AND a.id % 200 = 6
                THEN 'private' ELSE {visible} END, at
        FROM act a ORDER BY at ON CONFLICT DO NOTHING""",  # of a review that comes up twice
)
ANALYZE: Final = (
    "accounts_user", "accounts_follow", "films_film", "reviews_mark", "reviews_viewing", "reviews_review",
    "reviews_activity", "accounts_block", "accounts_mute", "reviews_filmmute",
)  # fmt: skip


def fill(scale: float) -> None:
    from django.db import connection

    part = min(1.0, scale)
    sizes = {
        "m": round(MEMBERS * scale), "t": FILMS, "n": round(LINES * scale), "f": round(FOLLOWED * part),
        "long_ago": LONG_AGO, "visible": VISIBLE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        # The triggers would do row by row what is right already.
        cursor.execute("SET session_replication_role = replica")
        for statement in STATEMENTS:
            cursor.execute(statement.format(**sizes))
        for name, order in VIEWERS.items():
            _seat(cursor, name, order, sizes)
        cursor.execute("SET session_replication_role = origin")
        for table in ANALYZE:
            cursor.execute(f"VACUUM ANALYZE {table}")


def _seat(cursor, name: str, order: str, sizes: dict[str, object]) -> None:  # type: ignore[no-untyped-def]
    """Somebody who follows so many, and blocks and mutes some of the others, some of them and some films."""
    from accounts.models import User

    viewer = User.objects.create_user(name, f"{name}@example.org")
    cursor.execute(
        f"""INSERT INTO accounts_follow (follower_id, followed_id, created_at)
            SELECT %s, u.id, now() FROM accounts_user u WHERE u.id <= %s {order} LIMIT %s""",
        [viewer.pk, sizes["m"], sizes["f"]],
    )
    cursor.execute(
        """INSERT INTO accounts_block (blocker_id, blocked_id, created_at)
            SELECT CASE WHEN mod(u.id, 2) = 0 THEN %s ELSE u.id END,
                CASE WHEN mod(u.id, 2) = 0 THEN u.id ELSE %s END, now()
            FROM accounts_user u WHERE u.id < %s AND NOT EXISTS (
                SELECT 1 FROM accounts_follow f WHERE f.follower_id = %s AND f.followed_id = u.id) LIMIT 50""",
        [viewer.pk, viewer.pk, viewer.pk, viewer.pk],
    )
    cursor.execute(
        """INSERT INTO accounts_mute (muter_id, muted_id, created_at)
            SELECT follower_id, followed_id, now() FROM accounts_follow WHERE follower_id = %s LIMIT 20""",
        [viewer.pk],
    )
    cursor.execute(
        """INSERT INTO reviews_filmmute (member_id, film_id, created_at)
            SELECT %s, id, now() FROM films_film ORDER BY id LIMIT 50""",
        [viewer.pk],
    )
