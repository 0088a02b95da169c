"""A list of the films A, B and C, for tests of lists, and what stands on a list."""

from accounts.models import User
from reviews.models import FilmList, ListEntry
from tests import make

OTHERS_LIST = "somebody else’s list"


def letters(*, member: User) -> FilmList:
    return make.film_list(member=member, title="Letters", films=[make.film(title=name) for name in "ABC"])


def titles(film_list: FilmList) -> list[str]:
    """The films in their order; their places are 1, 2, 3…"""
    entries = list(film_list.entries.select_related("film").order_by("position"))
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    return [entry.film.title for entry in entries]


def entry(film_list: FilmList, title: str) -> ListEntry:
    return film_list.entries.get(film__title=title)
