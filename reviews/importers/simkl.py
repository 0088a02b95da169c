"""The backup that Simkl exports: the ZIP, or the JSON in it. Films are `movies`, and those among `anime`.

When a film was watched last is a day for the diary, unless so many share the very minute that somebody marked them all
at once.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.days import could_be_watched
from reviews.importers.found import Found, film_ids, row, year_of
from reviews.importers.opening import Part, json_in
from reviews.importers.tables import instant_in, tenth_of, unreadable
from reviews.importers.trakt import AT_ONCE
from reviews.models import ImportRow

Kind, Problem = ImportRow.Kind, ImportRow.Problem

FILMS: Final = "movies"
SERIES: Final = ("shows", "anime")
DONE, WANTED = "completed", "plantowatch"


def knows(part: Part) -> bool:
    return FILMS in part.keys and bool(part.keys & {*SERIES})


def check(part: Part) -> None:
    """Raise ValidationError where none of its lists has anything."""
    held = json_in(part)
    if not any(_list_in(held, name) for name in (FILMS, *SERIES)):
        raise ValidationError(_("“%(name)s” is not the JSON that Simkl exports.") % {"name": part.name}, code="json")


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    for part in parts:
        if not knows(part):
            yield from found.leave_out(part)
            continue
        held = json_in(part)
        minutes = Counter(_minute(one) for one in _list_in(held, FILMS) if isinstance(one, dict))
        line = 0
        for name in (FILMS, *SERIES):
            for one in _list_in(held, name):
                line += 1
                if not isinstance(one, dict):
                    yield unreadable(part.name, line, Problem.SHAPE)
                elif name == FILMS or str(one.get("anime_type") or "").lower() == "movie":
                    yield from _film(part, line, one, found, minutes)
                else:
                    yield from found.leave_out_a(name, part)


def _list_in(held: Any, name: str) -> list[Any]:
    found = held.get(name) if isinstance(held, dict) else None
    return found if isinstance(found, list) else []


def _minute(one: dict[str, Any]) -> str:
    return str(one.get("last_watched_at") or "")[:16]


def _film(part: Part, line: int, one: dict[str, Any], found: Found, minutes: Counter[str]) -> Iterator[ImportRow]:
    status, stars = one.get("status"), tenth_of(one.get("user_rating"))
    if status == DONE:
        watched = instant_in(one.get("last_watched_at"))
        day = timezone.localtime(watched).date() if watched else None
        if day and could_be_watched(day) and minutes[_minute(one)] < AT_ONCE:
            yield _row(part, line, Kind.VIEWING, one, at=watched, watched_on=day)
        else:
            yield _row(part, line, Kind.WATCHED, one, at=watched)
    elif status == WANTED:
        yield _row(part, line, Kind.WATCHLIST, one, at=instant_in(one.get("added_to_watchlist_at")))
    elif stars is None:
        yield from found.leave_out_a(status, part)
    if stars is not None:
        made = _row(part, line, Kind.RATING, one, at=instant_in(one.get("user_rated_at")), half_stars=stars or None)
        yield made if stars or made.problem else unreadable(part.name, line, Problem.RATING, made)


def _row(part: Part, line: int, kind: str, one: dict[str, Any], **said: Any) -> ImportRow:
    """TMDB's number of what is called anime may be one of a series."""
    film = one.get("movie") if isinstance(one.get("movie"), dict) else one.get("show")
    film = film if isinstance(film, dict) else {}
    ids = film["ids"] if isinstance(film.get("ids"), dict) else {}
    told = film_ids(ids.get("imdb"), ids.get("tmdb") if "movie" in one else "")
    return row(part, line, kind, str(film.get("title") or ""), year_of(film.get("year")), **told, **said)
