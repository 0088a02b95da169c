"""What the catalogue can be narrowed down by, and how many films each choice would leave of the whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils import timezone
from pyroaring import BitMap

from accounts import prepared
from config.freshness import WIDE
from config.keeping import held
from config.replica import to_read
from films.catalogue import Reading
from films.names import normalise

# The kinds of which a reader picks by name, with the letter of their words.
LETTERS: Final = {
    "genre": "g", "country": "c", "language": "l", "service": "s", "note": "n", "access": "x", "certificate": "v",
    "company": "p", "franchise": "f", "person": "",
}  # fmt: skip
# Too many to be offered: of these only those that were asked for are there.
NAMED: Final = ("company", "franchise", "person")

# What is offered by name wherever some film has it, and the last three at any rate.
OFFERED: Final = """
    SELECT 'genre', slug, name, 'g' || id FROM films_genre
    UNION ALL SELECT 'country', code, name, 'c' || code FROM films_country
    UNION ALL SELECT 'language', code, name, 'l' || code FROM films_language
    UNION ALL SELECT 'service', slug, name, 's' || id FROM films_service
    UNION ALL SELECT 'note', slug, name, 'n' || id FROM films_contentnote
    UNION ALL SELECT 'access', slug, name, 'x' || id FROM films_accessfeature
"""
ALWAYS: Final = ("service", "note", "access")

ASKED: Final = """
    SELECT 'company', slug, name, 'p' || id FROM films_company WHERE slug = ANY(%(company)s)
    UNION ALL SELECT 'franchise', slug, name, 'f' || id FROM films_franchise WHERE slug = ANY(%(franchise)s)
    UNION ALL SELECT 'person', slug, name, id::text FROM films_person WHERE slug = ANY(%(person)s)
    UNION ALL SELECT 'person', f.slug, p.name, p.id::text FROM films_formerpersonslug f
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


type Row = tuple[str, str, str, str]  # kind; slug or code; name; word


def resting_films() -> dict[str, BitMap]:
    """For the word of each service, the films that have this service but do not run there today."""
    today = timezone.localdate()
    found: dict[str, BitMap] = held("resting", today, (WIDE,), lambda: _resting(today))
    return found


def _resting(today: date) -> dict[str, BitMap]:
    """Planned for this day: a plan for any day would go through most of what runs somewhere."""
    with to_read().cursor() as cursor:
        cursor.execute(RESTING, {"today": today})
        return {word: BitMap(films) for word, films in cursor.fetchall()}


def _offered() -> list[Row]:
    """Everything that filters offer by name, in the order of the names."""
    found: list[Row] = held("offered", None, (WIDE,), lambda: _by_name(prepared.rows(OFFERED, {})))
    return found


def _by_name(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: normalise(row[2]))


def _certificates(words: Iterable[str], countries: Mapping[str, str]) -> list[Row]:
    """`vUS:R` is "R (United States)"."""
    parts = [(word, *word[1:].split(":", 1)) for word in words]
    return _by_name(
        ("certificate", word[1:], f"{certificate} ({countries[code]})", word)
        for word, code, certificate in parts
        if code in countries
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """Of each kind slug or code → name, in the order of the names; `words` are those of the films that have it.

    `note` are all content notes and `access` all accessibility features. Of NAMED, which are many, only those that were
    asked for are there. The word of a person is the id, which is the same for a former slug. `rows` are what all of it
    was read from.
    """

    names: dict[str, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in LETTERS})
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()

    @classmethod
    def load(cls, asked: Mapping[str, Iterable[str]] | None = None, reading: Reading | None = None) -> "Choices":
        """With the companies, franchises and people of the slugs that are asked for: one query, if there are any."""
        catalogue = (reading or Reading()).catalogue
        offered = _offered()
        rows = [row for row in offered if row[0] in ALWAYS or catalogue.words.get(row[3])]
        certificates = [word for word in tuple(catalogue.offered) if word[0] == "v" and catalogue.words[word]]

        def make() -> Choices:
            countries = {code: name for kind, code, name, _word in offered if kind == "country"}
            return cls._of([*rows, *_certificates(certificates, countries)])

        everyones: Choices = held("choices", (rows, certificates), (WIDE,), make)
        values = {kind: [slug.replace("\0", "").strip() for slug in (asked or {}).get(kind, ())] for kind in NAMED}
        if not any(values.values()):
            return everyones
        return cls._of([*everyones.rows, *_by_name(prepared.rows(ASKED, values))])

    @classmethod
    def _of(cls, rows: Iterable[Row]) -> "Choices":
        choices = cls(rows=tuple(rows))
        for kind, slug, name, word in choices.rows:
            choices.names[kind][slug] = name
            choices.words[kind, slug] = word
        return choices

    def find(self, kind: str, said: str) -> str:
        """The slug or code for what was said, which may be the name as well; empty when nothing is called so."""
        known = self.names[kind]
        if said in known:
            return said
        key = normalise(said)
        return next((word for word, name in known.items() if key in (normalise(word), normalise(name))), "")
