"""What members do about what their players said: name its film, leave it out, take it out of the diary again."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from itertools import batched

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from films.models import Film
from reviews.actions.diary import delete_viewing
from reviews.actions.limiting import hold_posts
from reviews.actions.listening import WAITS, Outcome, named, write
from reviews.actions.nearness import near_film
from reviews.actions.noting import without_noting
from reviews.actions.rating import lock_mark, mark_film
from reviews.importers.matching import AT_ONCE, find_films
from reviews.models import Playing, Viewing
from reviews.players.heard import Heard, noon_of

logger = logging.getLogger(__name__)


def name_film(*, member: User, playing: Playing, film: Film) -> list[str]:
    """Say which film it was; whatever waits under the same name follows. Returns what became of each.

    Raises ValidationError where it waits no more.
    """
    _require_own(member, playing)
    if playing.outcome not in WAITS:
        raise ValidationError(_("This is settled by now: look at it again."), code="settled")
    waiting = Playing.objects.filter(player__member=member, outcome=Outcome.WAITING)
    same = waiting.filter(title=playing.title, year=playing.year, imdb=playing.imdb, tmdb=playing.tmdb)
    rows = [playing, *same.exclude(pk=playing.pk).select_related("player__member").order_by("at", "pk")]
    return [_write(row, film) for row in rows]


def candidates_for(playing: Playing) -> tuple[int, ...]:
    """The films that it may have been, by the name that it was told under."""
    name = named(playing)
    answer = find_films([name])[name]
    return answer.candidates if answer.film is None else (answer.film,)


def leave_out(*, member: User, playing: Playing) -> None:
    """Forget what waits: it comes into no diary. May be repeated."""
    _require_own(member, playing)
    Playing.objects.filter(pk=playing.pk, outcome__in=WAITS).delete()


def take_out(*, member: User, playing: Playing) -> None:
    """Take the line that was written out of the diary again. May be repeated.

    If nothing else says so, the film counts as unseen again, and is back on the watchlist where it was on it.
    """
    _require_own(member, playing)
    if playing.viewing_id is None or playing.outcome != Outcome.LOGGED:
        return
    line = Viewing.objects.filter(pk=playing.viewing_id, member=member).select_related("film").first()
    if line is not None:
        _take_out(member=member, film=line.film, line=line, playing=playing)


@near_film
@transaction.atomic
def _take_out(*, member: User, film: Film, line: Viewing, playing: Playing) -> None:
    hold_posts(member=member)
    mark = lock_mark(member=member, film=film)
    playing.refresh_from_db(fields=["was_seen", "was_listed"])
    delete_viewing(member=member, viewing=line)
    if playing.was_seen or mark.is_liked:
        return
    # Another line of a player's that stands: if it is taken out as well, what was before this one is what was before.
    others = Playing.objects.filter(player__member=member, film=film, outcome=Outcome.LOGGED, viewing__isnull=False)
    others.exclude(pk=playing.pk).update(was_seen=False, was_listed=playing.was_listed)
    with suppress(ValidationError), without_noting():  # rated, reviewed or logged since: it stays seen
        mark_film(member=member, film=mark.film, watched=False)
        if playing.was_listed:
            mark_film(member=member, film=mark.film, in_watchlist=True)


def match_waiting() -> int:
    """Write what waited for its film, or for the next day. Returns how many lines that made.

    What goes wrong with one keeps no other from it.
    """
    waiting = Playing.objects.filter(outcome__in=WAITS, player__member__is_active=True).order_by("at", "pk")
    return sum(_match(waiting, numbers) for numbers in batched(waiting.values_list("pk", flat=True), AT_ONCE))


def _match(waiting: QuerySet[Playing], numbers: Iterable[int]) -> int:
    rows = list(waiting.filter(pk__in=numbers).select_related("player__member"))
    found = find_films({named(row) for row in rows if row.film_id is None})
    known = {row.pk: row.film_id or found[named(row)].film for row in rows}
    films = Film.objects.defer("search_text").in_bulk({number for number in known.values() if number is not None})
    written = 0
    for row in rows:
        if (film := films.get(known[row.pk] or 0)) is None:
            continue
        try:
            written += _write(row, film) == Outcome.LOGGED
        except ObjectDoesNotExist:  # its player is removed, or its film
            continue
        except Exception:
            logger.exception("Could not write what a player said", extra={"playing": row.pk})
    return written


def _write(row: Playing, film: Film) -> str:
    """Returns what became of it."""
    player, day = row.player, row.watched_on
    heard = Heard(day=day if row.at == noon_of(day) else None)
    answer = write(member=player.member, film=film, player=player, heard=heard, at=row.at, day=day, waited=row)
    return answer.outcome


def _require_own(member: User, playing: Playing) -> None:
    if playing.player.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s player."))
