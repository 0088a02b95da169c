"""Films like another, for its page: read with the film, from the row that was learnt (reviews/actions/learning.py)."""

from typing import Any, Final

from django.db.models import F, Func, JSONField, QuerySet, Value

from accounts.models.sight import is_signed_in
from films.models import Film
from films.models.film import UNRATED
from reviews.models import Kindred

# What a card says without what members make of the film: a page that is kept shows that of its own film only.
SHOWN: Final = ("id", "slug", "title", "year", "poster_key", "poster_version", "poster_alt")
COLUMNS: Final = ", ".join(f"'{name}', f.{name}" for name in SHOWN)
# As many as `why` has letters are there to be shown, the likest first.
ROWS: Final = f"""(
    SELECT jsonb_agg(jsonb_build_object({COLUMNS}, 'why', substr(k.why, o.place::int, 1)) ORDER BY o.place)
    FROM reviews_kindred k
    CROSS JOIN LATERAL unnest(k.others[1:length(k.why)]) WITH ORDINALITY AS o(film_id, place)
    JOIN films_film f ON f.id = o.film_id
    WHERE k.film_id = %s
"""  # noqa: S608 -- columns of ours


class Rows(Func):
    """The films like the one with that number, as JSON."""

    output_field = JSONField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        film, params = compiler.compile(self.source_expressions[0])
        return f"{ROWS % film})", tuple(params)


class RowsFor(Func):
    """As `Rows`, without films that the member with the second number has dismissed or muted."""

    output_field = JSONField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        (film, params), (member, whose) = (compiler.compile(each) for each in self.source_expressions)
        return (
            f"""{ROWS % film}
            AND NOT EXISTS (SELECT 1 FROM reviews_dismissal d WHERE d.film_id = f.id AND d.member_id = {member})
            AND NOT EXISTS (SELECT 1 FROM reviews_filmmute q WHERE q.film_id = f.id AND q.member_id = {member})
        )""",  # noqa: S608 -- as above
            (*params, *whose, *whose),
        )


def with_similar(films: QuerySet[Film], viewer: Any) -> QuerySet[Film]:
    """Films that know the films like them, for `similar_to`; no query more. For who is signed out, the same for all."""
    if is_signed_in(viewer):
        return films.annotate(similar_rows=RowsFor(F("pk"), Value(viewer.pk)))
    return films.annotate(similar_rows=Rows(F("pk")))


def similar_to(film: Any) -> list[Film]:
    """Cards of films like this one, which is `with_similar`, the likest first, each with `reason`, a Kindred.Why."""
    found = []
    for row in film.similar_rows or ():
        one: Any = Film.of_row({name: row[name] for name in SHOWN} | UNRATED)
        one.reason = Kindred.Why(row["why"])
        found.append(one)
    return found


def reasons_of(film: Any) -> list[tuple[int, str]]:
    """The numbers of these films, with their reasons: what their cards depend on."""
    return [(row["id"], row["why"]) for row in film.similar_rows or ()]
