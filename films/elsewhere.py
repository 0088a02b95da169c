"""Films by what other catalogues call them."""

from collections.abc import Sequence
from typing import Final

from films.models import Merge
from films.narrowing import Sql
from films.survivors import retired_ids

CALLED: Final = """SELECT film_id FROM films_filmid WHERE source = %s AND value = ANY(%s)
    UNION SELECT unnest(%s::bigint[])"""


def films_called(source: str, ids: Sequence[str]) -> Sql:
    """The films with one of these ids there; of those that were merged away, the film that they live on in."""
    retired = retired_ids(Merge.Kind.FILM, source)
    return Sql(CALLED, (str(source), list(ids), [retired[value] for value in ids if value in retired]))
