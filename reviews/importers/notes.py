"""What somebody wrote down about films for themselves, there: one private note a film here, whatever number of lines it
comes from.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from accounts.legible import is_legible
from reviews.importers.found import Found, row, storable
from reviews.importers.opening import Part
from reviews.models import ImportRow

BEGINNING: Final = datetime.min.replace(tzinfo=UTC)


@dataclass
class _OfAFilm:
    part: Part
    line: int
    title: str
    year: int | None
    ids: dict[str, str]
    said: list[tuple[datetime, str]] = field(default_factory=list)  # when, and what


class Notes:
    """Gathers them; `rows` has each film's, the earliest words first, and the same words once."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.films: dict[tuple[object, ...], _OfAFilm] = {}

    def add(
        self, part: Part, line: int, title: str, year: int | None, words: str, *, at: datetime | None = None, **ids: str
    ) -> None:
        """`ids`: imdb and tmdb. Words that show nothing are left out, and counted."""
        words = storable(words).replace("\r\n", "\n").strip()
        if not words:
            return
        if not is_legible(words):
            self.found.left_out[part.name] += 1
            return
        key = (title.casefold(), year, *sorted(ids.items()))
        of_it = self.films.setdefault(key, _OfAFilm(part, line, title, year, ids))
        of_it.said.append((at or BEGINNING, words))

    def rows(self) -> list[ImportRow]:
        return [self._row(one) for one in self.films.values()]

    def _row(self, one: _OfAFilm) -> ImportRow:
        said = sorted(one.said, key=lambda each: each[0])
        body = "\n\n".join(dict.fromkeys(words for _at, words in said))
        days = [at for at, _words in said if at != BEGINNING]
        about: dict[str, Any] = {"at": days[-1], "circumstances": {"created_at": days[0].isoformat()}} if days else {}
        return row(one.part, one.line, ImportRow.Kind.NOTE, one.title, one.year, body=body, **one.ids, **about)
