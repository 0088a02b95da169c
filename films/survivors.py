"""What became of films and people that were merged into others, for what knows them by number alone."""

from collections.abc import Iterable
from typing import Any

from films.models import Film, Merge, Person
from films.record import Json


def survivors(kind: str, numbers: Iterable[int]) -> dict[int, int]:
    """Which of these numbers were merged away, each with the number under which it lives on."""
    into = dict(Merge.objects.filter(kind=kind, undone_at=None).order_by("at").values_list("gone_id", "kept_id"))
    found = {}
    for number in numbers:
        last, seen = number, set[int]()
        while last in into and last not in seen:
            seen.add(last)
            last = into[last]
        if last != number:
            found[number] = last
    return found


def film_numbered(number: int) -> Film | None:
    """The film of this number, or the one that it was merged into."""
    return _numbered(Film, Merge.Kind.FILM, number)


def person_numbered(number: int) -> Person | None:
    """The person of this number, or the one that they were merged into."""
    return _numbered(Person, Merge.Kind.PERSON, number)


def retired_ids(kind: str, source: str) -> dict[str, int]:
    """Outside ids of the merged that their survivor has no room for, each with the number of that survivor.

    Importers ask here, or they would add the film, or the person, anew.
    """
    merges = Merge.objects.filter(kind=kind, undone_at=None).order_by("at")
    ids = {
        value: kept
        for kept, retired in merges.values_list("kept_id", "record__ids")
        for of, value in retired or ()
        if of == source
    }
    moved = survivors(kind, ids.values())
    return {value: moved.get(kept, kept) for value, kept in ids.items()}


def with_survivors(value: Json) -> Json:
    """A fact as it is read today when people whom it names were merged since; somebody who stood in it twice is one."""
    listed = value if isinstance(value, list) else []
    people = {row["person"] for row in listed if isinstance(row, dict) and row.get("person")}
    people -= set(Person.objects.filter(pk__in=people).values_list("pk", flat=True))
    moved = survivors(Merge.Kind.PERSON, people) if people else {}
    if not moved:
        return value
    names = dict(Person.objects.filter(pk__in=moved.values()).values_list("pk", "name"))
    rows: list[Json] = []
    for row in value:
        now = moved.get(row["person"])
        row = row | {"person": now, "name": names.get(now, row["name"])} if now else row
        rows += [row] if row not in rows else []
    return rows


def _numbered(model: Any, kind: str, number: int) -> Any:
    found = model.objects.filter(pk=number).first()
    if found is None and (moved := survivors(kind, [number])):
        found = model.objects.filter(pk=moved[number]).first()
    return found
