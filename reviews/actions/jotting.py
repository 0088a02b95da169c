"""Notes that members keep on films for themselves."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.freshness import near_oneself
from accounts.legible import is_legible
from accounts.models import User
from films.models import Film
from reviews.actions.forgetting import forget_in_merges
from reviews.actions.limiting import check_may_post, hold_posts
from reviews.lengths import too_long
from reviews.models import Posting, PrivateNote
from reviews.models.private_note import LONGEST_NOTE, MOST_NOTES


class StalePrivateNote(Exception):
    """The note was changed elsewhere since the form was opened. `note` is as it stands now; None: it was deleted."""

    def __init__(self, note: PrivateNote | None) -> None:
        super().__init__(_("This note was changed in another window since you opened it here."))
        self.note = note


@near_oneself
@transaction.atomic
def keep_note(*, member: User, film: Film, body: str, version: int | None = None) -> PrivateNote:
    """What the member wants to remember of the film, in place of what they had written there.

    With `version`, 0 for none so far, raises StalePrivateNote where it was changed since, to something else. Raises
    ValidationError, LimitReached after too many new ones in a day.
    """
    body = body.replace("\r\n", "\n").strip()
    _check(body)
    hold_posts(member=member)
    hold_member(member)
    note = PrivateNote.objects.filter(member=member, film=film).first()
    if note is not None and note.body == body:
        return note
    _check_version(note, version)
    if note is None:
        _check_room(member)
        check_may_post(member=member, kind=Posting.Kind.NOTE)
        return PrivateNote.objects.create(member=member, film=film, body=body)
    note.body, note.version, note.updated_at = body, note.version + 1, timezone.now()
    note.save(update_fields=["body", "version", "updated_at"])
    return note


@near_oneself
@transaction.atomic
def delete_note(*, member: User, film: Film, version: int | None = None) -> None:
    """May be repeated. With `version`, raises StalePrivateNote where it was changed since."""
    hold_member(member)
    note = PrivateNote.objects.filter(member=member, film=film).first()
    if note is not None:
        _check_version(note, version)
        forget_in_merges(member, film, of=PrivateNote)  # first, as undoing a merge holds that before the notes
        note.delete()


def _check(body: str) -> None:
    if not is_legible(body):
        raise ValidationError({"body": [_("Write something first.")]})
    if told := too_long(body, LONGEST_NOTE):
        raise ValidationError({"body": [told]})


def _check_version(note: PrivateNote | None, version: int | None) -> None:
    if version is not None and version != (note.version if note else 0):
        raise StalePrivateNote(note)


def _check_room(member: User) -> None:
    if PrivateNote.objects.filter(member=member).count() >= MOST_NOTES:
        raise ValidationError(
            _("You have %(most)d notes, and there is no room for more. Delete one first.") % {"most": MOST_NOTES},
            code="notes",
        )
