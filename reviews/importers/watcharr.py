"""The JSON that Watcharr exports: what somebody watched or wants to, with ratings, thoughts, tags and days.

When something was put on the list is no day for the diary; a day that its owner set is. Thoughts are read by whoever
follows one there: they are reviews.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.legible import is_legible
from reviews.days import could_be_watched
from reviews.importers.found import Found, film_ids, row, storable, tidy_tags
from reviews.importers.opening import Part, json_in
from reviews.importers.tables import instant_in, tenth_near, unreadable, year_in
from reviews.models import ImportRow

Kind, Problem = ImportRow.Kind, ImportRow.Problem

SIGNS: Final = {"status", "rating", "activity"}
THINGS: Final = ("content", "game", "book")  # one of which each record is about
FILM: Final = "movie"
DONE, WANTED = "FINISHED", "PLANNED"
BROUGHT: Final = "IMPORTED_ADDED_WATCHED"  # a day that another site had told it

type Record = dict[str, Any]


def knows(part: Part) -> bool:
    return part.keys >= SIGNS and bool(part.keys & {*THINGS})


def check(part: Part) -> None:
    """Raise ValidationError for one record without the list that it is of."""
    if not isinstance(json_in(part), list):
        raise ValidationError(_("“%(name)s” is not the JSON that Watcharr exports.") % {"name": part.name}, code="json")


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    for part in parts:
        held = json_in(part) if knows(part) else None
        if not isinstance(held, list):
            yield from found.leave_out(part)
            continue
        for line, one in enumerate(held, start=1):
            sort = next((name for name in THINGS if isinstance(one, dict) and isinstance(one.get(name), dict)), "")
            if not sort:
                yield unreadable(part.name, line, Problem.SHAPE)
            elif sort != "content":
                yield from found.leave_out_a(sort, part)
            elif one["content"].get("type") != FILM:
                yield from found.leave_out_a(one["content"].get("type"), part)
            else:
                yield from _film(part, line, one, found)


def _film(part: Part, line: int, one: Record, found: Found) -> Iterator[ImportRow]:
    status, stars, words = one.get("status"), tenth_near(one.get("rating")), str(one.get("thoughts") or "").strip()
    words = words if is_legible(storable(words)) else ""
    at, tags = instant_in(one.get("createdAt")), _tags(one)
    days = _days(one)
    for day, moment in days:
        yield _row(part, line, Kind.VIEWING, one, at=moment, watched_on=day, tags=[] if words else tags)
    if not days and status == DONE:
        yield _row(part, line, Kind.WATCHED, one, at=at, tags=[] if words else tags)
    elif not days and status == WANTED:
        yield _row(part, line, Kind.WATCHLIST, one, at=at)
    elif not days and stars is None and not words:
        yield from found.leave_out_a(status, part)
    if stars is not None:
        made = _row(part, line, Kind.RATING, one, at=at, half_stars=stars or None)
        yield made if stars or made.problem else unreadable(part.name, line, Problem.RATING, made)
    if words:
        yield _row(part, line, Kind.REVIEW, one, at=instant_in(one.get("updatedAt")) or at, body=words, tags=tags)


def _days(one: Record) -> list[tuple[date, datetime]]:
    """The days that are set by hand of what counts as watched, with the moment of each, the earliest first."""
    found = dict[date, datetime]()
    done = one.get("activity")
    for each in done if isinstance(done, list) else []:
        moment = instant_in(each.get("customDate")) if isinstance(each, dict) else None
        if moment is not None and _is_play(each):
            day = timezone.localtime(moment).date()
            if could_be_watched(day):
                found.setdefault(day, moment)
    return sorted(found.items())


def _is_play(done: Record) -> bool:
    """Older versions do not say it; they tell into which status something went."""
    if done.get("countAsPlay") is True or str(done.get("type")).startswith(BROUGHT):
        return True
    return "countAsPlay" not in done and DONE in str(done.get("data"))


def _tags(one: Record) -> list[str]:
    tags = one.get("tags")
    return tidy_tags(
        str(tag.get("name") or "") for tag in (tags if isinstance(tags, list) else []) if isinstance(tag, dict)
    )


def _row(part: Part, line: int, kind: str, one: Record, **said: Any) -> ImportRow:
    film = one["content"]
    ids = film_ids(film.get("imdb_id"), film.get("tmdbId"))
    title, year = str(film.get("title") or ""), year_in(str(film.get("release_date") or ""))
    return row(part, line, kind, title, year, **ids, **said)
