"""What is offered while somebody types: the likeliest few films, people and members."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from accounts.compiled import for_viewers, prepared
from accounts.models import User
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from accounts.search import ids_called
from films.finding import FILMS, PEOPLE, Typed
from films.models import Film, Person
from reviews.quiet import without_muted

MOST_FILMS: Final = 6
MOST_OTHERS: Final = 3
SPARE: Final = 4  # more than are shown, for those that the viewer mutes


@dataclass(frozen=True, slots=True)
class Suggested:
    films: list[Film] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    members: list[User] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.films) + len(self.people) + len(self.members)


def suggest(viewer: Viewer, query: str, *, only_films: bool = False) -> Suggested:
    """Without what the viewer mutes: nobody asked for that yet. After an @ members alone. At most eight queries."""
    typed = Typed(query, typing=True)
    if typed.text.startswith("@") and not only_films:
        return Suggested(members=_called(viewer, typed))
    typed.look_up(*((FILMS,) if only_films else (FILMS, PEOPLE)))
    best = typed.ids(FILMS)[: MOST_FILMS + _spare(viewer)]
    films = _in_order(best, lambda ids: _films(viewer, ids=ids))[:MOST_FILMS]
    if only_films:
        return Suggested(films)
    people = _in_order(typed.ids(PEOPLE)[:MOST_OTHERS], lambda ids: _people(ids=ids))
    return Suggested(films, people, _called(viewer, typed))


def _called(viewer: Viewer, typed: Typed) -> list[User]:
    named = typed.text.startswith("@")  # else it may be the beginning of a title that nobody misspelt
    ids = ids_called(typed.text, MOST_OTHERS + SPARE, misspelt=named)[: MOST_OTHERS + _spare(viewer)]
    return _in_order(ids, lambda ids: _members(viewer, ids=ids))[:MOST_OTHERS]


def _spare(viewer: Viewer) -> int:
    return SPARE if is_signed_in(viewer) else 0


def _in_order(ids: list[int], rows: Callable[[list[int]], list[Any]]) -> list[Any]:
    """The rows with these numbers that there are, in this order."""
    return sorted(rows(ids), key=lambda row: ids.index(row.pk)) if ids else []


@for_viewers(ids=list)
def _films(viewer: Viewer, ids: Any) -> Any:
    return without_muted(Film.objects.filter(pk__in=ids).with_card(), viewer, members=(), films=("pk",))


@prepared(ids=list)
def _people(ids: Any) -> Any:
    return Person.objects.filter(pk__in=ids).only("slug", "name")


@for_viewers(ids=list)
def _members(viewer: Viewer, ids: Any) -> Any:
    shown = User.objects.active().not_blocking(viewer).filter(pk__in=ids)
    return without_muted(shown, viewer, members=("pk",), films=()).only("username", "display_name", "avatar_key")
