"""What the house shows: announced, changed and called off by curators. Who comes says so in coming.py."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.legible import line_of
from accounts.models import User
from reviews import markup
from reviews.actions.notifying import notify
from reviews.actions.seating import fill_seats
from reviews.models import Notice, ScreenedFilm, Screening

MOST_FILMS: Final = 20
A_FILM: Final = 120  # minutes, of one whose length the catalogue does not know
LINES: Final = ("title", "place", "address", "price")


class ScreeningFacts(TypedDict, total=False):
    """What may be said of a screening. What is left out stays as it is."""

    title: str
    starts_at: datetime
    minutes: int | None
    place: str
    address: str
    link: str
    access: Sequence[str]
    words: str
    seats: int | None
    price: str
    audience: str
    answers_until: datetime | None
    published_at: datetime | None


@transaction.atomic
def save_screening(*, editor: User, screening: Screening | None = None, **facts: Unpack[ScreeningFacts]) -> Screening:
    """A new screening, or a changed one. Whoever comes is told where it moved; whoever waits gets seats that are new.

    Raises ValidationError by field, also where people said that they come and it would be a draft again.
    """
    new = screening is None or screening.pk is None
    if not editor.has_perm("reviews.add_screening" if new else "reviews.change_screening"):
        raise PermissionDenied(_("Only curators do this."))
    row = Screening(made_by=editor) if new else _lock(screening)
    was = _where_and_when(row)
    changes: dict[str, Any] = dict(facts)
    for name, value in changes.items():
        setattr(row, name, line_of(value, name) if name in LINES else value)
    row.starts_at = row.starts_at.replace(second=0, microsecond=0)
    check_change(row, seats=row.seats, published_at=row.published_at)
    row.words_html = markup.render(row.words, kind="article").html if row.words else ""
    row.ends_at = end_of(row, row.shown)
    row.full_clean()
    row.save()
    if not new:
        fill_seats(row)
        if was != _where_and_when(row) and not row.is_called_off and not row.is_over:
            _tell(row)
    return row


@transaction.atomic
def arrange_programme(
    *, editor: User, screening: Screening, kept: Iterable[ScreenedFilm], dropped: Iterable[ScreenedFilm] = ()
) -> None:
    """Store films of a screening that were checked already, and take others out. It then ends when they do.

    Raises ValidationError for none, and for too many.
    """
    if not editor.has_perm("reviews.change_screening") and not editor.has_perm("reviews.add_screening"):
        raise PermissionDenied(_("Only curators do this."))
    row = _lock(screening)
    for one in dropped:
        one.delete()
    for one in kept:
        one.screening = row
        one.save()
    shown = list(row.programme.select_related("film"))
    check_size(len(shown))
    row.ends_at = end_of(row, shown)
    row.save(update_fields=["ends_at", "updated_at"])


@transaction.atomic
def call_off(*, editor: User, screening: Screening, because: str) -> Screening:
    """It does not take place, for a reason that everybody reads; whoever comes is told. May be repeated.

    Raises ValidationError without a sentence, and once it is over.
    """
    if not editor.has_perm("reviews.change_screening"):
        raise PermissionDenied(_("Only curators do this."))
    row = _lock(screening)
    if row.is_called_off:
        return row
    if row.is_over:
        raise ValidationError(_("It is over, and took place."))
    row.called_off_because = line_of(because, "because")
    if not row.called_off_because:
        raise ValidationError({"because": [_("Say why, in a sentence: everybody reads it.")]})
    row.called_off_at = timezone.now()
    row.full_clean()
    row.save()
    _tell(row)
    return row


@transaction.atomic
def delete_screening(*, editor: User, screening: Screening) -> None:
    """For good. Raises ValidationError where somebody said that they come: to call it off tells them."""
    if not editor.has_perm("reviews.delete_screening"):
        raise PermissionDenied(_("Only curators do this."))
    row = _lock(screening)
    if row.comings.exists():
        raise ValidationError(_("People said that they come. Call it off, so that they hear of it."))
    row.delete()


def check_size(number: int) -> None:
    """Raise ValidationError for a screening of no films, or of too many."""
    if not number:
        raise ValidationError(_("Choose at least one film."))
    if number > MOST_FILMS:
        raise ValidationError(_("A screening has %(most)d films. Announce another for these.") % {"most": MOST_FILMS})


def end_of(row: Screening, shown: Iterable[ScreenedFilm]) -> datetime:
    minutes = row.minutes or sum(each.film.runtime_minutes or A_FILM for each in shown) or A_FILM
    return row.starts_at + timedelta(minutes=minutes)


def check_change(row: Screening, *, seats: int | None, published_at: datetime | None) -> None:
    """Raise ValidationError, by field, for fewer seats than are taken, and for a draft to which people come."""
    if seats is not None and seats < row.taken:
        told = _("%(taken)d seats are given away. You cannot have fewer.") % {"taken": row.taken}
        raise ValidationError({"seats": [told]})
    is_hidden = published_at is None or published_at > timezone.now()
    if row.pk and is_hidden and row.comings.exists():
        told = _("People said that they come, so it stays announced. You can call it off.")
        raise ValidationError({"published_at": [told]})


def _where_and_when(row: Screening) -> tuple[Any, ...]:
    return row.starts_at, row.place, row.address


def _tell(row: Screening) -> None:
    """All who said that they come, and who wait for a seat, that it is not as they know it. Within a transaction."""
    members = User.objects.filter(comings__screening=row)
    notify(
        members=members, kind=Notice.SCREENING_CHANGE, key=f"screening_change:{row.pk}:{timezone.now().isoformat()}",
        screening=row, details={"screening": str(row)},
    )  # fmt: skip


def _lock(screening: Screening | None) -> Screening:
    assert screening is not None  # only one that is stored comes here
    return Screening.objects.select_for_update(no_key=True).get(pk=screening.pk)
