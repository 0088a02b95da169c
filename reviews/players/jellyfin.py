"""Jellyfin, by its webhook plugin: https://github.com/jellyfin/jellyfin-plugin-webhook

With "Send All Properties" values have their kinds; from a template they are all text, `True` among it.
"""

from collections.abc import Mapping
from typing import Any

from reviews.players.heard import Heard, percent_of, title_in, truth_in, user_in, words_in, year_in


def speaks(said: Mapping[str, Any]) -> bool:
    return bool(words_in(said.get("NotificationType")))


def read(said: Mapping[str, Any]) -> Heard | None:
    if said["NotificationType"] != "PlaybackStop":
        return None
    heard = Heard(
        title=title_in(said.get("Name")),
        year=year_in(said.get("Year")),
        is_film=said.get("ItemType") == "Movie",
        is_over=truth_in(said.get("PlayedToCompletion")),
        percent=percent_of(said.get("PlaybackPositionTicks"), said.get("RunTimeTicks")),
        user=user_in(said.get("NotificationUsername")),
    )
    return heard.with_ids({"imdb": said.get("Provider_imdb"), "tmdb": said.get("Provider_tmdb")})
