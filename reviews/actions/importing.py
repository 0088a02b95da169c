"""Bringing what one has elsewhere: uploading a file, looking at what it would do, and saying what is to become of it.

Reading, taking in and undoing happen in jobs (reviews/jobs.py), each once, by the state that the import is in.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.models import User
from config.jobs import enqueue
from films.models import Film
from reviews.actions.reading_import import judge_rows
from reviews.actions.taking_in import take_in_rows
from reviews.importers.recognising import recognise
from reviews.models import Import, ImportRow, Visibility
from reviews.models.importing import OF_NO_FILM, UNDER_WAY

MOST_KEPT: Final = 20  # imports of one member
State, Verdict = Import.State, ImportRow.Verdict
# Which job brings an import out of which state.
JOBS: Final[dict[str, str]] = {
    State.WAITING: "reviews.read_import", State.READING: "reviews.read_import",
    State.TAKING_IN: "reviews.take_import_in", State.UNDOING: "reviews.undo_import",
}  # fmt: skip


@transaction.atomic
def start_import(*, member: User, name: str, content: bytes, visibility: str = Visibility.PUBLIC) -> Import:
    """Take a file and have it read. The same file sent twice while the first is being read is one import.

    Raises ValidationError, by field, with a sentence for whatever cannot be read at all.
    """
    if visibility not in Visibility.values:
        raise ValidationError({"visibility": [_("Choose who can see it.")]})
    try:
        source = recognise(name, content)
    except ValidationError as refusal:
        raise ValidationError({"file": refusal.messages}) from refusal
    try:
        # Look before waiting: a job that takes an import in holds the member's row, too.
        if (twice := _being_read(member, content)) is None:
            hold_member(member)
            twice = _being_read(member, content)
    except ValidationError as refusal:
        raise ValidationError({"file": refusal.messages}) from refusal
    if twice is not None:
        return twice
    if Import.objects.filter(member=member).count() >= MOST_KEPT:
        raise ValidationError({"file": [_("You have %(most)d imports. Forget one first.") % {"most": MOST_KEPT}]})
    made = Import.objects.create(
        member=member, source=source, file_name=_plain(name), file=content, visibility=visibility
    )
    _have_done(made)
    return made


def _being_read(member: User, content: bytes) -> Import | None:
    """The import of this very file, if there is one. Raises ValidationError while any other is under way."""
    is_this = ExpressionWrapper(Q(file=content), BooleanField())
    # In one look: in two, the same file could arrive in between, and be taken for another.
    under_way: Any = Import.objects.filter(member=member, state__in=UNDER_WAY).defer("file").annotate(is_this=is_this)
    rows = list(under_way)
    same = next((row for row in rows if row.is_this and row.state in {State.WAITING, State.READING}), None)
    _refuse_if(any(row is not same for row in rows))
    return same


def _refuse_beside_another(member: User, importing: Import) -> None:
    """Raise ValidationError while another import of the member's than this is under way."""
    _refuse_if(Import.objects.filter(member=member, state__in=UNDER_WAY).exclude(pk=importing.pk).exists())


def _refuse_if(another_is_under_way: bool) -> None:
    if another_is_under_way:
        raise ValidationError(_("Another import of yours is under way. Wait until it is done."), code="another")


def _plain(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[-200:] or "?"


@transaction.atomic
def choose_rule(*, member: User, importing: Import, rule: str) -> Import:
    """What becomes of conflicts for which nothing is chosen by itself."""
    locked = lock_import(member=member, importing=importing, states=[State.READY])
    if rule not in Import.Rule.values:
        raise ValidationError({"rule": [_("Choose what is to be kept where yours differs.")]})
    locked.rule = rule
    locked.save(update_fields=["rule"])
    return locked


@transaction.atomic
def choose_for_row(*, member: User, row: ImportRow, choice: str) -> None:
    """Decide about one row by itself: keep mine, take the file's, or leave it out. An empty choice leaves it to the
    rule.
    """
    lock_import(member=member, importing=row.importing, states=[State.READY])
    if choice and choice not in ImportRow.Choice.values:
        raise ValidationError({"choice": [_("Choose what is to become of this line.")]})
    ImportRow.objects.filter(pk=row.pk).update(choice=choice)


@transaction.atomic
def name_film(*, member: User, row: ImportRow, film: Film | None) -> int:
    """Say which film a row is about, or that it is none of those; all rows that name their film so follow.

    After the import was taken in, they are taken in now. Returns how many rows it was said of.
    """
    locked = lock_import(member=member, importing=row.importing, states=[State.READY, State.DONE])
    if row.kind in OF_NO_FILM:
        raise ValidationError(_("This line is about no film."), code="of_no_film")
    rows = ImportRow.objects.filter(importing=locked, named=row.named, settled_at=None)
    rows = rows.exclude(verdict=Verdict.UNREADABLE).exclude(kind__in=OF_NO_FILM)
    if film is None:
        return rows.update(film=None, candidates=[], verdict=Verdict.UNKNOWN)
    number = rows.update(film=film, verdict=Verdict.NEW)
    judge_rows(locked, [film.pk])
    if locked.state == State.DONE:
        _refuse_beside_another(member, locked)
        take_in_rows(locked, [film.pk])
    return number


@transaction.atomic
def take_in(*, member: User, importing: Import) -> Import:
    """Have all of it taken in, by a job. Once: a second call leaves it as it is."""
    return _set_off(member, importing, State.READY, State.TAKING_IN, State.DONE)


@transaction.atomic
def undo_import(*, member: User, importing: Import) -> Import:
    """Have everything put back as it was before, but for what was changed since."""
    return _set_off(member, importing, State.DONE, State.UNDOING, State.UNDONE)


@transaction.atomic
def forget_import(*, member: User, importing: Import) -> None:
    """Drop the rows, and with them the way back. What was taken in stays."""
    settled = [state for state in State.values if state not in UNDER_WAY or state == State.WAITING]
    lock_import(member=member, importing=importing, states=settled).delete()


def key_of(number: int, state: str) -> str:
    """The name under which the job of an import is known while it waits or runs."""
    return f"{JOBS[state]}:{number}"


def _have_done(importing: Import) -> None:
    enqueue(JOBS[importing.state], once=key_of(importing.pk, importing.state), number=importing.pk)


def _set_off(member: User, importing: Import, before: str, after: str, done: str) -> Import:
    if importing.state == after and importing.member_id == member.pk:  # its job may hold the row
        return importing
    locked = lock_import(member=member, importing=importing, states=[before, after, done])
    if locked.state == before:
        _refuse_beside_another(member, locked)
        hold_member(member)
        _refuse_beside_another(member, locked)
        locked.state, locked.went_wrong = after, False
        locked.save(update_fields=["state", "went_wrong"])
        _have_done(locked)
    return locked


def lock_import(*, member: User, importing: Import, states: Iterable[str]) -> Import:
    """The import, nobody else working at it. Raises PermissionDenied, and ValidationError in any other state."""
    locked = Import.objects.select_for_update(no_key=True).defer("file").filter(pk=importing.pk).first()
    if locked is None or locked.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s import."))
    if locked.state not in states:
        raise ValidationError(_("This import is in another state by now: look at it again."), code="state")
    locked.member = member
    return locked
