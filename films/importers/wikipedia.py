"""The list of films from the English Wikipedia: title, year, cast, genres and page, as JSON.

The list is typed by many hands. It fills what is empty and adds people to casts; it corrects no title, year or genre.
"""

from typing import Any, Final
from urllib.parse import unquote

from django.utils.translation import gettext as _

from films.importers.entries import Billing, Entry, Unusable
from films.importers.json_files import gather, values
from films.importers.ordering import Order
from films.importers.receiving import Receiver
from films.importers.reporting import Report
from films.importers.running import Running, fingerprint_of
from films.importers.shelf import Shelf
from films.importers.values import line, year_of
from films.models import Job, Source
from films.seed.cleaning import clean_cast, clean_genres, clean_text, clean_title, is_film

ONLY_FILLS: Final = frozenset({"title", "year", "genres", "ids.wikipedia"})
LONGEST_NAME: Final = 150


def import_wikipedia(order: Order) -> Report:
    paths = gather(order.paths)
    running = Running.begin(
        source=Source.WIKIPEDIA, place=", ".join(map(str, order.paths)), fingerprint=fingerprint_of(paths),
        by=order.by, tell=order.tell,
    )  # fmt: skip
    shelf = Shelf(paths)
    films = (found if isinstance(found, Unusable) else read(*found) for found in values(shelf))
    return Receiver(running, Source.WIKIPEDIA, order.progress).receive(films, shelf)


def read(where: str, row: Any) -> Entry | Unusable:
    """One film of the list."""
    if not isinstance(row, dict) or not isinstance(row.get("title"), str):
        return Unusable(where, _("It is no film with a title."))
    page = clean_text(unquote(line(row.get("href") or row.get("wikipedia")))).removeprefix("/wiki/").replace(" ", "_")
    title = line(clean_title(row["title"]))
    if not title:
        return Unusable(where, _("Its title is empty, or longer than a title can be."))
    if not is_film(page):
        return Unusable(where, _("Its page is about a series, not a film."))
    facts = {"genres": [name for name in clean_genres(_strings(row.get("genres"))) if line(name, 40)]}
    names = [name for name in clean_cast(_strings(row.get("cast"))) if line(name, LONGEST_NAME)]
    return Entry(
        where,
        title=title,
        year=year_of(row.get("year")),
        ids={"wikipedia": page} if page and "#" not in page else {},  # a part of a page is about something else
        facts=facts if facts["genres"] else {},
        credits=[Billing(Job.ACTOR, name) for name in names],
        only_fills=ONLY_FILLS,
        weak_ids=True,
    )


def _strings(values: Any) -> list[str]:
    return [line(value) for value in values if line(value)] if isinstance(values, list) else []
