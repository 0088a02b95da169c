"""Which player speaks, and what it says."""

from collections.abc import Mapping
from typing import Any, Final

from reviews.players import emby, jellyfin, kodi, ours, plex
from reviews.players.heard import Heard, NotUnderstood

# Kodi before Plex: both may have an `event`. What scripts say comes last, for others may have a `title`, too.
PLAYERS: Final[tuple[Any, ...]] = (kodi, plex, jellyfin, emby, ours)


def read(said: Mapping[str, Any]) -> Heard | None:
    """None for what asks for nothing: a pause, an episode, a trailer, something without a name.

    Raises NotUnderstood, and ValidationError for what a script says wrongly.
    """
    for player in PLAYERS:
        if player.speaks(said):
            heard: Heard | None = player.read(said)
            return heard if heard is not None and heard.is_film and heard.is_named else None
    raise NotUnderstood
