"""Kodi, by add-ons that send `uniqueIds`, as Movary's (https://github.com/leepeuker/movary-kodi-addon) does.

One that says no more than these speaks when a film is over.
"""

from collections.abc import Mapping
from typing import Any

from reviews.players.heard import Heard, part_of, percent_in, title_in, words_in, year_in


def speaks(said: Mapping[str, Any]) -> bool:
    return isinstance(said.get("uniqueIds"), Mapping)


def read(said: Mapping[str, Any]) -> Heard | None:
    event = words_in(said.get("event") or "end")
    if event not in {"end", "stop"}:
        return None
    heard = Heard(
        title=title_in(said.get("title")),
        year=year_in(said.get("year")),
        is_film=words_in(said.get("mediaType") or "movie").casefold() == "movie",
        is_over=event == "end",
        percent=percent_in(part_of(said, "progress").get("percent")),
    )
    return heard.with_ids(part_of(said, "uniqueIds"))
