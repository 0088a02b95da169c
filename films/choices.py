"""What the catalogue can be narrowed down by, and how many films each choice would leave of the whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final, Self

from django.utils import timezone
from pyroaring import BitMap

from accounts import prepared
from config.freshness import WIDE
from config.keeping import kept
from config.replica import to_read
from films.names import normalise
from films.narrowing import Sizes

# The kinds of which a reader picks by name, with the letter of their words.
LETTERS: Final = {
    "genre": "g", "country": "c", "language": "l", "service": "s", "note": "n", "access": "x", "certificate": "v",
    "company": "p", "franchise": "f", "person": "",
}  # fmt: skip
# Too many to be offered: of these only those that were asked for are there.
NAMED: Final = ("company", "franchise", "person")

COUNTED: Final = """
    WITH counted AS (
        SELECT kind, word, sum(number)::bigint AS number FROM films_facetcount
        WHERE kind IN ('a', 'c', 'd', 'g', 'k', 'l', 'n', 'r', 's', 't', 'v', 'x', 'y') GROUP BY kind, word
    )
    SELECT 'genre', slug, name, word, number FROM films_genre JOIN counted ON word = 'g' || id WHERE number > 0
    UNION ALL SELECT 'country', code, name, word, number FROM films_country JOIN counted ON word = 'c' || code
        WHERE number > 0
    UNION ALL SELECT 'language', code, name, word, number FROM films_language JOIN counted ON word = 'l' || code
        WHERE number > 0
    UNION ALL SELECT 'service', slug, name, 's' || id, coalesce(number, 0) FROM films_service
        LEFT JOIN counted ON word = 's' || id
    UNION ALL SELECT 'note', slug, name, 'n' || id, coalesce(number, 0) FROM films_contentnote
        LEFT JOIN counted ON word = 'n' || id
    UNION ALL SELECT 'access', slug, name, 'x' || id, coalesce(number, 0) FROM films_accessfeature
        LEFT JOIN counted ON word = 'x' || id
    UNION ALL SELECT 'certificate', substr(word, 2), split_part(substr(word, 2), ':', 2) || ' (' || name || ')', word,
        number FROM counted JOIN films_country ON code = split_part(substr(word, 2), ':', 1)
        WHERE kind = 'v' AND number > 0
    UNION ALL SELECT '', '', '', word, number FROM counted WHERE kind IN ('a', 'd', 'k', 'r', 't', 'y')
    UNION ALL SELECT 'company', slug, name, 'p' || id, (SELECT coalesce(sum(number), 0) FROM films_facetcount
        WHERE kind = 'p' AND word = 'p' || films_company.id) FROM films_company WHERE slug = ANY(%(company)s)
    UNION ALL SELECT 'franchise', slug, name, 'f' || id, (SELECT coalesce(sum(number), 0) FROM films_facetcount
        WHERE kind = 'f' AND word = 'f' || films_franchise.id) FROM films_franchise WHERE slug = ANY(%(franchise)s)
    UNION ALL SELECT 'person', slug, name, id::text, credit_count FROM films_person WHERE slug = ANY(%(person)s)
    UNION ALL SELECT 'person', f.slug, p.name, p.id::text, p.credit_count FROM films_formerpersonslug f
        JOIN films_person p ON p.id = f.person_id WHERE f.slug = ANY(%(person)s)
"""

# A service's word is there a little longer than its films run (films/facets.py): what does not run today comes off.
RESTING: Final = """
    SELECT 's' || a.service_id, array_agg(DISTINCT a.film_id) FROM films_availability a
    WHERE (a.starts_on > %(today)s OR a.ends_on BETWEEN %(today)s - 3 AND %(today)s - 1)
        AND (a.ends_on IS NULL OR a.ends_on >= %(today)s - 3)
        AND EXISTS (SELECT 1 FROM films_filmfacets s
            WHERE s.film_id = a.film_id AND s.words @> ARRAY['s' || a.service_id])
        AND NOT EXISTS (SELECT 1 FROM films_availability b
            WHERE b.film_id = a.film_id AND b.service_id = a.service_id
            AND (b.starts_on IS NULL OR b.starts_on <= %(today)s) AND (b.ends_on IS NULL OR b.ends_on >= %(today)s))
    GROUP BY a.service_id
"""


def resting_films() -> dict[str, BitMap]:
    """By the word of each service the films that have it and do not run there today."""
    today = timezone.localdate()
    found: dict[str, BitMap] = kept(("resting", today), (WIDE,), lambda: _resting(today))
    return found


def _resting(today: date) -> dict[str, BitMap]:
    """Planned for this day: a plan for any day would go through most of what runs somewhere."""
    with to_read().cursor() as cursor:
        cursor.execute(RESTING, {"today": today})
        return {word: BitMap(films) for word, films in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Choices:
    """Of each kind slug or code → name, in the order of the names; `words` are those of the films that have it.

    `note` are all content notes and `access` all accessibility features. Of NAMED, which are many, only those that were
    asked for are there. The word of a person is the id, which is the same for a former slug. `rows` are what all of it
    was read from.
    """

    names: dict[str, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in LETTERS})
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    rows: tuple[Any, ...] = ()

    @classmethod
    def load(cls, asked: Mapping[str, Iterable[str]] | None = None) -> Self:
        """With the companies, franchises and people of the slugs that are asked for. Two queries, one of them kept."""
        values = {kind: [slug.replace("\0", "").strip() for slug in (asked or {}).get(kind, ())] for kind in NAMED}
        off = resting_films()
        counted = prepared.rows(COUNTED, values)
        rows = tuple((*row[:-1], int(row[-1]) - len(off.get(row[-2], ()))) for row in counted)
        return cls._made_of(rows)

    @classmethod
    @lru_cache(maxsize=16)
    def _made_of(cls, rows: tuple[Any, ...]) -> Self:
        choices = cls(rows=rows)
        for kind, slug, name, word, number in sorted(rows, key=lambda row: normalise(row[2])):
            if kind:
                choices.names[kind][slug] = name
                choices.words[kind, slug] = word
            choices.counts[word] = max(0, number)
        return choices

    @property
    def sizes(self) -> Sizes:
        return Sizes(self.counts)

    def count(self, kind: str, slug: str) -> int:
        """How many films of the whole catalogue have it."""
        return self.counts.get(self.words[kind, slug], 0)

    def find(self, kind: str, said: str) -> str:
        """The slug or code for what was said, which may be the name as well; empty when nothing is called so."""
        known = self.names[kind]
        if said in known:
            return said
        key = normalise(said)
        return next((word for word, name in known.items() if key in (normalise(word), normalise(name))), "")
