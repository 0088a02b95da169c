"""Emby, by its webhooks: https://emby.media/support/articles/Webhooks.html

The plugin "Webhooks" for Jellyfin (https://github.com/shemanaev/jellyfin-plugin-webhooks) speaks nearly so. It says
`Scrobble` at 90%, and where somebody stops, what the user's data have become.
"""

from collections.abc import Mapping
from typing import Any

from reviews.players.heard import Heard, part_of, percent_of, title_in, truth_in, user_in, words_in, year_in


def speaks(said: Mapping[str, Any]) -> bool:
    return bool(words_in(said.get("Event")))


def read(said: Mapping[str, Any]) -> Heard | None:
    film, playback = part_of(said, "Item"), part_of(said, "PlaybackInfo")
    is_over = truth_in(playback.get("PlayedToCompletion"))
    position = playback.get("PositionTicks")
    if said["Event"] in {"Stop", "Scrobble"}:
        seen = part_of(film, "UserData")
        is_over = said["Event"] == "Scrobble" or truth_in(seen.get("Played"))
        position = seen.get("PlaybackPositionTicks")
    elif said["Event"] != "playback.stop":
        return None
    heard = Heard(
        title=title_in(film.get("Name")),
        year=year_in(film.get("ProductionYear")),
        is_film=film.get("Type") == "Movie",
        is_over=is_over,
        percent=percent_of(position, film.get("RunTimeTicks")),
        user=user_in(part_of(said, "User").get("Name")),
    )
    return heard.with_ids(part_of(film, "ProviderIds"))
