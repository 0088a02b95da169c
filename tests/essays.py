"""Essays, made in one line each; tests call it by tests/make.py."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from films.models import Film, Person
from reviews.actions.composing import Composition, write_essay
from reviews.models import Essay
from tests.catalogue import number


def essay(
    *,
    member: User,
    title: str = "Doors",
    body: str = "",
    films: Iterable[Film] = (),
    people: Iterable[Person] = (),
    draft: bool = False,
    **said: Any,
) -> Essay:
    """A published essay, or a draft; `said` is anything else of reviews.actions.composing.Composition."""
    body = body or f"Nobody in these films ever shuts one, and this is essay {number()}."
    composition = Composition(title=title, body=body, films=tuple(films), people=tuple(people), **said)
    return write_essay(member=member, composition=composition, publish=not draft)
