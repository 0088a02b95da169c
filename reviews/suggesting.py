"""What is offered while somebody types: the likeliest few films, people and members."""

from dataclasses import dataclass, field
from typing import Any, Final

from accounts.models import User
from accounts.search import find_members
from films.finding import FILMS, PEOPLE, Typed, best_films, best_people
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


def suggest(viewer: Any, query: str, *, only_films: bool = False) -> Suggested:
    """Without what the viewer mutes: nobody asked for that yet. At most seven queries."""
    typed = Typed(query, typing=True)
    typed.look_up(*((FILMS,) if only_films else (FILMS, PEOPLE)))
    rows: Any = without_muted(best_films(typed, MOST_FILMS + SPARE), viewer, members=(), films=("pk",))
    films = list(rows.with_card()[:MOST_FILMS])
    if only_films:
        return Suggested(films)
    people = list(best_people(typed, MOST_OTHERS).only("slug", "name"))
    members = without_muted(find_members(viewer, typed.text, MOST_OTHERS + SPARE), viewer, members=("pk",), films=())
    return Suggested(films, people, list(members.only("username", "display_name", "avatar_key")[:MOST_OTHERS]))
