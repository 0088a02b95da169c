"""A Letterboxd export: the ZIP, or files of it one by one; and tables as Letterboxd takes them in.

Tables with the same columns are told apart by their names. A film is named by title and year: addresses in the diary
and the reviews are of the entry, not of the film.
"""

import re
from collections.abc import Iterator
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reviews.days import could_be_watched
from reviews.importers.found import Found, empty_list, row, tidy_tags
from reviews.importers.html_text import to_markdown
from reviews.importers.letterboxd_profile import favourites_of, profile_of
from reviews.importers.opening import Part
from reviews.importers.tables import (
    Cells,
    columns_of,
    half_stars_of,
    missing,
    moment_of,
    records,
    table,
    tenth_of,
    text_of,
    unreadable,
    year_in,
)
from reviews.importers.written_days import WrittenDays
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
DEAD: Final = frozenset({"deleted"})  # the folder of what is not there any more
ORPHANED: Final = "orphaned"
# How tables are written that Letterboxd takes in, also by other programs, beside the names in those that it gives.
ALSO_CALLED: Final = {"title": "name", "watcheddate": "watched date", "letterboxduri": "letterboxd uri"}
IMDB: Final = re.compile(r"tt\d{7,10}")
TMDB: Final = re.compile(r"\d{1,12}")


def knows(part: Part) -> bool:
    """Whether it is a file of such an export, by its name or its columns."""
    if part.ending != "csv" or part.folder in DEAD:
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
        return _by_columns(_columns_of(text)) if not part.folder else ""
    return ""


def _by_columns(columns: list[str]) -> str:
    """For a file that somebody named anew. Seen, liked and wanted films cannot be told apart without their names."""
    if not {"letterboxd uri", "watched date", "rating10"} & {*columns} or missing(columns, FILM):
        return ""
    return next((kind for kind, sign in (("reviews", "review"), ("diary", "watched date"), ("ratings", "rating"))
                 if sign in columns), "")  # fmt: skip


def check(part: Part) -> None:
    """Raise ValidationError where the file cannot be what its name says."""
    kind = kind_of(part)
    text = text_of(part.read())
    if text is None:
        raise ValidationError(_("“%(name)s” is no text: it holds NUL bytes.") % {"name": part.name}, code="noise")
    if lacks := missing(_columns_of(text), NEEDED.get(kind, [])):
        raise ValidationError(
            _("“%(name)s” lacks the columns %(columns)s.") % {"name": part.name, "columns": ", ".join(lacks)},
            code="columns",
        )


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    """What is orphaned, of films that left Letterboxd, comes last, and only if the diary does not say it, too."""
    kinds = {part.name: "" if part.folder in DEAD else kind_of(part) for part in parts}
    days, said = WrittenDays(_written_days(parts, kinds)), set[tuple[object, ...]]()
    for part in sorted(parts, key=_is_orphaned):
        for made in _rows_of(part, kinds[part.name], found, days):
            says = (made.kind, made.title.casefold(), made.year, made.watched_on, made.body)
            if not _is_orphaned(part):
                said.add(says)
            elif says in said:
                found.left_out[part.name] += 1
                continue
            yield made
    yield from profile_of(parts, found)
    yield from favourites_of(parts, kinds, found)


def _rows_of(part: Part, kind: str, found: Found, days: WrittenDays) -> Iterator[ImportRow]:
    text = text_of(part.read())
    if not kind:
        if part.stem != "profile" and text:
            found.left_out[part.name] += sum(1 for _row in table(text))
    elif text is None or missing(_columns_of(text), NEEDED.get(kind, [])):
        yield unreadable(part.name, 1, Problem.FILE)
    elif kind == "list":
        yield from _list(part, text, found, days)
    else:
        yield from _table(part, text, kind, days)


def _is_orphaned(part: Part) -> bool:
    return part.folder == ORPHANED


def _written_days(parts: list[Part], kinds: dict[str, str]) -> Iterator[str]:
    """Every cell of every table that says a day."""
    for part in parts:
        if kinds[part.name] in NEEDED:
            for _line, cells in table(text_of(part.read()) or ""):
                said = _named(cells or {})
                yield from (said.get("date", ""), said.get("watched date", ""))


def _columns_of(text: str) -> list[str]:
    columns = [ALSO_CALLED.get(name, name) for name in columns_of(text)]
    return [*columns, "rating"] if "rating10" in columns else columns


def _named(cells: Cells) -> Cells:
    """The cells under the names that they have in an export, whichever of the two forms it is."""
    return {ALSO_CALLED.get(name, name): cell for name, cell in cells.items()}


def _table(part: Part, text: str, kind: str, days: WrittenDays) -> Iterator[ImportRow]:
    for line, cells in table(text):
        if cells is None:
            yield unreadable(part.name, line, Problem.SHAPE)
        elif kind in {"diary", "reviews"}:
            yield _evening(part, line, _named(cells), kind, days)
        else:
            of = {"watched": Kind.WATCHED, "watchlist": Kind.WATCHLIST, "films": Kind.LIKE, "ratings": Kind.RATING}
            yield _film(part, line, _named(cells), of[kind], days)


def _film(part: Part, line: int, cells: Cells, kind: str, days: WrittenDays) -> ImportRow:
    stars = _stars_in(cells) if kind == Kind.RATING else None
    made = row(
        part, line, kind, cells.get("name", ""), year_in(cells.get("year", "")),
        at=moment_of(days.read(cells.get("date", ""))), half_stars=stars or None, **_ids_in(cells),
    )  # fmt: skip
    return unreadable(part.name, line, Problem.STARS, made) if kind == Kind.RATING and not stars else made


def _evening(part: Part, line: int, cells: Cells, kind: str, days: WrittenDays) -> ImportRow:
    """A line of the diary, or a review, which may have been of an evening that is in the diary, too."""
    watched, stars = cells.get("watched date", ""), _stars_in(cells)
    day = days.read(watched)
    words, spoilers = to_markdown(cells.get("review", "")) if kind == "reviews" else ("", False)
    said = {
        "at": moment_of(days.read(cells.get("date", ""))), "half_stars": stars or None, "watched_on": day,
        "rewatch": cells.get("rewatch", "").lower() in {"yes", "true"}, "body": words, "spoilers": spoilers,
        "tags": tidy_tags(cells.get("tags", "").split(",")), **_ids_in(cells),
    }  # fmt: skip
    which = Kind.REVIEW if words else Kind.VIEWING if day else Kind.RATING if stars else Kind.WATCHED
    made = row(part, line, which, cells.get("name", ""), year_in(cells.get("year", "")), **said)
    if stars == 0:
        unreadable(part.name, line, Problem.STARS, made)
    elif (watched and day is None) or (day is not None and not could_be_watched(day)):
        made.watched_on = None
        unreadable(part.name, line, days.problem_of(watched) if day is None else Problem.DAY, made)
    return made


def _stars_in(cells: Cells) -> int | None:
    """In half-stars; 0 for what is no rating."""
    return tenth_of(cells["rating10"]) if cells.get("rating10") else half_stars_of(cells.get("rating", ""))


def _ids_in(cells: Cells) -> dict[str, str]:
    imdb, tmdb = cells.get("imdbid", ""), cells.get("tmdbid", "")
    return {"imdb": imdb if IMDB.fullmatch(imdb) else "", "tmdb": tmdb if TMDB.fullmatch(tmdb) else ""}


def _list_header(text: str) -> int | None:
    """Which record names the columns of a list's films."""
    for number, (_line, cells) in zip(range(12), records(text), strict=False):
        if [cell.strip().lower() for cell in cells[:2]] == ["position", "name"]:
            return number
    return None


def _says_anything(record: list[str]) -> bool:
    return any(cell.strip() for cell in record)


def _list(part: Part, text: str, found: Found, days: WrittenDays) -> Iterator[ImportRow]:
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
    begun = moment_of(days.read(about.get("date", "")))
    if header is None or not any(map(_says_anything, (record for _line, record in whole[header + 1 :]))):
        yield empty_list(part, 1, found, number, begun)
        return
    columns = [name.strip().lower() for name in whole[header][1]]
    for line, record in whole[header + 1 :]:
        if not _says_anything(record):
            continue
        film = {name: cell.strip() for name, cell in zip(columns, record, strict=False)}
        place = film.get("position", "")
        yield row(
            part, line, Kind.ENTRY, film.get("name", ""), year_in(film.get("year", "")), list_number=number,
            position=int(place) if place.isdecimal() and len(place) < 7 else None,
            body=to_markdown(film.get("description", ""))[0], at=begun,
        )  # fmt: skip
