"""Keeping the diary: dated viewings."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.legible import one_line
from accounts.models import Copy, Event, User
from accounts.webhooks.announcing import announce
from films.models import Film
from reviews.actions.limiting import check_may_post, hold_posts
from reviews.actions.nearness import near_film
from reviews.actions.noting import note, without_noting
from reviews.actions.rating import KEEP, Keep, lock_mark, mark_film
from reviews.days import check_watched_on
from reviews.federation.telling import tell_elsewhere, tell_of_what_is_out
from reviews.models import Activity, Mark, Posting, Viewing, Visibility
from reviews.tags import clean_tags

SAME_LINE: Final = timedelta(minutes=1)  # the same line again within this time is one form sent twice


class Circumstances(TypedDict, total=False):
    """Where and how a film was seen, whether others see that, its tags, and who sees the line at all."""

    cut: str
    format: str
    place: str
    context_shown: bool
    visibility: str
    tags: Sequence[str]


def check_circumstances(said: Circumstances) -> None:
    """Raise ValidationError, by field, for what cannot be stored."""
    fields = ("cut", "format", "place", "visibility")
    line = Viewing(**{name: said[name] for name in fields if name in said})  # type: ignore[literal-required]
    try:
        line.clean_fields(exclude={field.name for field in Viewing._meta.fields} - said.keys())
    except ValidationError as refusal:
        words = {
            "cut": _("Choose a cut."),
            "format": _("Choose a format."),
            "visibility": _("Choose who can see this."),
        }
        raise ValidationError(
            {n: [words[n]] if n in words else wrong for n, wrong in refusal.message_dict.items()}
        ) from None


@near_film
@transaction.atomic
def log_viewing(
    *,
    member: User,
    film: Film,
    watched_on: date,
    rewatch: bool = False,
    half_stars: int | None = None,
    **circumstances: Unpack[Circumstances],
) -> Viewing:
    """Write a viewing into the diary; the stars become the member's rating of the film too.

    The same film on the same day twice is two viewings: people do that. A viewing that is not for everybody, of a film
    of which the member had said nothing, leaves a mark that the same people see. Raises ValidationError for a wrong
    day, and for circumstances or tags that cannot be stored, LimitReached after too many in a day.
    """
    check_watched_on(watched_on)
    check_circumstances(circumstances)
    check_may_post(member=member, kind=Posting.Kind.LINE)
    seen_by = visibility_of_mark(member, film, circumstances.get("visibility", Visibility.PUBLIC))
    with without_noting():  # the stars are part of the line about the evening
        if half_stars is None:
            mark = mark_film(member=member, film=film, watched=True, visibility=seen_by)
        else:
            mark = mark_film(member=member, film=film, half_stars=half_stars, visibility=seen_by)
    viewing = Viewing.objects.create(
        member=member,
        film=mark.film,
        watched_on=watched_on,
        rewatch=rewatch,
        half_stars=half_stars,
        **as_kept(circumstances),
    )
    note(member=member, kind=Activity.Kind.LOGGED, viewing=viewing, film=mark.film, visibility=viewing.visibility)
    announce(Event.DIARY_ADDED, member=member, about=viewing.pk)
    tell_elsewhere(Copy.Kind.VIEWING, member=member, number=viewing.pk)
    return viewing


@near_film
@transaction.atomic
def log_once(
    *,
    member: User,
    film: Film,
    watched_on: date,
    rewatch: bool = False,
    half_stars: int | None = None,
    **circumstances: Unpack[Circumstances],
) -> Viewing:
    """What `log_viewing` does, for a form: the very same line sent twice within a minute is one.

    Programs have keys of their own for that (Idempotency-Key).
    """
    hold_posts(member=member)
    film = lock_mark(member=member, film=film).film
    line: dict[str, Any] = {"watched_on": watched_on, "rewatch": rewatch, "half_stars": half_stars}
    recent = Viewing.objects.filter(member=member, film=film, review=None, created_at__gt=timezone.now() - SAME_LINE)
    if (twice := recent.filter(**line, **as_kept(circumstances)).first()) is not None:
        return twice
    return log_viewing(member=member, film=film, **line, **circumstances)


def as_kept(circumstances: Circumstances) -> dict[str, Any]:
    """As a line of the diary has them."""
    kept = {name: one_line(said) if isinstance(said, str) else said for name, said in circumstances.items()}
    return kept | {"tags": list(clean_tags(circumstances["tags"]))} if "tags" in circumstances else kept


@near_film
@transaction.atomic
def change_viewing(
    *,
    member: User,
    viewing: Viewing,
    watched_on: date,
    rewatch: bool,
    half_stars: int | None,
    **circumstances: Unpack[Circumstances],
) -> Viewing:
    """Correct a line of the diary. A changed rating becomes the member's rating of the film.

    Of the circumstances, what is not given stays.
    """
    if viewing.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s diary."))
    check_watched_on(watched_on)
    check_circumstances(circumstances)
    if half_stars is not None and half_stars != viewing.half_stars:
        with without_noting():
            mark_film(member=member, film=viewing.film, half_stars=half_stars)
    viewing.watched_on, viewing.rewatch, viewing.half_stars = watched_on, rewatch, half_stars
    for name, said in as_kept(circumstances).items():
        setattr(viewing, name, said)
    viewing.save(update_fields=["watched_on", "rewatch", "half_stars", "updated_at", *circumstances])
    announce(Event.DIARY_CHANGED, member=member, about=viewing.pk)
    tell_elsewhere(Copy.Kind.VIEWING, member=member, number=viewing.pk)
    return viewing


@near_film
@transaction.atomic
def delete_viewing(*, member: User, viewing: Viewing) -> None:
    """Take a line out of the diary. The rating of the film and a review of that evening stay."""
    if viewing.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s diary."))
    drop_viewing(viewing)


def drop_viewing(viewing: Viewing) -> None:
    """The line goes, and its member's programs hear of it. Within a transaction."""
    number = viewing.pk
    viewing.delete()
    announce(Event.DIARY_DELETED, member=viewing.member_id, about=number, id=number, film=viewing.film.slug)
    tell_of_what_is_out(Copy.Kind.VIEWING, number=number)


def visibility_of_mark(member: User, film: Film, visibility: str) -> str | Keep:
    """What follows for the mark from what is not shown to everybody: the same, if it said nothing before."""
    if visibility == Visibility.PUBLIC or Mark.objects.filter(member=member, film=film).said_something().exists():
        return KEEP
    return visibility
