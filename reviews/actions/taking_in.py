"""Taking an import in: marks, diary, reviews and lists, each in a few statements for some hundred films.

So many films, one list, or the favourites are one transaction: nobody waits long for a film of thousands, and a job
that was killed goes on with the lines that are not settled. Nobody is told and no feed has a line: these are days that
are over. What is held is held in one order (the member's marks, then films by number), so that two imports, and an
import and a rating, wait for each other and never in a ring.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.freshness import by_tag
from accounts.models import User
from config.writes import only
from films.actions.holding import hold_films
from films.freshness import LISTS
from reviews.actions.bringing_choices import ASIDE, bring_aside, bring_of_no_film
from reviews.actions.bringing_copies import bring_copies
from reviews.actions.bringing_favourites import bring_favourites
from reviews.actions.bringing_guidance import bring_guidance
from reviews.actions.bringing_lists import bring_list
from reviews.actions.bringing_notes import bring_notes
from reviews.actions.bringing_reviews import Texts
from reviews.actions.import_ledger import Ledger, as_it_is, hold_imports, store_marks
from reviews.actions.import_steps import go_on
from reviews.actions.nearness import near_many
from reviews.actions.reading_import import lists_of
from reviews.importers.tables import moment_of
from reviews.models import Import, ImportChange, ImportRow, Incident, Mark, Viewing, Visibility
from reviews.models.importing import OF_NO_FILM
from reviews.standing import Standing

AT_ONCE: Final = 500  # films
Kind, Verdict, State = ImportRow.Kind, ImportRow.Verdict, Import.State
SAID_BY_MARKS: Final = (Kind.RATING, Kind.WATCHED, Kind.LIKE, Kind.WATCHLIST)
OF_A_MARK: Final = frozenset(Kind.values) - {
    Kind.ENTRY, Kind.FAVOURITE, Kind.NOTE, Kind.GUIDANCE, Kind.COPY, *ASIDE, *OF_NO_FILM,
}  # fmt: skip


def take_import_in(number: int) -> None:
    """What the job does. If it cannot, what is in stays in, and the member can have it go on."""
    go_on(number, state=State.TAKING_IN, back=State.READY, step=_step, end=_end)


def _step(importing: Import) -> bool:
    return take_some_in(importing, importing.rows.all()) is not None


def _end(importing: Import) -> None:
    importing.state, importing.taken_in_at = State.DONE, timezone.now()
    importing.save(update_fields=["state", "taken_in_at"])


def take_in_rows(importing: Import, films: Iterable[int]) -> int:
    """Take in what is new, or decided, of these films. Returns how many rows were. Runs in a transaction."""
    rows, taken = importing.rows.filter(film__in=list(films)), 0
    while (number := take_some_in(importing, rows)) is not None:
        taken += number
    return taken


def take_some_in(importing: Import, rows: QuerySet[ImportRow]) -> int | None:
    """Take in a part of these rows, in a transaction: those of some hundred films, or else of one list, or else the
    favourites, notes, copies, what films contain and what is muted, or else what is of no film. Returns how many were
    taken in, or None if none was left.
    """
    member = User.objects.get(pk=importing.member_id)
    hold_imports(member)
    known = rows.filter(film__isnull=False, settled_at=None)
    marked, listed = known.filter(kind__in=OF_A_MARK), known.filter(kind=Kind.ENTRY, list_number__isnull=False)
    ledger = Ledger(importing)
    if films := list(marked.order_by("film").values_list("film", flat=True).distinct()[:AT_ONCE]):
        some = marked.filter(film__in=films)
        with near_many(member.pk, films):
            taken = _take_marked(importing, member, _wanted(some), ledger)
    elif (first := listed.order_by("list_number").first()) is not None:
        some = listed.filter(list_number=first.list_number)
        with only(LISTS, by_tag(member.pk)):
            taken = bring_list(importing, member, _wanted(some), lists_of(importing), ledger)
    elif known.exists():
        some, wanted = known, _wanted(known)
        _hold(importing, member, [], list(wanted.values_list("film", flat=True)))
        taken = bring_aside(member, wanted, ledger)
        taken += bring_notes(importing, member, wanted.filter(kind=Kind.NOTE), ledger)
        taken += bring_guidance(importing, member, wanted.filter(kind=Kind.GUIDANCE), ledger)
        taken += bring_copies(importing, member, wanted.filter(kind=Kind.COPY), ledger)
        taken += bring_favourites(importing, member, wanted.filter(kind=Kind.FAVOURITE), ledger)
    else:
        some = rows.filter(kind__in=OF_NO_FILM, settled_at=None)
        taken = bring_of_no_film(importing, member, some, ledger)
    ledger.write()
    now = timezone.now()
    ImportRow.objects.filter(pk__in=taken).update(taken_in_at=now)
    return len(taken) if some.update(settled_at=now) else None


def _wanted(rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    return rows.exclude(choice=ImportRow.Choice.SKIP).filter(verdict__in=[Verdict.NEW, Verdict.CONFLICT])


def _take_marked(importing: Import, member: User, wanted: QuerySet[ImportRow], ledger: Ledger) -> list[int]:
    films = list(wanted.order_by("film").values_list("film", flat=True).distinct())
    _hold(importing, member, films, [])
    _hide(importing, member, wanted)
    return _take_films(importing, member, films, ledger, Texts(importing, member))


def _hold(importing: Import, member: User, films: Sequence[int], unmarked: Sequence[int]) -> None:
    """Make the marks that are missing, blank, then hold the marks and the films, those of `unmarked` among them."""
    all_there = sorted(hold_films([*films, *unmarked]))
    there = sorted({*films} & {*all_there})
    marked = set(Mark.objects.filter(member=member, film__in=there).values_list("film", flat=True))
    Mark.objects.bulk_create(
        [Mark(member=member, film_id=film, visibility=importing.visibility) for film in there if film not in marked],
        batch_size=1000, ignore_conflicts=True,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM reviews_mark WHERE member_id = %s AND film_id = ANY(%s) ORDER BY film_id FOR NO KEY UPDATE",
            [member.pk, there],
        )
        cursor.execute("SELECT id FROM films_film WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [all_there])


def _hide(importing: Import, member: User, wanted: QuerySet[ImportRow]) -> None:
    """Marks that say nothing yet become as visible as the file says they were, if that is less than was chosen."""
    blank = Mark.objects.filter(
        member=member, half_stars=None, watched_at=None, liked_at=None, watchlisted_at=None, score_seen_at=None
    )
    for visibility in Visibility.values:
        if importing.seen_by(visibility) != importing.visibility:
            there = wanted.filter(kind__in=SAID_BY_MARKS, visibility=visibility)
            blank.filter(film__in=there.values("film")).update(visibility=visibility)


def _take_films(importing: Import, member: User, films: Sequence[int], ledger: Ledger, texts: Texts) -> list[int]:
    """Everything about these films but lists. Returns which rows were taken in."""
    standing = Standing(member, films)
    of_them = importing.rows.filter(film__in=films, settled_at=None, kind__in=OF_A_MARK)
    rows = list(of_them.exclude(verdict__in=[Verdict.NO_FILM, Verdict.UNREADABLE]).order_by("film", "id"))
    standing.judge(rows)
    wanted = [row for row in rows if standing.takes(row, importing.rule) and row.film_id in standing.marks]
    taken = [row for row in wanted if texts.may_say(row)]
    blank = {mark.pk for mark in standing.marks.values() if mark.is_blank}
    before = {m.pk: as_it_is(ImportChange.Kind.MARK, m) for m in standing.marks.values() if m.pk not in blank}
    _write_viewings(importing, member, taken, standing, ledger)
    texts.write(taken, standing, ledger)
    is_copy = importing.source == Import.Source.INTERMISSION
    told = {row.about for row in taken if is_copy and row.kind == Kind.WATCHED}
    _mark([row for row in taken if row.kind != Kind.DRAFT], standing, told)
    changed = [mark for mark in standing.marks.values()
               if before.get(mark.pk) != as_it_is(ImportChange.Kind.MARK, mark)]  # fmt: skip
    _hold_ratings(changed, before)
    store_marks(changed)
    ledger.note(ImportChange.Kind.MARK, changed, before)
    return [row.pk for row in taken]


def _write_viewings(
    importing: Import, member: User, rows: Sequence[ImportRow], standing: Standing, ledger: Ledger
) -> None:
    """Lines of the diary; those of an evening that is there get the stars of the file."""
    made, changed, before = [], [], {}
    for row in rows:
        if row.kind != Kind.VIEWING or row.watched_on is None:
            continue
        if row.verdict == Verdict.CONFLICT:
            differ = [
                one for one in standing.evenings(row) if one.half_stars != row.half_stars and one.pk not in before
            ]
            if differ:
                before[differ[0].pk] = as_it_is(ImportChange.Kind.VIEWING, differ[0])
                differ[0].half_stars, differ[0].updated_at = row.half_stars, timezone.now()
                changed.append(differ[0])
        else:
            made.append(viewing_of(importing, member, row))
    Viewing.objects.bulk_create(made)
    Viewing.objects.bulk_update(changed, ["half_stars", "updated_at"])
    for one in made:
        standing.viewings[one.film_id].append(one)
    ledger.note(ImportChange.Kind.VIEWING, [*made, *changed], before)


def viewing_of(importing: Import, member: User, row: ImportRow) -> Viewing:
    assert row.watched_on is not None  # of a line of the diary
    return Viewing(
        member=member, film_id=row.about, watched_on=row.watched_on, rewatch=row.rewatch, half_stars=row.half_stars,
        visibility=importing.seen_by(row.visibility), created_at=row.at or timezone.now(), tags=row.tags,
        **(row.circumstances or {}),
    )  # fmt: skip


def _mark(rows: Sequence[ImportRow], standing: Standing, told: Collection[int] = ()) -> None:
    """What the rows say of the marks. A rating of its own counts before that of the last evening.

    `told`: films of which a row says when they were marked as seen; no other row does.
    """
    now = timezone.now()
    rated = {row.film_id for row in rows if row.kind == Kind.RATING}
    wished = {row.film_id for row in rows if row.kind == Kind.WATCHLIST}
    seen, filled = set[int](), set[int]()
    for row in _by_day(rows):
        mark, at = standing.marks[row.about], row.at or now
        mark.updated_at = now
        if row.kind == Kind.LIKE:
            mark.liked_at = mark.liked_at or at
        elif row.kind == Kind.WATCHLIST:
            mark.watchlisted_at = mark.watchlisted_at or at
        else:
            says_when = row.kind == Kind.WATCHED or row.film_id not in told
            if says_when and (mark.watched_at is None or mark.pk in seen):
                seen.add(mark.pk)
                mark.watched_at = moment_of(row.watched_on) or at
                mark.watchlisted_at = mark.watchlisted_at if mark.film_id in wished else None
            is_first = mark.half_stars is None or mark.pk in filled
            if row.kind == Kind.RATING or (row.half_stars is not None and is_first and row.film_id not in rated):
                mark.half_stars, mark.rated_at, mark.rated_blind, mark.incident = row.half_stars, at, False, None
                filled.add(mark.pk)


def _by_day(rows: Sequence[ImportRow]) -> list[ImportRow]:
    return sorted(rows, key=lambda row: (str(row.watched_on or ""), row.pk))


def _hold_ratings(changed: Sequence[Mark], before: dict[int, dict[str, object]]) -> None:
    """A rating of a film with an open incident is held, whichever way it comes."""
    open_now = dict(Incident.objects.open().filter(film__in=[m.film_id for m in changed]).values_list("film", "pk"))
    for mark in changed:
        if mark.half_stars is not None and mark.half_stars != before.get(mark.pk, {}).get("half_stars"):
            mark.incident_id = open_now.get(mark.film_id)
