"""Everything as JSON, a file a kind: the fullest of the formats (docs/exporting.md)."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from accounts.models import User
from reviews.exporters import account, films, moderation, shelf, texts

FORMAT: Final = "intermission"
VERSION: Final = 1

# One record of the member.
SINGLE: Final[Mapping[str, Callable[[User], dict[str, Any]]]] = {
    "profile": account.profile,
    "settings": account.settings,
}
# Any number of records, each on a line of its own.
MANY: Final[Mapping[str, Callable[[User], Iterator[dict[str, Any]]]]] = {
    "marks": films.marks,
    "viewings": films.viewings,
    "reviews": texts.reviews,
    "essays": texts.essays,
    "comments": texts.comments,
    "lists": texts.lists,
    "lists_of_others": texts.notes_elsewhere,
    "articles": texts.articles,
    "tags": texts.tags,
    "notes": films.notes,
    "guidance": films.guidance,
    "cautions": films.cautions,
    "shelf": shelf.shelf,
    "favourites": films.favourites,
    "likes": films.likes,
    "muted_films": films.muted_films,
    "dismissed": films.dismissed,
    "recommended": films.recommended,
    "searches": films.searches,
    "goals": films.goals,
    "waiting_for_films": films.waiting_for_films,
    "playings": account.playings,
    "people": account.people,
    "threads": account.threads,
    "evenings": moderation.evenings,
    "screenings": moderation.screenings,
    "suggestions": account.suggestions,
    "reports": moderation.reports,
    "messages": moderation.messages,
    "decisions": moderation.decisions,
    "sessions": account.sessions,
}
KINDS: Final = (*SINGLE, *MANY)


def lines(kind: str, member: User) -> Iterator[str]:
    """The text of one file, a record at a time."""
    if kind in SINGLE:
        yield json.dumps(SINGLE[kind](member), default=_plain, ensure_ascii=False, indent=2) + "\n"
        return
    before = "["
    for record in MANY[kind](member):
        yield f"{before}\n{json.dumps(record, default=_plain, ensure_ascii=False)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def head(member: User, made_at: datetime, site: str) -> str:
    """The first file of the archive: its format and version, of which site and member it is, and its files in order."""
    said = {"format": FORMAT, "version": VERSION, "site": site, "username": member.username}
    return json.dumps(said | {"made_at": made_at, "files": list(KINDS)}, default=_plain, ensure_ascii=False) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} is nothing that JSON knows")
