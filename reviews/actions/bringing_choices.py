"""What an import brings beside what is said of films: lists without any, goals, searches, essays, and films of
which the member wants to hear nothing, or which are not to be recommended.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import hold_member
from accounts.models import User
from reviews.actions.bringing_essays import bring_essays
from reviews.actions.bringing_guidance import bring_cautions
from reviews.actions.bringing_lists import make_brought_list
from reviews.actions.bringing_profile import bring_profile
from reviews.actions.import_ledger import Ledger, as_it_is
from reviews.actions.reading_import import judge_rows_of_no_film
from reviews.actions.searching import MOST_SAVED
from reviews.models import Dismissal, FilmMute, Goal, Import, ImportChange, ImportRow, SavedSearch

Kind, Verdict, Rule = ImportRow.Kind, ImportRow.Verdict, Import.Rule
# Rows of a film, each of which says one thing that is so or not.
ASIDE: Final[dict[str, Any]] = {Kind.MUTED: FilmMute, Kind.DISMISSED: Dismissal}


def bring_aside(member: User, rows: QuerySet[ImportRow], ledger: Ledger) -> list[int]:
    """Films to hear nothing of, and not to have recommended. Their films are held. Returns which rows were taken in."""
    brought, made = list(rows.filter(kind__in=ASIDE).order_by("id")), list[Any]()
    for row in brought:
        told = {"created_at": row.at or timezone.now()}
        one, is_new = ASIDE[row.kind].objects.get_or_create(member=member, film_id=row.about, defaults=told)
        if is_new:
            made.append((row.kind, one))
    for kind, one in made:
        ledger.note(kind, [one])
    return [row.pk for row in brought]


def bring_of_no_film(importing: Import, member: User, rows: QuerySet[ImportRow], ledger: Ledger) -> list[int]:
    """What OF_NO_FILM names. Returns which rows were taken in."""
    hold_member(member)  # as whoever saves a search does, so that there are never too many
    judge_rows_of_no_film(importing)
    wanted = [row for row in rows.order_by("id") if _is_taken(row, importing.rule)]
    for row in wanted:
        if row.kind == Kind.EMPTY_LIST:
            make_brought_list(importing, member, row.list_number or 0, None, ledger)
    importing.save(update_fields=["lists"])
    _bring_goals(importing, member, [row for row in wanted if row.kind == Kind.GOAL], ledger)
    bring_cautions(member, [row for row in wanted if row.kind == Kind.CAUTION], ledger)
    bring_profile(member, [row for row in wanted if row.kind == Kind.PROFILE], ledger)
    left = _bring_searches(member, [row for row in wanted if row.kind == Kind.SEARCH], ledger)
    left |= bring_essays(importing, member, [row for row in wanted if row.kind == Kind.ESSAY], ledger)
    return [row.pk for row in wanted if row.pk not in left]


def _is_taken(row: ImportRow, rule: str) -> bool:
    """No file says when a goal was set, or a search changed: of those that differ one's own is the newer."""
    if row.choice == ImportRow.Choice.SKIP or row.verdict not in {Verdict.NEW, Verdict.CONFLICT}:
        return False
    return row.verdict == Verdict.NEW or (row.choice or rule) == Rule.THEIRS


def _bring_goals(importing: Import, member: User, rows: Sequence[ImportRow], ledger: Ledger) -> None:
    there = {goal.year: goal for goal in Goal.objects.filter(member=member)}
    for row in rows:
        assert row.year is not None and row.position is not None  # read so
        goal = there.setdefault(row.year, Goal(member=member, year=row.year))
        before = _before(ImportChange.Kind.GOAL, [goal])
        goal.films = row.position
        if goal.pk is None:
            goal.visibility = importing.seen_by(row.visibility)
        goal.save()
        ledger.note(ImportChange.Kind.GOAL, [goal], before)


def _bring_searches(member: User, rows: Sequence[ImportRow], ledger: Ledger) -> set[int]:
    """Returns the rows for which there was no room."""
    there = {search.name.lower(): search for search in SavedSearch.objects.filter(member=member)}
    left = set[int]()
    for row in rows:
        search = there.get(row.title.lower())
        if search is None and len(there) >= MOST_SAVED:
            left.add(row.pk)
            continue
        search = search or SavedSearch(member=member, name=row.title, created_at=row.at or timezone.now())
        before = _before(ImportChange.Kind.SEARCH, [search])
        search.query = row.body
        search.save()
        there[row.title.lower()] = search
        ledger.note(ImportChange.Kind.SEARCH, [search], before)
    return left


def _before(kind: str, rows: Iterable[Any]) -> dict[int, dict[str, Any]]:
    return {row.pk: as_it_is(kind, row) for row in rows if row.pk is not None}
