"""What a member took back of their private notes, or of what they recommended, is not kept by merges of films either.

A merge keeps what it changed, so that it can be undone (films/actions/moving.py); words that were for nobody else, or
for one other, go from there with the row, or with the account.
"""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from films.models import Film, Merge
from films.record import Json
from reviews.models import PrivateNote, Tip


def forget_in_merges(member: User, film: Film | None = None, *, of: type[PrivateNote | Tip]) -> None:
    """Of all films, or of those that became this one. Runs in a transaction."""
    merges = Merge.objects.filter(kind=Merge.Kind.FILM)
    if film is not None:
        merges = merges.filter(kept_id__in=_that_became(film, merges))
        if not merges.exists():
            return
    table = of._meta.label_lower
    theirs = merges.filter(record__dropped__contains=[[table, [{"member_id": member.pk}]]])
    for merge in theirs.select_for_update(no_key=True).order_by("pk"):
        merge.record = _without(merge.record, table, member)
        merge.save(update_fields=["record"])


def _that_became(film: Film, merges: QuerySet[Merge]) -> set[int]:
    """The numbers of the film, and of films that were merged into it, into one of these, and so on."""
    found, newest = set[int](), {film.pk}
    while newest:
        found |= newest
        newest = set(merges.filter(kept_id__in=newest).values_list("gone_id", flat=True)) - found
    return found


def _without(record: dict[str, Json], table: str, member: User) -> dict[str, Json]:
    """What was changed of a note is the text that it has taken over of one that was dropped, and its own."""
    dropped: list[Any] = []
    gone: list[str] = []
    for name, rows in record["dropped"]:
        theirs = [row for row in rows if name == table and row["member_id"] == member.pk]
        gone += [row["body"] for row in theirs if "body" in row]
        dropped.append([name, [row for row in rows if row not in theirs]])
    changed = [
        change for change in record["changed"]
        if change[0] != table or not any(body in change[3].get("body", "") for body in gone)
    ]  # fmt: skip
    return record | {"dropped": dropped, "changed": changed}
