"""Finding members by name."""

from typing import Any, Final

from django.db.models import F, Func, IntegerField, QuerySet, Value

from accounts.counting import FOLLOWS
from accounts.freshness import MEMBERS
from accounts.models import User
from config.freshness import WIDE
from config.keeping import kept
from config.replica import to_read

LONGEST_QUERY: Final = 60
MOST: Final = 300
FEW: Final = 500  # whose names begin so: below that all are looked at, above it the best followed are gone through
WALKED: Final = 20_000  # the best followed, who are gone through at most

# The very name first, then as followed. Each step has an index (accounts/models/user.py), and none looks at more than a
# few thousand members: where many begin so, some of them are found soon among the best followed, and the
# others matter only where these are too few.
BEGINS: Final = """
    WITH few AS MATERIALIZED (
        (SELECT id FROM accounts_user WHERE lower(username) LIKE %(begins)s AND is_active LIMIT %(few)s)
        UNION (SELECT id FROM accounts_user WHERE lower(display_name) LIKE %(begins)s AND is_active LIMIT %(few)s)
    ), found AS (
        SELECT u.id, u.follower_count FROM accounts_user u JOIN (
            SELECT id FROM few LIMIT (SELECT CASE WHEN count(*) < %(few)s THEN %(few)s * 2 ELSE %(most)s END FROM few)
        ) these USING (id)
        UNION (
            SELECT id, follower_count FROM accounts_user
            WHERE (lower(username) = %(name)s OR lower(display_name) = %(name)s) AND is_active LIMIT %(most)s
        )
        UNION (
            SELECT id, follower_count FROM (
                SELECT id, follower_count, username, display_name FROM accounts_user
                WHERE is_active ORDER BY follower_count DESC, id DESC LIMIT %(walked)s
            ) best
            WHERE (lower(username) LIKE %(begins)s OR lower(display_name) LIKE %(begins)s)
                AND (SELECT count(*) >= %(few)s FROM few)
            LIMIT %(most)s
        )
    )
    SELECT id FROM found JOIN accounts_user USING (id, follower_count)
    ORDER BY lower(username) = %(name)s DESC, lower(display_name) = %(name)s DESC, follower_count DESC, id DESC
    LIMIT %(most)s
"""


def ids_called(query: str, most: int = MOST) -> list[int]:
    """Active members whose username or display name begins so, that very name first, then as followed. One query."""
    name = " ".join(query.replace("\0", "").split()).removeprefix("@").lower()[:LONGEST_QUERY]
    if not name:
        return []
    found: list[int] = kept(("called", name, most), (WIDE, MEMBERS, FOLLOWS), lambda: _called(name, most))
    return found


def _called(name: str, most: int) -> list[int]:
    begins = name.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    with to_read().cursor() as cursor:
        cursor.execute(BEGINS, {"name": name, "begins": begins, "few": FEW, "walked": WALKED, "most": most})
        return [pk for (pk,) in cursor.fetchall()]


def find_members(viewer: Any, query: str, most: int = MOST) -> QuerySet[User]:
    """Those of `ids_called` between whom and the viewer there is no block. One query before its own."""
    ids = ids_called(query, most)
    if not ids:
        return User.objects.none()
    place = Func(Value(ids), F("pk"), function="array_position", output_field=IntegerField())
    found = User.objects.active().not_blocking(viewer).filter(pk__in=ids)
    return found.annotate(place=place).order_by("place")
