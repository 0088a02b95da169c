"""Plex, by its webhooks: https://support.plex.tv/articles/115002267687-webhooks/

`media.scrobble` is sent once 90% of a film are watched, `media.stop` when somebody stops. The agents of today name a
film in `Guid`, those of before in the one `guid`, as `com.plexapp.agents.imdb://tt3890160?lang=en`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from reviews.players.heard import Heard, part_of, percent_of, title_in, user_in, words_in, year_in

KINDS: Final = ("media.", "library.", "admin.", "device.", "playback.")
GUID: Final = re.compile(r"(?:com\.plexapp\.agents\.)?(imdb|tmdb|themoviedb)://([^?/]+)")
NAMES: Final = {"imdb": "imdb", "tmdb": "tmdb", "themoviedb": "tmdb"}


def speaks(said: Mapping[str, Any]) -> bool:
    return words_in(said.get("event")).startswith(KINDS)


def read(said: Mapping[str, Any]) -> Heard | None:
    event, film = said["event"], part_of(said, "Metadata")
    if event not in {"media.scrobble", "media.stop"}:
        return None
    heard = Heard(
        title=title_in(film.get("title")),
        year=year_in(film.get("year")),
        is_film=film.get("type") == "movie",
        is_over=event == "media.scrobble",
        percent=percent_of(film.get("viewOffset"), film.get("duration")),
        user=user_in(part_of(said, "Account").get("title")),
    )
    return heard.with_ids(dict(_ids(film)))


def _ids(film: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    listed = film.get("Guid")
    guids = [each.get("id") for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    for guid in (film.get("guid"), *guids):  # of two that say the same, the newer agent's counts
        if found := GUID.match(words_in(guid)):
            yield NAMES[found[1]], found[2]
