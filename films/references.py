"""All that hangs on a film or a person, whichever app it belongs to, and what of it two of them cannot both have.

Read from the models themselves, so that a table added later is not forgotten when two films become one.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from django.db.models import ManyToOneRel, Model, Q, UniqueConstraint

from films.models import ChartPlace, Credit, Duplicate, FactSource, Film, SoundtrackEntry

type Key = tuple[Any, ...]
type Reference = Any  # a ForeignKey: which model it belongs to is known when it is read


class Identity(NamedTuple):
    """Columns by which a row of one film is the same as a row of another, among the rows of a condition."""

    names: tuple[str, ...]
    condition: Q = Q()
    nulls_are_one: bool = False


# Beside what the database holds: a cue sheet is taken whole, and somebody has a job on a film once in our eyes.
ALIKE: Final[dict[type[Model], Identity]] = {
    SoundtrackEntry: Identity(()),
    Credit: Identity(("person__search_text", "job")),
}
# What is true of a film by itself and of no other that it becomes part of.
OWN: Final = frozenset({ChartPlace, Duplicate, FactSource})


def references(model: type[Model]) -> list[Reference]:
    """Every foreign key to the model, those of many-to-many tables and those without a name back among them."""
    found = model._meta.get_fields(include_hidden=True)
    return [related.field for related in found if isinstance(related, ManyToOneRel)]  # of one to one is a kind of it


def is_term(reference: Reference) -> bool:
    """Whether the table says which terms a film has: genres, languages and so on."""
    return any(many.remote_field.through is reference.model for many in Film._meta.local_many_to_many)


def identities(reference: Reference) -> Iterator[Identity]:
    """The sets of columns by which two rows of the table exclude each other once both point at the same film."""
    model, name = reference.model, reference.name
    if is_term(reference):
        yield Identity(())
        return
    if reference.unique:
        yield Identity(())
    for together in model._meta.unique_together:
        if name in together:
            yield Identity(tuple(other for other in together if other != name))
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and name in constraint.fields:
            others = tuple(other for other in constraint.fields if other != name)
            yield Identity(others, constraint.condition or Q(), constraint.nulls_distinct is False)
    if model in ALIKE and name == "film":
        yield ALIKE[model]


def rivals(reference: Reference, identity: Identity, kept: Model, gone: Model) -> list[tuple[int, int]]:
    """Pairs of rows (of `kept`, of `gone`) that are the same by this identity."""
    ours: dict[Key, list[int]] = defaultdict(list)
    theirs = _rows(reference, identity, gone)
    if not theirs:
        return []
    for number, key in _rows(reference, identity, kept):
        ours[key].append(number)
    return [(mine, number) for number, key in theirs for mine in ours.get(key, ())[:1]]


def _rows(reference: Reference, identity: Identity, of: Model) -> list[tuple[int, Key]]:
    rows = reference.model._default_manager.filter(identity.condition, **{reference.name: of}).order_by("pk")
    found = [(number, tuple(key)) for number, *key in rows.values_list("pk", *identity.names)]
    if identity.nulls_are_one:
        return found
    return [(number, key) for number, key in found if None not in key]
