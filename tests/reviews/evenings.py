"""Evenings for tests: what their shortlists would be, and one with a shortlist."""

from accounts.models import User
from films.models import Film
from reviews.actions.choosing import close_round
from reviews.candidates import find_candidates
from reviews.models import Evening
from tests import make
from tests.cast import Cast


def found(evening: Evening) -> dict[str, int]:
    names = dict(Film.objects.values_list("pk", "title"))
    return {names[one.film_id]: one.wants for one in find_candidates(evening)}


def want(*members: User, film: Film) -> None:
    for member in members:
        make.mark(member=member, film=film, in_watchlist=True)


def shortlisted(cast: Cast, films: int = 13) -> Evening:
    """Of Ana and Bea, who both want the first of so many films."""
    first, *_rest = [make.film(title=f"Film {n}", renown=1000 - n) for n in range(films)]
    want(cast.ana, cast.bea, film=first)
    evening = make.evening(host=cast.ana, members=[cast.bea])
    close_round(seat=make.seat(evening, cast.ana))
    return evening
