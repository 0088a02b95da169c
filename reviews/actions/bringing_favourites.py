"""Favourites that an import brings: each into the place that it had, if that is free or its rule says so."""

from django.db.models import QuerySet

from accounts.actions import hold_member
from accounts.models import User
from reviews.actions.import_ledger import Ledger, as_it_is
from reviews.models import Favourite, Import, ImportChange, ImportRow
from reviews.standing import Standing


def bring_favourites(importing: Import, member: User, rows: QuerySet[ImportRow], ledger: Ledger) -> list[int]:
    """Returns which rows were taken in. Their films are held already."""
    brought, taken = list(rows.order_by("position", "id")), list[int]()
    if not brought:
        return taken
    hold_member(member)  # as whoever chooses favourites does
    for row in brought:
        standing = Standing(member, [row.about])  # each is judged by those before
        standing.judge([row])
        if standing.takes(row, importing.rule):
            _put(member, row, standing, ledger)
            taken.append(row.pk)
    return taken


def _put(member: User, row: ImportRow, standing: Standing, ledger: Ledger) -> None:
    assert row.position is not None  # of a favourite
    there = standing.favourites.get(row.position)
    before = {there.pk: as_it_is(ImportChange.Kind.FAVOURITE, there)} if there else {}
    placed = there or Favourite(member=member, position=row.position)
    placed.film_id = row.about
    placed.save()
    ledger.note(ImportChange.Kind.FAVOURITE, [placed], before)
