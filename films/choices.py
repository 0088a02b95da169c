"""What the catalogue can be narrowed down by: only what some film has."""

from dataclasses import dataclass, field
from typing import Final, Self

from django.db import connection

from films.names import normalise

# Which genres, countries and languages are used, by leaping from one value of the index to the next: as an
# EXISTS or a DISTINCT it would read every film's rows.
USED: Final = """
    WITH RECURSIVE genre (id) AS (
        SELECT min(genre_id) FROM films_film_genres
        UNION ALL
        SELECT (SELECT min(genre_id) FROM films_film_genres WHERE genre_id > genre.id) FROM genre WHERE id IS NOT NULL
    ), country (id) AS (
        SELECT min(country_id) FROM films_film_countries
        UNION ALL
        SELECT (SELECT min(country_id) FROM films_film_countries WHERE country_id > country.id)
        FROM country WHERE id IS NOT NULL
    ), language (id) AS (
        SELECT min(language_id) FROM films_film_languages
        UNION ALL
        SELECT (SELECT min(language_id) FROM films_film_languages WHERE language_id > language.id)
        FROM language WHERE id IS NOT NULL
    )
    SELECT 'genre', slug, name, id FROM films_genre JOIN genre USING (id)
    UNION ALL SELECT 'country', code, name, 0 FROM films_country JOIN country ON code = country.id
    UNION ALL SELECT 'language', code, name, 0 FROM films_language JOIN language ON code = language.id
    UNION ALL SELECT 'service', slug, name, id FROM films_service
    UNION ALL SELECT 'without', slug, name, id FROM films_contentnote
    UNION ALL SELECT 'access', slug, name, id FROM films_accessfeature
    UNION ALL SELECT 'company', slug, name, id FROM films_company WHERE slug = %s
    UNION ALL SELECT 'franchise', slug, name, id FROM films_franchise WHERE slug = %s
"""


@dataclass(frozen=True, slots=True)
class Choices:
    """Each is slug or code → name, in the order of the names; `ids` are those of what has a slug.

    `without` are all content notes and `access` all accessibility features. Of companies and franchises, which are
    many, only the one that was asked for is there.
    """

    genre: dict[str, str] = field(default_factory=dict)
    country: dict[str, str] = field(default_factory=dict)
    language: dict[str, str] = field(default_factory=dict)
    service: dict[str, str] = field(default_factory=dict)
    without: dict[str, str] = field(default_factory=dict)
    access: dict[str, str] = field(default_factory=dict)
    company: dict[str, str] = field(default_factory=dict)
    franchise: dict[str, str] = field(default_factory=dict)
    ids: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def load(cls, *, company: str = "", franchise: str = "") -> Self:
        """In one query, with the company and the franchise of these slugs."""
        with connection.cursor() as cursor:
            cursor.execute(USED, [slug.replace("\0", "").strip() for slug in (company, franchise)])
            rows = cursor.fetchall()
        choices = cls()
        for kind, word, name, pk in sorted(rows, key=lambda row: normalise(row[2])):
            getattr(choices, kind)[word] = name
            choices.ids[kind, word] = pk
        return choices

    def find(self, kind: str, said: str) -> str:
        """The slug or code for what was said, which may be the name as well; empty when nothing is called so."""
        known: dict[str, str] = getattr(self, kind)
        if said in known:
            return said
        key = normalise(said)
        return next((word for word, name in known.items() if key in (normalise(word), normalise(name))), "")
