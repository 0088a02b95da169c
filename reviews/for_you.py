"""Films for one member, from what they said of others: worked out when it is asked for, and stored nowhere.

Each film that the member rated, liked or wants to see speaks for (or against) the films that it has in common with
others (`Kindred`), more the better it was liked and the later that was. So three ratings are enough, at once, and what
a member says or takes back counts with the next look.
"""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from accounts import prepared
from accounts.freshness import by_tag
from accounts.models.sight import is_signed_in
from config.freshness import WIDE
from config.keeping import Tags, kept
from films.freshness import tag_of
from films.models import Film
from films.models.film import ON_A_CARD
from reviews.models import Mark
from reviews.stars import label

FEWEST: Final = 3  # films that a member must have rated or liked before anything is told from that
MOST_RATED, MOST_LIKED, MOST_WANTED = 200, 40, 40  # the latest of each speak
NEARLY: Final = 0.8  # of what the strongest reason adds, a film adds that may be named instead
HALF: Final = 10  # what was said so many films ago counts half of what was said last
A_PAGE: Final = 48
CARD: Final = ", ".join(f"f.{name}" for name in ON_A_CARD)

# Ratings as reviews/learning/ratings.py reads them; a heart alone is nearly five stars, the watchlist counts a little.
# What one film adds has its place in the last bits: one number is quicker to compare than a row. A film that was rated
# badly is not named. Which add nearly the `most` is asked of the chosen alone: that is less to sort.
ADDS: Final = "(w.weight * o.weight * 1000)::bigint * 1024 + w.place"
NAMED: Final = "coalesce(w.half_stars, 10) >= 7"
SPEAKING: Final = """weighed w
    CROSS JOIN LATERAL (SELECT k.others, k.weights FROM reviews_kindred k WHERE k.film_id = w.film_id OFFSET 0) k
    CROSS JOIN LATERAL unnest(k.others, k.weights) AS o(film_id, weight)"""
FOR_YOU: Final = f"""
WITH said AS (
    (SELECT film_id, half_stars, false AS wanted, rated_at AS at, greatest((half_stars - 2) / 8.0, 0.1) AS liking
     FROM reviews_mark WHERE member_id = %(member)s AND half_stars IS NOT NULL
     ORDER BY rated_at DESC LIMIT %(rated)s)
    UNION ALL
    (SELECT film_id, NULL, false, liked_at, 0.9 FROM reviews_mark
     WHERE member_id = %(member)s AND liked_at IS NOT NULL AND half_stars IS NULL
     ORDER BY liked_at DESC LIMIT {MOST_LIKED})
    UNION ALL
    (SELECT film_id, NULL, true, watchlisted_at, 0.3 FROM reviews_mark
     WHERE member_id = %(member)s AND watchlisted_at IS NOT NULL AND liked_at IS NULL AND half_stars IS NULL
     ORDER BY watchlisted_at DESC LIMIT {MOST_WANTED})
), placed AS (
    SELECT *, row_number() OVER (ORDER BY at DESC, film_id) AS place FROM said
    WHERE (SELECT count(*) FROM said WHERE NOT wanted) >= {FEWEST}
), weighed AS (
    SELECT film_id, half_stars, wanted, place, (liking / (1 + (place - 1) / {HALF}.0))::float8 AS weight FROM placed
), scored AS (
    SELECT o.film_id, sum(w.weight * o.weight) AS score, max({ADDS}) FILTER (WHERE {NAMED}) AS most
    FROM {SPEAKING}
    GROUP BY o.film_id
), chosen AS (
    SELECT s.film_id, s.score, s.most
    FROM scored s
    WHERE s.score > 0
      AND s.film_id <> ALL (ARRAY(SELECT d.film_id FROM reviews_dismissal d WHERE d.member_id = %(member)s))
      AND s.film_id <> ALL (ARRAY(SELECT q.film_id FROM reviews_filmmute q WHERE q.member_id = %(member)s))
      AND NOT EXISTS (SELECT 1 FROM reviews_mark m WHERE m.member_id = %(member)s AND m.film_id = s.film_id
                      AND (m.watched_at IS NOT NULL OR m.watchlisted_at IS NOT NULL))
    ORDER BY s.score DESC, s.film_id LIMIT %(most)s
), reasons AS (
    SELECT c.film_id, json_agg(json_build_array(b.slug, b.title, b.year, w.half_stars, w.wanted) ORDER BY {ADDS} DESC)
        AS because
    FROM {SPEAKING} JOIN chosen c ON c.film_id = o.film_id JOIN films_film b ON b.id = w.film_id
    WHERE {NAMED} AND c.most >= 1024 AND {ADDS} >= {NEARLY} * c.most
    GROUP BY c.film_id
)
SELECT {CARD}, r.because
FROM chosen c JOIN films_film f ON f.id = c.film_id LEFT JOIN reasons r ON r.film_id = c.film_id
ORDER BY c.score DESC, c.film_id
"""  # noqa: S608 -- columns and numbers of ours


@dataclass(frozen=True, slots=True)
class Because:
    """What a film is recommended for: another that the member rated, liked, or has on the watchlist."""

    slug: str
    title: str
    year: int | None
    half_stars: int | None
    is_wanted: bool

    @property
    def kind(self) -> str:
        return "rated" if self.half_stars else "watchlist" if self.is_wanted else "liked"

    def __str__(self) -> str:
        if self.half_stars:
            said = _("Because you gave %(film)s %(stars)s")
            return said % {"film": self.title, "stars": label(self.half_stars)}
        if self.is_wanted:
            return _("Because %(film)s is on your watchlist") % {"film": self.title}
        return _("Because you liked %(film)s") % {"film": self.title}


@dataclass(frozen=True, slots=True)
class Found:
    films: list[Film]

    def __len__(self) -> int:
        """About how much it takes to keep it."""
        return 1000 * len(self.films)


def for_you(member: Any, most: int = A_PAGE, *, rated: int = MOST_RATED) -> list[Film]:
    """Cards of films that the member has not seen and may like, the likeliest first. None if switched off.

    Each says `because` of what, if a film speaks for it: one of those that do so most, and that few others here are
    there because of. `rated`: of how many ratings, at most 900. One
    query, until the member does something, or one of the films is talked about.
    """
    if not is_signed_in(member) or not member.wants_recommendations:
        return []

    def tags(found: Found) -> Tags:
        return WIDE, by_tag(member.pk), *(tag_of(film.pk) for film in found.films)

    found: Found = kept(("for you", member.pk, most, rated), tags, lambda: _found(member.pk, most, rated))
    return [copy(film) for film in found.films]


def _found(member_id: int, most: int, rated: int) -> Found:
    films = []
    named: Counter[str] = Counter()
    for row in prepared.rows(FOR_YOU, {"member": member_id, "most": most, "rated": rated}):
        film: Any = Film.from_db("default", ON_A_CARD, row[: len(ON_A_CARD)])
        film.because = _least_named(named, [Because(*each) for each in row[-1] or ()])
        films.append(film)
    return Found(films)


def _least_named(named: Counter[str], reasons: Sequence[Because]) -> Because | None:
    """The strongest of the reasons that were named least often so far."""
    if not reasons:
        return None
    because = min(reasons, key=lambda each: named[each.slug])  # of equals the first
    named[because.slug] += 1
    return because


def still_to_say(member: Any) -> int:
    """How many films the member still has to rate or like before something can be recommended; 0 for none."""
    said = Mark.objects.filter(member=member).exclude(half_stars=None, liked_at=None)
    return max(0, FEWEST - len(said.order_by().values_list("pk")[:FEWEST]))
