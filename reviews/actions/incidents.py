"""Attacks on a film's score: ratings are held as they come, and staff decide what becomes of them.

All here runs while the film's row is locked: by the tally of the rating that was just stored, or on purpose. So two
ratings cannot both open an incident, and none slips through between an incident and its end.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from films.models import Film
from reviews.actions.notifying import notify
from reviews.flow import AN_HOUR, ENDS, Figures, beginning, figures_of
from reviews.incidents import end_of, figures_now, glance, newest_of, past_of
from reviews.models import Incident, Mark, Notice

FARTHEST_BACK: Final = 2000  # ratings among which the beginning is looked for
LONGEST: Final = 500


def watch(*, mark: Mark, is_new: bool) -> Mark:
    """Call after a rating was stored: it is held while its film has an open incident, and may open one.

    `is_new`: it was given or changed just now. One small query for an ordinary rating.
    """
    now = timezone.now()
    if mark.half_stars is None or mark.rated_at is None:
        return mark
    if not is_new and mark.incident_id is None and now - mark.rated_at > AN_HOUR:
        return mark
    seen = glance(mark.film, now)
    if seen.incident_id is not None:
        _hold_late(mark, seen.incident_id, is_new=is_new)
    elif mark.incident_id is not None:
        _let_go_late(mark)
    elif is_new and seen.is_fast and _judge(mark.film, seen.since):
        mark.refresh_from_db(fields=["incident"])
    return mark


def _judge(film: Film, since: datetime) -> Incident | None:
    newest = newest_of(film, since)
    figures = figures_of(newest, past_of(film, since, newest))
    if not figures.is_alarm:
        return None
    began = beginning(newest_of(film, since, FARTHEST_BACK), figures.end)
    return _open(film, began or newest[-1].at, figures)


def _hold_late(mark: Mark, incident_id: int, *, is_new: bool) -> None:
    """A rating that came while the incident was open, or was being changed when it opened."""
    incident = Incident.objects.get(pk=incident_id)
    if mark.incident_id == incident_id or not (is_new or (mark.rated_at and mark.rated_at >= incident.began_at)):
        return
    mark.incident = incident
    Mark.objects.filter(pk=mark.pk).update(incident=incident)
    _tell([mark.member], incident)


def _let_go_late(mark: Mark) -> None:
    """The mark was being changed while its incident was lifted."""
    if mark.incident is not None and mark.incident.ending == Incident.Ending.LIFTED:
        mark.incident = None
        Mark.objects.filter(pk=mark.pk).update(incident=None)


@transaction.atomic
def open_incident(*, moderator: User, film: Film, since: datetime, end: str = "all", words: str = "") -> Incident:
    """Open an incident by hand: all ratings since then are held. One that is open already is returned as it is.

    `end` is where the ratings pile up (a key of reviews.flow.ENDS). Raises PermissionDenied, ValidationError.
    """
    _require(moderator)
    if end not in ENDS:
        raise ValidationError({"end": _("Choose where the ratings pile up.")}, code="end")
    if since > timezone.now():
        raise ValidationError({"since": _("Choose a time that has passed.")}, code="future")
    film = _lock(film)
    if (there := Incident.objects.open().filter(film=film).first()) is not None:
        return there
    return _open(film, since, figures_now(film, since), moderator=moderator, end=end, words=_checked(words))


@transaction.atomic
def lift_incident(*, moderator: User, incident: Incident, words: str) -> Incident:
    """All that it holds counts again, and the members are told. Raises PermissionDenied, ValidationError."""
    return _end(moderator, incident, Incident.Ending.LIFTED, words, keep=())


@transaction.atomic
def confirm_incident(*, moderator: User, incident: Incident, words: str) -> Incident:
    """What it holds where the ratings piled up stays out of the score; what else it holds counts again.

    Raises PermissionDenied, ValidationError.
    """
    return _end(moderator, incident, Incident.Ending.CONFIRMED, words, keep=ENDS[end_of(incident)])


def _end(moderator: User, incident: Incident, ending: str, words: str, keep: Iterable[int]) -> Incident:
    _require(moderator)
    words = _checked(words)
    if not words:
        raise ValidationError({"words": _("Say why: everybody can read it on the film’s page.")}, code="words")
    _lock(incident.film)
    locked = Incident.objects.select_for_update(of=("self",)).select_related("film").get(pk=incident.pk)
    if not locked.is_open:
        if locked.ending == ending:
            return locked
        raise ValidationError(_("This incident has ended already."), code="ended")
    locked.ended_at, locked.ended_by, locked.ending, locked.words = timezone.now(), moderator, ending, words
    locked.save(update_fields=["ended_at", "ended_by", "ending", "words"])
    freed = Mark.objects.filter(incident=locked).exclude(half_stars__in=tuple(keep))
    numbers = list(freed.select_for_update(no_key=True, skip_locked=True).values_list("pk", "member"))
    Mark.objects.filter(pk__in=[pk for pk, _member in numbers]).update(incident=None)
    notify(
        members=User.objects.filter(pk__in=[member for _pk, member in numbers]),
        kind=Notice.RATING_HELD, key=f"incident:{locked.pk}:counts", film=locked.film, incident=locked,
        details={"counts": True},
    )  # fmt: skip
    return locked


def _open(
    film: Film, began: datetime, figures: Figures, *, moderator: User | None = None, end: str = "", words: str = ""
) -> Incident:
    seen = figures.as_json() | ({"end": end} if moderator else {})
    incident = Incident.objects.create(film=film, began_at=began, seen=seen, opened_by=moderator, words=words)
    _hold(incident)
    return incident


def _hold(incident: Incident) -> None:
    """All ratings of the film since the incident began, and tell their members."""
    since = Mark.objects.rated().filter(film=incident.film_id, rated_at__gte=incident.began_at, incident=None)
    # One that its member is changing right now holds itself, when it gets the film's row after us.
    numbers = list(since.select_for_update(no_key=True, skip_locked=True).values_list("pk", "member"))
    Mark.objects.filter(pk__in=[pk for pk, _member in numbers]).update(incident=incident)
    _tell(User.objects.filter(pk__in=[member for _pk, member in numbers]), incident)


def _tell(members: Iterable[User], incident: Incident) -> None:
    notify(
        members=members, kind=Notice.RATING_HELD, key=f"incident:{incident.pk}:held", film=incident.film,
        incident=incident, details={"counts": False},
    )  # fmt: skip


def _lock(film: Film) -> Film:
    return Film.objects.select_for_update(no_key=True, of=("self",)).get(Q(pk=film.pk))


def _checked(words: str) -> str:
    words = " ".join(words.replace("\x00", "").split())
    if len(words) > LONGEST:
        raise ValidationError({"words": _("Use at most %(most)d characters.") % {"most": LONGEST}}, code="long")
    return words


def _require(moderator: User) -> None:
    if not moderator.has_perm("reviews.change_incident"):
        raise PermissionDenied(_("Only moderators do this."))
