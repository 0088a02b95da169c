"""Finding members by the words of their names."""

import re
from functools import cache
from typing import Final

from django.db.models import F, Func, IntegerField, QuerySet, Value
from rapidfuzz.distance import OSA

from accounts.counting import FOLLOWS
from accounts.freshness import MEMBERS
from accounts.models import User
from accounts.models.viewer import Viewer
from accounts.prepared import rows
from config.freshness import WIDE
from config.keeping import kept, known

LONGEST_QUERY: Final = 60
MOST: Final = 300
FAR: Final = 100
FEW: Final = 1_000  # whose names begin so: below that all are looked at, above it the best followed are gone through
SHORTEST_BEGINNING: Final = 5  # letters of an unfinished word within a name; what the name begins with may be shorter
SHORTEST_MISSPELT: Final = 5  # letters of a word in which one may be wrong
SHORT: Final = 2  # letters that so many names begin with that some of the best followed are gone through at once
WALKED_SOON: Final = 1_500  # of them
WALKED: Final = 20_000  # and at most
LETTERS_BACK: Final = 4  # that are typed between two questions, at most, where the answer to one is used for the next
LAST_WORD: Final = re.compile(r"[A-Za-z0-9]+$")
PARTED: Final = re.compile(r"[a-z0-9][A-Z]")  # as words_of_name parts names
LAST_LETTER: Final = "\U0010ffff"  # nothing that begins so lies behind what it follows

BEGINS: Final = "(starts_with(lower(username), %(name)s) OR starts_with(lower(display_name), %(name)s))"
NEARNESS: Final = (
    "CASE WHEN lower(username) = %(name)s THEN 0 WHEN lower(display_name) = %(name)s THEN 1"
    f" WHEN {BEGINS} THEN 2 ELSE 3 END"
)
MEMBER: Final = f"SELECT id, follower_count, {NEARNESS} AS nearness FROM accounts_user"  # noqa: S608 -- our own text
BETWEEN: Final = "lower({0}) ~>=~ %(name)s AND lower({0}) ~<=~ %(last)s AND is_active"  # which have indexes
# Of the words that were typed: those within a name, of which the last may be unfinished.
WORDS: Final = f"""
    SELECT string_agg(quote_literal(word)
        || CASE WHEN place = cardinality(words) AND length(word) >= {SHORTEST_BEGINNING} THEN ':*' ELSE '' END, ' & '
    )::tsquery FROM words_of_name(%(typed)s) words, unnest(words) WITH ORDINALITY AS each (word, place)
"""  # noqa: S608 -- our own numbers
# Who has words with a rest in common with these, where nobody has been found.
MISSPELT: Final = f"""
    SELECT id, a.words, ARRAY(SELECT lexeme FROM unnest(k.keys) WHERE lexeme NOT LIKE '~%%')
    FROM (
        SELECT words, string_agg(CASE WHEN length(word) < {SHORTEST_MISSPELT} THEN quote_literal(word) ELSE (
            SELECT '(' || string_agg(quote_literal(rest), ' | ') || ')' FROM unnest(rests_of_word(word)) rest
        ) END, ' & ')::tsquery AS rests FROM words_of_name(%(typed)s) words, unnest(words) word GROUP BY words
    ) a JOIN accounts_userkeys k ON k.keys @@ a.rests JOIN accounts_user u USING (id)
    WHERE u.is_active AND %(misspelt)s AND NOT EXISTS (SELECT FROM found)
    ORDER BY u.follower_count DESC, id DESC
"""  # noqa: S608 -- our own text and numbers


def _walk(number: int, condition: str, most: int) -> str:
    """The first of the best followed of whom that is true; no more of them are gone through than that number."""
    return f"""
        (SELECT id, follower_count, {NEARNESS} AS nearness FROM (
            SELECT id, follower_count, username, display_name FROM accounts_user
            WHERE is_active ORDER BY follower_count DESC, id DESC LIMIT {number}
        ) best WHERE {condition} LIMIT {most})
    """  # noqa: S608 -- our own text and numbers


@cache
def _called_so(most: int, few: int, soon: int, walked: int) -> str:
    """The query for so many of them, to be prepared: its limits stand in its text, since the plan hangs on them.

    The very name first, then names that begin so, then those with such a word; as followed. Each step has an index
    (accounts/models/user.py, keys.py), none looks at more than a few thousand members, and none is taken where those
    before it gave enough. Names that begin so are read from an index alone. Where very many do, and after two letters
    at once, some of them are found soon among the best followed, and others matter only where these are too few. Where
    nobody is called so, those who have words with a rest in common with what was typed, compared letter by letter.
    """
    return f"""
        WITH soon AS MATERIALIZED (
            {_walk(soon, f"%(short)s AND {BEGINS}", most)}
        ), begun AS MATERIALIZED (
            SELECT * FROM (
                ({MEMBER} WHERE {BETWEEN.format("username")} LIMIT {few})
                UNION ({MEMBER} WHERE {BETWEEN.format("display_name")} LIMIT {few})
            ) these WHERE (SELECT count(*) < {most} FROM soon)
        ), worded AS MATERIALIZED (
            SELECT id FROM accounts_userkeys WHERE (SELECT count(*) < {most} FROM soon)
            AND (SELECT count(*) < {most} FROM begun) AND keys @@ ({WORDS})
        ), found AS MATERIALIZED (
            ({MEMBER} WHERE lower(username) = %(name)s AND is_active)
            UNION ({MEMBER} WHERE lower(display_name) = %(name)s AND is_active LIMIT {few})
            UNION SELECT * FROM soon
            UNION SELECT * FROM begun
            UNION {_walk(walked, f"(SELECT count(*) >= {few} FROM begun) AND {BEGINS}", most)}
            UNION (SELECT these.* FROM ({MEMBER} WHERE is_active) these JOIN worded USING (id) LIMIT {few})
            UNION {_walk(walked, f"(SELECT count(*) >= {few} FROM worded) AND id IN (SELECT id FROM worded)", most)}
        )
        (
            SELECT id, NULL::text[] AS words, NULL::text[] AS known FROM found
            ORDER BY nearness, follower_count DESC, id DESC LIMIT {most}
        ) UNION ALL ({MISSPELT} LIMIT {few})
    """  # noqa: S608 -- our own text and numbers


def ids_called(query: str, most: int = MOST, *, misspelt: bool = True) -> list[int]:
    """Active members with such a name: that very name first, then what begins so, then what has the words. One query.

    The last word may be unfinished. Where nobody is called so, one letter of each longer word may be wrong.
    """
    typed = " ".join(query.replace("\0", "").split()).removeprefix("@")[:LONGEST_QUERY]
    if not typed:
        return []
    nobody = not misspelt and _nobody_so_far(typed, most)
    key = ("called", typed, most, misspelt)
    found: list[int] = kept(key, (WIDE, MEMBERS, FOLLOWS), lambda: [] if nobody else _called(typed, most, misspelt))
    return found


def _nobody_so_far(typed: str, most: int) -> bool:
    """Whether it is known that nobody was called so a few letters ago, so that nobody can be now. No query."""
    before = (typed[:-end] for end in range(1, LETTERS_BACK + 1))
    return any(known(("called", one, most, False)) == [] for one in before if is_continued(one, typed))


def is_continued(before: str, typed: str) -> bool:
    """Whether everybody who is called as was typed is among those who are called as was typed before.

    The last word must have been long enough to be looked for unfinished, and must not be parted by a capital.
    """
    last = LAST_WORD.search(before)
    long_enough = last is not None and len(last[0]) >= SHORTEST_BEGINNING
    return long_enough and typed.startswith(before) and typed.isascii() and not PARTED.search(typed)


def _called(typed: str, most: int, misspelt: bool) -> list[int]:
    name = typed.lower()
    asked = {
        "typed": typed, "name": name, "last": name + LAST_LETTER, "short": len(name) <= SHORT,
        "misspelt": misspelt and len(typed) >= SHORTEST_MISSPELT,
    }  # fmt: skip
    found = rows(_called_so(most, FEW, WALKED_SOON, WALKED), asked)
    wrong = {pk: sum(_edits(word, known) for word in words) if words else 0 for pk, words, known in found}
    return sorted((pk for pk in wrong if wrong[pk] < FAR), key=lambda pk: wrong[pk])[:most]


def _edits(word: str, known: list[str]) -> int:
    """How far a word is from the nearest of these: 0, 1, or FAR."""
    nearest = min(OSA.distance(word, one, score_cutoff=1) for one in known)
    return nearest if nearest <= (len(word) >= SHORTEST_MISSPELT) else FAR


def find_members(viewer: Viewer, query: str, most: int = MOST) -> QuerySet[User]:
    """Those of `ids_called` between whom and the viewer there is no block. One query before its own."""
    ids = ids_called(query, most)
    if not ids:
        return User.objects.none()
    place = Func(Value(ids), F("pk"), function="array_position", output_field=IntegerField())
    found = User.objects.active().not_blocking(viewer).filter(pk__in=ids)
    return found.annotate(place=place).order_by("place")
