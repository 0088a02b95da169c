"""Films like another, for its page: read from the row that was learnt (reviews/actions/learning.py)."""

from typing import Any, Final

from accounts.models.sight import is_signed_in
from films.models import Film
from films.models.film import ON_A_CARD
from reviews.models import Kindred
from reviews.models.taste import MOST_SHOWN

CARD: Final = ", ".join(f"f.{name}" for name in ON_A_CARD)
# As many as `why` has letters are there to be shown, the likest first.
SIMILAR: Final = f"""
    SELECT {CARD}, substr(k.why, o.place::int, 1) AS why
    FROM reviews_kindred k
    CROSS JOIN LATERAL unnest(k.others[1:length(k.why)]) WITH ORDINALITY AS o(film_id, place)
    JOIN films_film f ON f.id = o.film_id
    WHERE k.film_id = %s {{but}} ORDER BY o.place LIMIT %s
"""  # noqa: S608 -- columns of ours
NOT_REFUSED: Final = """
    AND NOT EXISTS (SELECT 1 FROM reviews_dismissal d WHERE d.member_id = %s AND d.film_id = f.id)
    AND NOT EXISTS (SELECT 1 FROM reviews_filmmute q WHERE q.member_id = %s AND q.film_id = f.id)
"""


def similar_to(film: Film, viewer: Any, most: int = MOST_SHOWN) -> list[Film]:
    """Cards of films like this one, the likest first, each with `why`, a letter of Kindred.Why. One query.

    Without what the viewer mutes or does not want recommended. For somebody signed out it is the same for all.
    """
    if is_signed_in(viewer):
        query, params = SIMILAR.format(but=NOT_REFUSED), [film.pk, viewer.pk, viewer.pk, most]
    else:
        query, params = SIMILAR.format(but=""), [film.pk, most]
    found = list(Film.objects.raw(query, params))
    for one in found:
        one.reason = Kindred.Why(one.why)  # type: ignore[attr-defined]  # a column of the query
    return found
