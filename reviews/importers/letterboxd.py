"""A Letterboxd export: the ZIP, or files of it one by one.

Tables with the same columns are told apart by their names. A film is named by title and year: addresses in the diary
and the reviews are of the entry, not of the film.
"""

from collections.abc import Iterator
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reviews.days import could_be_watched
from reviews.importers.found import Found, row, tidy_tags
from reviews.importers.html_text import to_markdown
from reviews.importers.opening import Part
from reviews.importers.tables import (
    Cells,
    columns_of,
    day_in,
    half_stars_of,
    missing,
    moment_of,
    records,
    table,
    text_of,
    unreadable,
    year_in,
)
from reviews.models import ImportRow

Kind = ImportRow.Kind
Problem = ImportRow.Problem

FILM: Final = ["name", "year"]
NEEDED: Final = {
    "watched": FILM, "watchlist": FILM, "films": FILM, "ratings": [*FILM, "rating"], "diary": [*FILM, "watched date"],
    "reviews": [*FILM, "review"],
}  # fmt: skip
# In an export, but nothing of it has a place here.
NOT_TAKEN: Final = frozenset({"comments", "profile"})
DEAD: Final = frozenset({"deleted", "orphaned"})  # folders of what is not there any more


def knows(part: Part) -> bool:
    """Whether it is a file of such an export, by its name or its columns."""
    if part.name.lower().endswith(".json") or part.folder in DEAD:
        return False
    return kind_of(part) != ""


def kind_of(part: Part) -> str:
    """What a file is: a key of NEEDED, `list`, or nothing."""
    if part.stem in NEEDED and (part.stem != "films" or part.folder in {"likes", ""}):
        if part.stem == "reviews" and part.folder == "likes":
            return ""
        return part.stem
    if part.folder == "lists" or part.stem not in NOT_TAKEN:
        text = text_of(part.read()) or ""
        if _list_header(text) is not None or part.folder == "lists":
            return "list"
        return _by_columns(columns_of(text)) if not part.folder else ""
    return ""


def _by_columns(columns: list[str]) -> str:
    """For a file that somebody named anew. Seen, liked and wanted films cannot be told apart without their names."""
    if "letterboxd uri" not in columns or missing(columns, FILM):
        return ""
    return next((kind for kind, sign in (("reviews", "review"), ("diary", "watched date"), ("ratings", "rating"))
                 if sign in columns), "")  # fmt: skip


def check(part: Part) -> None:
    """Raise ValidationError where the file cannot be what its name says."""
    kind = kind_of(part)
    text = text_of(part.read())
    if text is None:
        raise ValidationError(_("“%(name)s” is no text: it holds NUL bytes.") % {"name": part.name}, code="noise")
    if lacks := missing(columns_of(text), NEEDED.get(kind, [])):
        raise ValidationError(
            _("“%(name)s” lacks the columns %(columns)s.") % {"name": part.name, "columns": ", ".join(lacks)},
            code="columns",
        )


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    for part in parts:
        kind = "" if part.folder in DEAD else kind_of(part)
        text = text_of(part.read())
        if not kind:
            if part.stem != "profile" and text:
                found.left_out[part.name] += sum(1 for _row in table(text))
        elif text is None or missing(columns_of(text), NEEDED.get(kind, [])):
            yield unreadable(part.name, 1, Problem.FILE)
        elif kind == "list":
            yield from _list(part, text, found)
        else:
            yield from _table(part, text, kind)


def _table(part: Part, text: str, kind: str) -> Iterator[ImportRow]:
    for line, cells in table(text):
        if cells is None:
            yield unreadable(part.name, line, Problem.SHAPE)
        elif kind in {"diary", "reviews"}:
            yield from _evening(part, line, cells, kind)
        else:
            of = {"watched": Kind.WATCHED, "watchlist": Kind.WATCHLIST, "films": Kind.LIKE, "ratings": Kind.RATING}
            yield _film(part, line, cells, of[kind])


def _film(part: Part, line: int, cells: Cells, kind: str) -> ImportRow:
    stars = half_stars_of(cells.get("rating", "")) if kind == Kind.RATING else None
    made = row(
        part, line, kind, cells.get("name", ""), year_in(cells.get("year", "")),
        at=moment_of(day_in(cells.get("date", ""))), half_stars=stars or None,
    )  # fmt: skip
    return unreadable(part.name, line, Problem.STARS, made) if kind == Kind.RATING and not stars else made


def _evening(part: Part, line: int, cells: Cells, kind: str) -> Iterator[ImportRow]:
    """A line of the diary, or a review, which may have been of an evening that is in the diary, too."""
    watched, day = cells.get("watched date", ""), day_in(cells.get("watched date", ""))
    stars = half_stars_of(cells.get("rating", ""))
    words, spoilers = to_markdown(cells.get("review", "")) if kind == "reviews" else ("", False)
    said = {
        "at": moment_of(day_in(cells.get("date", ""))), "half_stars": stars or None, "watched_on": day,
        "rewatch": cells.get("rewatch", "").lower() in {"yes", "true"}, "body": words, "spoilers": spoilers,
        "tags": tidy_tags(cells.get("tags", "").split(",")),
    }  # fmt: skip
    which = Kind.REVIEW if words else Kind.VIEWING if day else Kind.WATCHED
    made = row(part, line, which, cells.get("name", ""), year_in(cells.get("year", "")), **said)
    if stars == 0:
        unreadable(part.name, line, Problem.STARS, made)
    elif (watched and day is None) or (day is not None and not could_be_watched(day)):
        made.watched_on = None
        unreadable(part.name, line, Problem.DAY, made)
    yield made


def _list_header(text: str) -> int | None:
    """Which record names the columns of a list's films."""
    for number, (_line, cells) in zip(range(12), records(text), strict=False):
        if [cell.strip().lower() for cell in cells[:2]] == ["position", "name"]:
            return number
    return None


def _list(part: Part, text: str, found: Found) -> Iterator[ImportRow]:
    """A banner that may be missing, what the list says of itself, an empty line, then its films."""
    header, about, number = _list_header(text), {}, 0
    whole = list(records(text))
    for (_line, names), (_next, cells) in zip(whole, whole[1:], strict=False):
        if [cell.strip().lower() for cell in names[:2]] == ["date", "name"]:
            about = dict(zip((name.strip().lower() for name in names), cells, strict=False))
            break
    title = about.get("name") or part.stem.replace("-", " ").capitalize()
    words, _spoils = to_markdown(about.get("description", ""))
    number = found.begin_list(title, words, about.get("tags", "").split(","))
    if header is None:
        return
    columns = [name.strip().lower() for name in whole[header][1]]
    for line, record in whole[header + 1 :]:
        if not any(cell.strip() for cell in record):
            continue
        film = {name: cell.strip() for name, cell in zip(columns, record, strict=False)}
        place = film.get("position", "")
        yield row(
            part, line, Kind.ENTRY, film.get("name", ""), year_in(film.get("year", "")), list_number=number,
            position=int(place) if place.isdecimal() and len(place) < 7 else None,
            body=to_markdown(film.get("description", ""))[0], at=moment_of(day_in(about.get("date", ""))),
        )  # fmt: skip
