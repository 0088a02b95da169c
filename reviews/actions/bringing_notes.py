"""What an import brings of a member's private notes."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.actions import hold_member
from accounts.models import User
from reviews.actions.import_ledger import Ledger, as_it_is
from reviews.models import Import, ImportChange, ImportRow, PrivateNote
from reviews.models.private_note import MOST_NOTES
from reviews.standing import Standing

Kind = ImportChange.Kind


def bring_notes(importing: Import, member: User, rows: QuerySet[ImportRow], ledger: Ledger) -> list[int]:
    """Their films are held. Returns which rows were taken in; not those for which there was no room."""
    if not (wanted := list(rows.order_by("id"))):
        return []
    hold_member(member)  # as whoever writes a note does
    standing = Standing(member, {row.about for row in wanted})
    standing.judge(wanted)
    room = MOST_NOTES - PrivateNote.objects.filter(member=member).count()
    made, changed, before = dict[int, PrivateNote](), list[PrivateNote](), {}
    taken, now = list[int](), timezone.now()
    for row in wanted:
        mine = standing.notes.get(row.about)
        if row.about in made or not standing.takes(row, importing.rule) or (mine is None and len(made) >= room):
            continue
        if mine is None:
            made[row.about] = _new(member, row)
        elif mine.pk not in before:
            before[mine.pk] = as_it_is(Kind.NOTE, mine)
            mine.body, mine.version, mine.updated_at = row.body, mine.version + 1, row.at or now
            changed.append(mine)
        taken.append(row.pk)
    PrivateNote.objects.bulk_create(made.values(), batch_size=1000)
    PrivateNote.objects.bulk_update(changed, ["body", "version", "updated_at"], batch_size=500)
    ledger.note(Kind.NOTE, [*made.values(), *changed], before)
    return taken


def _new(member: User, row: ImportRow) -> PrivateNote:
    at = row.at or timezone.now()
    begun = parse_datetime((row.circumstances or {}).get("created_at", "")) or at
    return PrivateNote(member=member, film_id=row.about, body=row.body, created_at=begun, updated_at=at)
