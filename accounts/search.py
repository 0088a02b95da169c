"""Finding members by the words of their names."""

from typing import Any, Final

from django.db.models import F, Func, IntegerField, QuerySet, Value
from rapidfuzz.distance import OSA

from accounts.counting import FOLLOWS
from accounts.freshness import MEMBERS
from accounts.models import User
from config.freshness import WIDE
from config.keeping import kept
from config.replica import to_read

LONGEST_QUERY: Final = 60
MOST: Final = 300
FAR: Final = 100
FEW: Final = 500  # whose names begin so: below that all are looked at, above it the best followed are gone through
SHORTEST_BEGINNING: Final = 5  # letters of an unfinished word within a name; what the name begins with may be shorter
SHORTEST_MISSPELT: Final = 5  # letters of a word in which one may be wrong
WALKED: Final = 20_000  # the best followed, who are gone through at most

# The very name first, then names that begin so, then those with such a word; as followed. Each step has an index
# (accounts/models/user.py, keys.py), and none looks at more than a few thousand members: where many are called so, some
# of them are found soon among the best followed, and the others matter only where these are too few. Where nobody is
# called so, those who have words with a rest in common with what was typed, to be compared letter by letter.
CALLED: Final = """
    WITH asked AS MATERIALIZED (
        SELECT words, string_agg(
            quote_literal(word)
                || CASE WHEN place = cardinality(words) AND length(word) >= %(shortest)s THEN ':*' ELSE '' END, ' & '
        )::tsquery AS keys, string_agg(
            CASE WHEN length(word) < %(shortest_misspelt)s THEN quote_literal(word) ELSE (
                SELECT '(' || string_agg(quote_literal(rest), ' | ') || ')' FROM unnest(rests_of_word(word)) rest
            ) END, ' & '
        )::tsquery AS rests
        FROM words_of_name(%(typed)s) words, unnest(words) WITH ORDINALITY AS each (word, place) GROUP BY words
    ), worded AS MATERIALIZED (
        SELECT id FROM accounts_userkeys k WHERE k.keys @@ (SELECT keys FROM asked)
    ), few AS MATERIALIZED (
        (SELECT id FROM accounts_user WHERE lower(username) LIKE %(begins)s AND is_active LIMIT %(few)s)
        UNION (SELECT id FROM accounts_user WHERE lower(display_name) LIKE %(begins)s AND is_active LIMIT %(few)s)
        UNION (SELECT id FROM worded JOIN accounts_user USING (id) WHERE is_active LIMIT %(few)s)
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
            WHERE (SELECT count(*) >= %(few)s FROM few) AND (
                lower(username) LIKE %(begins)s OR lower(display_name) LIKE %(begins)s
                OR id IN (SELECT id FROM worded)
            )
            LIMIT %(most)s
        )
    )
    (
        SELECT id, NULL::text[] AS words, NULL::text[] AS known FROM found JOIN accounts_user USING (id, follower_count)
        ORDER BY lower(username) = %(name)s DESC, lower(display_name) = %(name)s DESC,
            (lower(username) LIKE %(begins)s OR lower(display_name) LIKE %(begins)s) DESC, follower_count DESC, id DESC
        LIMIT %(most)s
    ) UNION ALL (
        SELECT id, a.words, ARRAY(SELECT lexeme FROM unnest(k.keys) WHERE lexeme NOT LIKE '~%%')
        FROM asked a JOIN accounts_userkeys k ON k.keys @@ a.rests JOIN accounts_user u USING (id)
        WHERE u.is_active AND %(misspelt)s AND NOT EXISTS (SELECT FROM found)
        ORDER BY u.follower_count DESC, id DESC LIMIT %(few)s
    )
"""


def ids_called(query: str, most: int = MOST, *, misspelt: bool = True) -> list[int]:
    """Active members with such a name: that very name first, then what begins so, then what has the words. One query.

    The last word may be unfinished. Where nobody is called so, one letter of each longer word may be wrong.
    """
    typed = " ".join(query.replace("\0", "").split()).removeprefix("@")[:LONGEST_QUERY]
    if not typed:
        return []
    key = ("called", typed, most, misspelt)
    found: list[int] = kept(key, (WIDE, MEMBERS, FOLLOWS), lambda: _called(typed, most, misspelt))
    return found


def _called(typed: str, most: int, misspelt: bool) -> list[int]:
    name = typed.lower()
    asked: dict[str, str | int] = {
        "typed": typed, "name": name, "shortest": SHORTEST_BEGINNING, "shortest_misspelt": SHORTEST_MISSPELT,
        "begins": name.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%",
        "misspelt": misspelt and len(typed) >= SHORTEST_MISSPELT, "few": FEW, "walked": WALKED, "most": most,
    }  # fmt: skip
    with to_read().cursor() as cursor:
        cursor.execute(CALLED, asked)
        rows = cursor.fetchall()
    wrong = {pk: sum(_edits(word, known) for word in words) if words else 0 for pk, words, known in rows}
    return sorted((pk for pk in wrong if wrong[pk] < FAR), key=lambda pk: wrong[pk])[:most]


def _edits(word: str, known: list[str]) -> int:
    """How far a word is from the nearest of these: 0, 1, or FAR."""
    nearest = min(OSA.distance(word, one, score_cutoff=1) for one in known)
    return nearest if nearest <= (len(word) >= SHORTEST_MISSPELT) else FAR


def find_members(viewer: Any, query: str, most: int = MOST) -> QuerySet[User]:
    """Those of `ids_called` between whom and the viewer there is no block. One query before its own."""
    ids = ids_called(query, most)
    if not ids:
        return User.objects.none()
    place = Func(Value(ids), F("pk"), function="array_position", output_field=IntegerField())
    found = User.objects.active().not_blocking(viewer).filter(pk__in=ids)
    return found.annotate(place=place).order_by("place")
