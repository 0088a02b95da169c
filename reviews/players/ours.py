"""What scripts say, in a form of our own: `{"imdb": "tt3890160", "watched_at": "2026-11-30T21:40:00+01:00"}`."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from reviews.days import check_watched_on
from reviews.players.heard import Heard, noon_of, number_in, percent_in, title_in, user_in, words_in, year_in

CLOCKS_DIFFER: Final = timedelta(minutes=10)


def speaks(said: Mapping[str, Any]) -> bool:
    return bool({"imdb", "tmdb", "title"} & said.keys())


def read(said: Mapping[str, Any]) -> Heard:
    """Without `progress` it is over. Raises ValidationError, by field, for what names no film, or no day or number."""
    progress = said.get("progress")
    if progress not in (None, "") and number_in(progress) is None:
        raise ValidationError({"progress": [_("Give the progress in percent, from 0 to 100.")]})
    at, day = _when(said.get("watched_at"))
    heard = Heard(
        title=title_in(said.get("title")),
        year=year_in(said.get("year")),
        is_film=words_in(said.get("kind")).casefold() in {"", "movie", "film"},
        is_over=progress in (None, ""),
        percent=percent_in(progress),
        user=user_in(said.get("user")),
        at=at,
        day=day,
    ).with_ids({"imdb": said.get("imdb"), "tmdb": said.get("tmdb")})
    if heard.is_film and not heard.is_named:
        raise ValidationError(
            _("Say which film it was: by its id at IMDb (tt and digits) or TMDB, or by title and year.")
        )
    return heard


def _when(said: Any) -> tuple[datetime | None, date | None]:
    """A moment; or a day alone, of which its noon stands for the moment. A time without a zone is UTC."""
    words = words_in(said).strip()
    if not words:
        return None, None
    day = _parsed(parse_date, words)
    moment = _parsed(parse_datetime, words) if day is None else noon_of(day)
    if moment is None:
        raise ValidationError({"watched_at": [_("Write the day as 2026-11-30, or the time as 2026-11-30T21:40:00Z.")]})
    at = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    try:
        check_watched_on(day or moment.date())
    except ValidationError as refusal:
        raise ValidationError({"watched_at": refusal.messages}) from None
    if day is None and at > timezone.now() + CLOCKS_DIFFER:
        raise ValidationError({"watched_at": [_("That time has not come yet. Give the time when the film was over.")]})
    return at, day


def _parsed[T](parse: Callable[[str], T | None], words: str) -> T | None:
    try:
        return parse(words)
    except ValueError:  # well written, and no such day
        return None
