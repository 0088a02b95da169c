"""The films that a new site starts with: `catalogue.jsonl.gz`, `highlights.json` and `baby_driver.json` as one."""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from films.names import normalise

Row = dict[str, Any]
HERE = Path(__file__).parent
# Renown only orders films that nobody here has seen yet: the house's own choice first,
# then by the number of public sources a film stands in.
MOST_RENOWN = 999
RENOWN_OF_A_SOURCE = 10


@cache
def read_json(name: str) -> Any:
    return json.loads((HERE / name).read_text("utf-8"))


def read_catalogue() -> Iterator[Row]:
    with gzip.open(HERE / "catalogue.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def key(row: Row) -> tuple[str, int]:
    return normalise(row["title"]), row["year"]


def combined(row: Row, better: Row) -> Row:
    """`row` with what `better` knows on top; jobs are replaced one by one."""
    return row | better | {"crew": row.get("crew", {}) | better.get("crew", {})}


def films() -> list[Row]:
    """Every film once, oldest first, each with its `renown`."""
    chosen = [read_json("baby_driver.json"), *read_json("highlights.json")["films"]]
    better = {key(row): row | {"renown": MOST_RENOWN - place} for place, row in enumerate(chosen)}
    rows = []
    for row in read_catalogue():
        if row.get("wikipedia") == "=":
            row["wikipedia"] = row["title"].replace(" ", "_")
        row["renown"] = row.pop("sources") * RENOWN_OF_A_SOURCE
        rows.append(combined(row, better.pop(key(row), {})))
    return sorted([*rows, *better.values()], key=lambda row: row["year"])


def entries(values: list[Any]) -> Iterator[tuple[str, str]]:
    """A list of credits as (name, character or detail): an entry is a name, or a name and more."""
    for value in values:
        name, *more = [value] if isinstance(value, str) else value
        yield name, more[0] if more else ""
