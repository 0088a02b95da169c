"""Films in Wikidata's JSON: entities as its API and its dumps have them, or the rows of a query in SPARQL.

Both become a sheet: for each property what the film has of it, as number, text and name.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from films.importers.entries import Billing, Entry, Unusable
from films.importers.json_files import Value, gather, values
from films.importers.ordering import Order
from films.importers.receiving import Receiver
from films.importers.reporting import Report
from films.importers.running import Running, fingerprint_of
from films.importers.shelf import Shelf
from films.importers.values import cut_line, day, line, money, whole, year_of
from films.importers.wikidata_words import (
    COLUMNS,
    CURRENCIES,
    FILMS,
    JOBS,
    MINUTES,
    country_of,
    genre_of,
    language_of,
)
from films.models import Source
from films.record import Json
from films.seed.cleaning import clean_name

NUMBER: Final = re.compile(r"(?:https?://www\.wikidata\.org/entity/)?(Q\d{1,12})")
IMDB: Final = re.compile(r"tt\d{7,10}")
LONGEST_NAME: Final = 150
DAY_KNOWN: Final = 11  # Wikidata's precision of a date whose day is known
ITEM: Final = ("film", "item", "movie", "entity", "work")


class Said(NamedTuple):
    """One value of a property: the number of a thing, or a text; what the thing is called; more about it."""

    text: str
    name: str = ""
    detail: str = ""  # the character, the unit, the precision
    thing: bool = False


type Sheet = dict[str, list[Said]]


def import_wikidata(order: Order) -> Report:
    paths = gather(order.paths)
    running = Running.begin(
        source=Source.WIKIDATA, place=", ".join(map(str, order.paths)), fingerprint=fingerprint_of(paths),
        by=order.by, tell=order.tell,
    )  # fmt: skip
    shelf = Shelf(paths)
    return Receiver(running, Source.WIKIDATA, order.progress).receive(_films(shelf), shelf)


def _films(shelf: Shelf) -> Iterator[Entry | Unusable]:
    rows: list[Value] = []  # of one film of a query, when each stands by itself
    for found in values(shelf):
        is_row = isinstance(found, Value) and isinstance(found.value, dict) and _item_of(found.value)
        if rows and (not is_row or _item_of(rows[0].value) != is_row):
            yield _of_rows(rows[0].where, [row.value for row in rows])
            rows = []
        if isinstance(found, Unusable):
            yield found
        elif is_row:
            rows.append(found)
        else:
            yield from films_in(found)
    if rows:
        yield _of_rows(rows[0].where, [row.value for row in rows])


def films_in(found: Value) -> Iterator[Entry | Unusable]:
    """Every film of an answer, or why there is none in it."""
    where, value = found
    value = value if isinstance(value, dict) else {}
    bindings = _row(value.get("results")).get("bindings")
    if isinstance(bindings, list):
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in bindings:
            groups[_item_of(_row(row))].append(row)
        groups.pop("", None)
        yield from (_of_rows(f"{where} {number}", rows) for number, rows in groups.items())
        if not groups:
            yield Unusable(where, _("No column of the query is the film: call it ?film or ?item."))
        return
    entities = _row(value.get("entities")) or ({str(value.get("id")): value} if "claims" in value else {})
    names = {number: _label(_row(entity)) for number, entity in entities.items()}
    films = {number: entity for number, entity in entities.items() if _is_film(_row(entity))}
    for number, entity in films.items():
        sheet = _claims(entity, names)
        page = line(_row(_row(entity.get("sitelinks")).get("enwiki")).get("title"))
        yield _film(f"{where} {number}", number, names[number], sheet, page.replace(" ", "_"))
    if not films:
        yield Unusable(where, _("There is no film in it."))


def _film(where: str, number: str, title: str, sheet: Sheet, page: str = "") -> Entry | Unusable:
    original = line(next((said.text for said in sheet.get("P1476", ())), ""))
    title = line(title) or original
    if not title or not NUMBER.fullmatch(number):
        return Unusable(where, _("It has no title."))
    days = sorted(said for said in sheet.get("P577", ()) if year_of(said.text))
    full = sorted(one for said in days if said.detail in ("", str(DAY_KNOWN)) and (one := day(said.text)))
    imdb = next((said.text for said in sheet.get("P345", ()) if IMDB.fullmatch(said.text)), "")
    tmdb = next((said.text for said in sheet.get("P4947", ()) if whole(said.text, 1, 1 << 40)), "")
    ids = {"wikidata": number, "imdb": imdb, "tmdb": tmdb, "wikipedia": page}
    facts: dict[str, Json] = {
        "original_title": original if original != title else "",
        "release_date": full[0] if full else None,
        "runtime_minutes": _minutes(sheet),
        "budget": _money(sheet, "P2130"),
        "box_office": _money(sheet, "P2142"),
        "genres": _terms(sheet, "P136", genre_of),
        "countries": sorted(_terms(sheet, "P495", country_of)),
        "languages": sorted(_terms(sheet, "P364", language_of)),
        "companies": _terms(sheet, "P272", lambda _number, name: line(name, 120)),
    }
    nameless = any(said.thing and not said.name for key in JOBS for said in sheet.get(key, ()))
    return Entry(
        where,
        title=title,
        year=year_of(days[0].text) if days else None,
        ids={source: value for source, value in ids.items() if value},
        facts={key: value for key, value in facts.items() if value not in (None, "", [])},
        credits=list(_credits(sheet)),
        doubts=[_("It gives people only by their numbers: their names must stand in the same answer.")]
        * bool(nameless),
    )


def _credits(sheet: Sheet) -> Iterator[Billing]:
    for key, job in JOBS.items():
        for said in sheet.get(key, ()):
            if name := clean_name(line(said.name or ("" if said.thing else said.text), LONGEST_NAME)):
                yield Billing(job, name, cut_line(said.detail, 200), "", said.text if said.thing else "")


def _minutes(sheet: Sheet) -> int | None:
    for said in sheet.get("P2047", ()):
        try:
            minutes = float(said.text) * MINUTES.get(said.detail or "Q7727", 0)
        except ValueError:
            continue
        if found := whole(minutes if minutes < 1e6 else 0.0, 1, 6000):
            return found
    return None


def _money(sheet: Sheet, key: str) -> str:
    """The largest sum, which is that of all countries where some are named beside it. Nothing in two currencies."""
    sums = defaultdict[str, set[float]](set)
    for said in sheet.get(key, ()):
        try:
            sums[CURRENCIES.get(said.detail, "")].add(float(said.text))
        except ValueError:
            continue
    known = [(currency, max(found)) for currency, found in sums.items()]
    return money(*known[0]) if len(known) == 1 else ""


def _terms(sheet: Sheet, key: str, ours: Any) -> list[str]:
    named = (ours(said.text if said.thing else "", said.name or ("" if said.thing else said.text))
             for said in sheet.get(key, ()))  # fmt: skip
    return list(dict.fromkeys(filter(None, named)))


def _claims(entity: dict[str, Any], names: dict[str, str]) -> Sheet:
    """The statements of an entity that nobody has withdrawn."""
    sheet: Sheet = defaultdict(list)
    for key, statements in _row(entity.get("claims")).items():
        for statement in statements if isinstance(statements, list) else ():
            said = _said(_row(_row(statement).get("mainsnak")), names)
            if said and _row(statement).get("rank") != "deprecated":
                qualifiers = _row(_row(statement).get("qualifiers"))
                played = [_said(_row(one), names) for name in ("P453", "P4633") for one in qualifiers.get(name) or ()]
                characters = [one.name or ("" if one.thing else one.text) for one in played if one]
                sheet[key].append(said._replace(detail=said.detail or " / ".join(filter(None, characters))))
    return sheet


def _said(snak: dict[str, Any], names: dict[str, str]) -> Said | None:
    value = _row(snak.get("datavalue")).get("value")
    if isinstance(value, str):
        return Said(value)
    row = _row(value)
    if "time" in row:
        return Said(str(row["time"]).lstrip("+"), detail=str(row.get("precision", "")))
    if "amount" in row:
        unit = NUMBER.search(str(row.get("unit")))
        return Said(str(row["amount"]), detail=unit[1] if unit else "")
    if "text" in row:
        return Said(str(row["text"]))
    number = str(row.get("id") or (f"Q{row['numeric-id']}" if "numeric-id" in row else ""))
    return Said(number, names.get(number, ""), thing=True) if NUMBER.fullmatch(number) else None


def _is_film(entity: dict[str, Any]) -> bool:
    claims = _claims(entity, {})
    return bool({said.text for said in claims.get("P31", ())} & FILMS) or "P4947" in claims


def _label(entity: dict[str, Any]) -> str:
    labels = _row(entity.get("labels"))
    chosen = next((labels[code] for code in ("en", "mul", "en-gb", *labels) if code in labels), None)
    return line(_row(chosen).get("value"))


def _of_rows(where: str, rows: list[dict[str, Any]]) -> Entry | Unusable:
    """One film of a query, whose rows repeat it for each director, genre and so on."""
    sheet: Sheet = defaultdict(list)
    number, title = _item_of(rows[0]), ""
    for row in rows:
        for column, cell in row.items():
            plain = column.lower().replace("_", "").removesuffix("id")
            text = _text(cell)
            if plain in {f"{name}label" for name in ITEM}:
                title = text if not NUMBER.fullmatch(text) else title
            elif key := COLUMNS.get(plain):
                thing = NUMBER.fullmatch(text)
                name = _text(row.get(f"{column}Label"))
                said = Said(thing[1], "" if NUMBER.fullmatch(name) else name, thing=True) if thing else Said(text)
                if text and said not in sheet[key]:
                    sheet[key].append(said)
            elif plain.endswith("label") and column.removesuffix("Label") not in row:
                if (key := COLUMNS.get(plain.removesuffix("label"))) and text and Said(text) not in sheet[key]:
                    sheet[key].append(Said(text))
    return _film(where, number, title, sheet)


def _item_of(row: dict[str, Any]) -> str:
    """The number of the film that a row of a query is about."""
    found = next((NUMBER.fullmatch(_text(row[name])) for name in ITEM if name in row), None)
    return found[1] if found else ""


def _text(cell: Any) -> str:
    return line(_row(cell).get("value") if isinstance(cell, dict) else cell, 1000)


def _row(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
