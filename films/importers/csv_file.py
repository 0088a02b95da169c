"""A table of films as a CSV file with a header: columns in any order, semicolons within a cell.

Separated by commas, semicolons or tabs; UTF-8 with or without a byte order mark, or Latin-1.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.quoting import quoted
from films.importers.entries import Billing, Entry, Unusable
from films.importers.json_files import Damaged, gather, refuse_noise
from films.importers.ordering import Order
from films.importers.receiving import Receiver
from films.importers.reporting import Report
from films.importers.running import Running, fingerprint_of
from films.importers.shelf import Shelf
from films.importers.values import cut_line, day, is_unknown, line, paragraphs, runtime, sum_of, year_of
from films.models import Job, Source
from films.seed.cleaning import clean_name

ENDINGS: Final = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
START: Final = 1 << 16
LONGEST_CELL: Final = 1 << 20
LONGEST_NAME: Final = 150
# Other names that people give the columns.
NAMES: Final[dict[str, str]] = {
    "name": "title", "imdb_id": "imdb", "const": "imdb", "tmdb_id": "tmdb", "wikidata_id": "wikidata",
    "runtime": "runtime_minutes", "released": "release_date", "genre": "genres", "country": "countries",
    "revenue": "box_office",
    "language": "languages", "director": "directors", "writer": "writers", "actors": "cast", "company": "companies",
}  # fmt: skip
IDS: Final = {
    "imdb": re.compile(r"tt\d{7,10}"), "tmdb": re.compile(r"\d{1,12}"), "wikidata": re.compile(r"Q\d{1,12}"),
}  # fmt: skip
JOBS: Final = {"directors": Job.DIRECTOR, "writers": Job.WRITER, "cast": Job.ACTOR}
FACTS: Final[dict[str, Callable[[str], Any]]] = {
    "original_title": line,
    "runtime_minutes": runtime,
    "release_date": day,
    "budget": sum_of,
    "box_office": sum_of,
    "tagline": line,
    "synopsis": paragraphs,
    "genres": lambda cell: [name for name in _parts(cell) if line(name, 40)],
    "companies": lambda cell: [name for name in _parts(cell) if line(name, 120)],
    "countries": lambda cell: [code.upper() for code in _parts(cell) if line(code, 4)],
    "languages": lambda cell: [code.lower() for code in _parts(cell) if line(code, 8)],
}
UNREADABLE: Final = gettext_noop("The line cannot be read: a cell is too long, or a quote is open.")
COLUMNS: Final = ("title", "year", *IDS, *JOBS, *FACTS)
PART_PLAYED: Final = re.compile(r"(?P<name>.+?)\s*\((?P<character>.*)\)")


def import_csv(order: Order) -> Report:
    paths = gather(order.paths, ENDINGS)
    running = Running.begin(
        source=Source.CSV, place=", ".join(map(str, order.paths)), fingerprint=fingerprint_of(paths),
        by=order.by, tell=order.tell,
    )  # fmt: skip
    shelf = Shelf(paths)
    rows = (found for path in paths for found in _rows(shelf, path))
    return Receiver(running, Source.CSV, order.progress).receive(rows, shelf)


def _rows(shelf: Shelf, path: Path) -> Iterator[Entry | Unusable]:
    """Whatever cannot be read comes with its line, and the rest goes on."""
    try:
        start, encoding = _beginning(path)
        with shelf.opened(path) as file:
            text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
            yield from _of_table(text, _separator(start), path.name)
    except Damaged as reason:
        yield Unusable(path.name, str(reason))
    except (OSError, EOFError) as error:
        yield Unusable(path.name, _("It cannot be read: %(reason)s.") % {"reason": str(error).rstrip(".")})


def _beginning(path: Path) -> tuple[bytes, str]:
    """How the file begins, and its encoding: UTF-8 when all of it is, else Latin-1."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with Shelf([path]).opened(path) as file:
        start = chunk = file.read(START)
        refuse_noise(start)
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = file.read(START)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return start, "latin-1"
    return start, "utf-8-sig"


def _separator(start: bytes) -> str:
    header = start.split(b"\n", 1)[0]
    return max(",;\t", key=lambda mark: header.count(mark.encode()))


def _of_table(text: io.TextIOWrapper, separator: str, name: str) -> Iterator[Entry | Unusable]:
    csv.field_size_limit(LONGEST_CELL)
    taken: list[str] = []  # lines of the row at hand
    table = csv.reader(_noted(text, taken), delimiter=separator)
    try:
        header = next(table, [])
    except csv.Error as error:
        raise Damaged(_("Its header cannot be read: %(reason)s.") % {"reason": error}) from error
    columns = [_column(cell) for cell in header]
    if "title" not in columns and not IDS.keys() & set(columns):
        raise Damaged(_("Its first line names no column that is known: title, year, imdb, tmdb and so on."))
    yield from _passed_over(name, header, columns)
    while True:
        taken.clear()
        number = table.line_num + 1
        try:
            cells = next(table, None)
        except csv.Error:
            yield Unusable(f"{name}:{number}", _(UNREADABLE))
            continue
        if cells is None:
            return
        if _is_open(taken, cells, columns):
            yield Unusable(f"{name}:{number}", _(UNREADABLE))
        elif any(cell.strip() for cell in cells):
            yield _film(f"{name}:{number}", columns, cells)


def _noted(text: io.TextIOWrapper, taken: list[str]) -> Iterator[str]:
    for one in text:
        taken.append(one)
        yield one.replace("\0", "")


def _passed_over(name: str, header: list[str], columns: list[str]) -> Iterator[Unusable]:
    """What nobody reads of a table is told, or a column that is misspelt would be missed in silence."""
    unknown = [cell.strip() for cell, column in zip(header, columns, strict=True) if column not in COLUMNS]
    twice = [column for column in dict.fromkeys(columns) if column in COLUMNS and columns.count(column) > 1]
    for sentence, names in (
        (_("Columns that are not known are passed over: %(names)s."), unknown),
        (_("Two columns are of one kind, of which the last is read: %(names)s."), twice),
    ):
        if names := [quoted(each) for each in names if each]:
            yield Unusable(f"{name}:1", sentence % {"names": ", ".join(names)})


def _is_open(lines: list[str], cells: list[str], columns: list[str]) -> bool:
    """Whether a quotation mark was never closed, so that all that follows stands in one cell."""
    if not cells or sum(line.count('"') for line in lines) % 2 == 0:
        return False
    at_end = not lines[-1].endswith(("\n", "\r"))
    return cells[-1].endswith(("\n", "\r")) or (at_end and len(cells) < len(columns))


def _column(cell: str) -> str:
    plain = "_".join(re.findall(r"[a-z]+", cell.lower()))
    return NAMES.get(plain, plain)


def _film(where: str, columns: list[str], cells: list[str]) -> Entry | Unusable:
    if len(cells) > len(columns):
        return Unusable(where, _("The line has more cells than the header. Put texts that hold separators in quotes."))
    row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if not is_unknown(cell)}
    entry = Entry(where, title=line(row.get("title")), year=year_of(row.get("year", "")))
    if row.get("year") and entry.year is None:
        return Unusable(where, _("Its year is no year."))
    if row.get("title") and not entry.title:
        return Unusable(where, _("Its title is longer than a title can be, or shows nothing."))
    for source, shape in IDS.items():
        if cell := row.get(source):
            if shape.fullmatch(cell):
                entry.ids[source] = cell
            else:
                entry.doubts.append(_("What stands under “%(name)s” is no id of that kind.") % {"name": source})
    for name, read in FACTS.items():
        if cell := row.get(name):
            if value := read(cell):
                entry.facts[name] = value
            else:
                entry.doubts.append(_("Its column “%(name)s” cannot be read.") % {"name": name})
    entry.credits = [_billing(job, part) for name, job in JOBS.items() for part in _parts(row.get(name, ""))]
    entry.is_part = not entry.title
    return entry if entry.title or entry.ids else Unusable(where, _("It has no title."))


def _billing(job: Job, part: str) -> Billing:
    played = PART_PLAYED.fullmatch(part) if job == Job.ACTOR else None
    name = clean_name(played["name"] if played else part)
    return Billing(job, cut_line(name, LONGEST_NAME), cut_line(played["character"], 200) if played else "")


def _parts(cell: str) -> list[str]:
    return list(dict.fromkeys(part for one in cell.split(";") if (part := line(one, 400))))
