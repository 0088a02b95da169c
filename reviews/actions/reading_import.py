"""Reading an uploaded file into rows, and finding what each would do: in steps, so that it shows how far it is."""

import json
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any, Final

from django.db import OperationalError, connection
from django.db.models import Count
from django.db.models.functions import Lower
from django.utils import timezone

from reviews.importers.found import Found
from reviews.importers.matching import Answer, Named, find_films
from reviews.importers.recognising import read
from reviews.models import Caution, Essay, FilmList, Goal, Import, ImportRow, SavedSearch, Visibility
from reviews.models.importing import OF_NO_FILM
from reviews.standing import Standing

MOST_ROWS: Final = 50_000
AT_ONCE: Final = 1_000  # rows, titles or films
TELL: Final = """
    UPDATE reviews_importrow r
       SET film_id = a.film, candidates = a.candidates, verdict = a.verdict
      FROM jsonb_to_recordset(%s::jsonb) AS a(named text, film bigint, candidates bigint[], verdict text)
     WHERE r.importing_id = %s AND r.named = a.named AND r.verdict = ANY(%s) AND r.settled_at IS NULL
"""
OPEN: Final = [ImportRow.Verdict.UNKNOWN.value, ImportRow.Verdict.AMBIGUOUS.value]
State = Import.State
NEW, SAME, CONFLICT = ImportRow.Verdict.NEW, ImportRow.Verdict.SAME, ImportRow.Verdict.CONFLICT


def read_import(number: int) -> None:
    """What the job does. Begun again after a kill, it begins anew."""
    importing = Import.objects.filter(pk=number, state__in=[State.WAITING, State.READING]).first()
    if importing is None or importing.file is None:
        return
    importing.state = State.READING
    importing.save(update_fields=["state"])
    importing.rows.all().delete()
    try:
        _read_rows(importing)
        match_rows(importing)
        judge_rows(importing)
        judge_rows_of_no_film(importing)
    except OperationalError:  # the database went, or somebody was in the way: the job is tried again
        raise
    except Exception:
        Import.objects.filter(pk=number).update(state=State.FAILED, file=None)
        raise
    importing.state, importing.file, importing.done_rows = State.READY, None, importing.all_rows
    importing.looked_at = timezone.now()
    importing.save(update_fields=["state", "file", "done_rows", "looked_at"])


def _read_rows(importing: Import) -> None:
    found, number = Found(), 0
    assert importing.file is not None  # looked at before
    rows = read(importing.source, importing.file_name, bytes(importing.file), found)
    for some in batched(_within(_for_these(importing, rows, found), found), AT_ONCE):
        for row in some:
            row.importing, row.named = importing, str(Named.of(row))
        ImportRow.objects.bulk_create(some)
        number += len(some)
        Import.objects.filter(pk=importing.pk).update(all_rows=number)
    importing.all_rows, importing.lists = number, found.lists
    importing.left_out = {name: left for name, left in found.left_out.items() if left}
    importing.save(update_fields=["all_rows", "lists", "left_out"])


def _for_these(importing: Import, rows: Iterator[ImportRow], found: Found) -> Iterator[ImportRow]:
    """Favourites and profile are on the member's own page, for whoever may see it: none come with what is for fewer."""
    on_the_page = {ImportRow.Kind.FAVOURITE, ImportRow.Kind.PROFILE}
    for row in rows:
        if row.kind in on_the_page and importing.visibility != Visibility.PUBLIC:
            found.left_out[row.file] += 1
        else:
            yield row


def _within(rows: Iterator[ImportRow], found: Found) -> Iterator[ImportRow]:
    for number, row in enumerate(rows):
        if number < MOST_ROWS:
            yield row
        else:
            found.left_out[row.file] += 1


def match_rows(importing: Import) -> None:
    """Look for the films of all rows that have none yet."""
    open_rows = importing.rows.filter(verdict__in=OPEN, film=None, settled_at=None).exclude(kind__in=OF_NO_FILM)
    names = open_rows.values("imdb", "tmdb", "title", "year").annotate(number=Count("pk")).order_by("title", "year")
    done = 0
    for some in batched(names.iterator(), AT_ONCE):
        asked = [Named(one["imdb"], one["tmdb"], one["title"], one["year"]) for one in some]
        _tell(importing, find_films(asked, title_alone=importing.source == Import.Source.NETFLIX))
        done += sum(one["number"] for one in some)
        Import.objects.filter(pk=importing.pk).update(done_rows=done)


def _tell(importing: Import, answers: dict[Named, Answer]) -> None:
    told: list[dict[str, Any]] = [
        {
            "named": str(name), "film": answer.film, "candidates": list(answer.candidates),
            "verdict": str(ImportRow.Verdict.NEW if answer.film else answer.verdict),
        }
        for name, answer in answers.items()
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TELL, [json.dumps(told), importing.pk, OPEN])


def judge_rows(importing: Import, films: Iterable[int] | None = None) -> None:
    """Say of all rows with a film, or with one of these, whether they are new, here already, or in conflict."""
    lists = lists_of(importing)
    rows = importing.rows.filter(film__isnull=False, settled_at=None)
    rows = rows.exclude(verdict__in=[ImportRow.Verdict.NO_FILM, ImportRow.Verdict.UNREADABLE])
    numbers = films if films is not None else rows.order_by("film").values_list("film", flat=True).distinct()
    for some in batched(numbers, AT_ONCE):
        judged = list(rows.filter(film__in=some).order_by("id"))
        Standing(importing.member, some, lists).judge(judged)
        for verdict in ImportRow.Verdict.values:
            if pks := [row.pk for row in judged if row.verdict == verdict]:
                ImportRow.objects.filter(pk__in=pks).update(verdict=verdict)


def judge_rows_of_no_film(importing: Import) -> None:
    """The same of lists without films, goals, saved searches, cautions, the profile and essays."""
    rows = importing.rows.filter(kind__in=OF_NO_FILM, settled_at=None).exclude(verdict=ImportRow.Verdict.UNREADABLE)
    if not (judged := list(rows)):
        return
    lists = lists_of(importing)
    goals = dict(Goal.objects.filter(member=importing.member).values_list("year", "films"))
    own = SavedSearch.objects.filter(member=importing.member)
    searches = dict(own.values_list(Lower("name"), "query"))
    cautions = set(Caution.objects.filter(member=importing.member).values_list("note__slug", flat=True))
    titles = [row.title for row in judged if row.kind == ImportRow.Kind.ESSAY]
    essays = dict(Essay.objects.filter(member=importing.member, title__in=titles).values_list("title", "body"))
    for row in judged:
        mine: Any = searches.get(row.title.lower()) if row.kind == ImportRow.Kind.SEARCH else goals.get(row.year or 0)
        theirs: Any = row.position if row.kind == ImportRow.Kind.GOAL else row.body
        if row.kind == ImportRow.Kind.PROFILE:
            mine = getattr(importing.member, (row.circumstances or {})["field"]) or None
        if row.kind == ImportRow.Kind.ESSAY:
            mine = essays.get(row.title)
        if row.kind == ImportRow.Kind.CAUTION:
            theirs = (row.circumstances or {})["note"]
            mine = theirs if theirs in cautions else None
        if row.kind == ImportRow.Kind.EMPTY_LIST:
            mine = theirs = lists[row.list_number or 0]
        row.verdict = NEW if mine is None else SAME if mine == theirs else CONFLICT
    ImportRow.objects.bulk_update(judged, ["verdict"])


def lists_of(importing: Import) -> list[int | None]:
    """For each list of the file, the id of the member's own list of that name and kind, or None. No id comes twice."""
    mine = FilmList.objects.filter(member=importing.member, title__in=[one["title"] for one in importing.lists])
    by_title: dict[tuple[str, bool], list[int]] = {}
    for pk, title, finds in mine.order_by("id").values_list("pk", "title", "finds"):
        by_title.setdefault((title, finds != ""), []).append(pk)
    there = {pk for some in by_title.values() for pk in some}
    taken = {one["list"] for one in importing.lists if one["list"] in there}
    found: list[int | None] = []
    for one in importing.lists:
        free = [pk for pk in by_title.get((one["title"], bool(one.get("finds"))), []) if pk not in taken]
        number = one["list"] if one["list"] in there else free[0] if free else None
        taken.add(number)
        found.append(number)
    return found
