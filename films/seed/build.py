"""Makes `catalogue.jsonl.gz`, the films that a new site starts with. Not needed to run a site.

    python -m films.seed.build --wikipedia films.jsonl.gz --tmdb short.json --credits full.json --movielens DIR

What goes in, facts only (nobody's sentences, nobody's ratings):
- `--wikipedia`: title, year, cast, genres and page of films 1900–2023 (prust/wikipedia-movie-data, MIT),
- `--tmdb`: running time, director and id of well-known films, by TMDB's short answers,
- `--credits`: full credits with characters, in TMDB's form,
- `--movielens`: the folder with `movies.csv` and `links.csv`, for IMDb and TMDB ids alone. An id is
  taken only when title and year agree after `normalise` and exactly one film stands on either side.

The same input gives the same bytes. Counts of the first build are in `films/seed/README.md`.
"""

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from films.names import normalise, sort_title
from films.seed.cleaning import clean_cast, clean_genres, clean_text, clean_title, is_film
from films.seed.sources import movielens_ids, tmdb_credits, tmdb_facts

Row = dict[str, Any]
LAST_YEAR = 2025  # later films in the sources were not out yet when they were written down
OUTPUT = Path(__file__).with_name("catalogue.jsonl.gz")


def key(row: Row) -> tuple[str, int]:
    return normalise(row["title"]), row["year"]


def read_wikipedia(path: Path, counts: Counter[str]) -> Iterator[Row]:
    """The cleaned rows, without those that are no films."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            counts["rows read"] += 1
            title, cast = clean_title(raw["title"]), clean_cast(raw["cast"])
            counts["titles mended"] += title != raw["title"]
            counts["cast entries dropped"] += len(raw["cast"]) - len(cast)
            if not is_film(raw["wikipedia"]):
                counts["not films"] += 1
                continue
            page = clean_text(unquote(raw["wikipedia"] or "")) or None
            if page and "#" in page:  # a section of a page about something else
                page, _ = None, counts.update({"pages not about the film": 1})
            genres = clean_genres(raw["genres"])
            yield {"title": title, "year": raw["year"], "cast": cast, "genres": genres, "wikipedia": page, "sources": 1}


def same_film(one: Row, other: Row) -> bool:
    """Whether two rows tell of one film: same page or name, near years, and people in common."""
    if one["wikipedia"] and other["wikipedia"] and one["wikipedia"] != other["wikipedia"]:
        return False
    names = sorted((normalise(one["title"]), normalise(other["title"])), key=len)
    shared = {normalise(name) for name in one["cast"]} & {normalise(name) for name in other["cast"]}
    apart = abs(one["year"] - other["year"])
    if one["wikipedia"] and one["wikipedia"] == other["wikipedia"]:
        known = bool(one["cast"] and other["cast"])
        return names[0] == names[1] and (apart <= 1 or not known) or bool(shared) and names[0] in names[1]
    return names[0] == names[1] and apart <= 1 and bool(shared)


def merged(rows: list[Row], known: Iterable[tuple[str, int]]) -> Row:
    """One row of several: the year that the page's name or another source gives, else the first."""
    page = next((row["wikipedia"] for row in rows if row["wikipedia"]), None) or ""
    plain = re.sub(r" \(.*\)$", "", page.replace("_", " "))
    named = re.search(r"\((\d{4})", page)
    rows = sorted(
        rows,
        key=lambda row: (
            normalise(row["title"]) != normalise(plain),
            not (named and int(named[1]) == row["year"]),
            key(row) not in known,
            row["year"],
        ),
    )
    longest = max(rows, key=lambda row: len(row["cast"]))
    genres = list(dict.fromkeys(genre for row in rows for genre in row["genres"]))
    return rows[0] | {"cast": longest["cast"], "genres": genres, "wikipedia": page or None}


def merge(rows: list[Row], known: Iterable[tuple[str, int]], counts: Counter[str]) -> list[Row]:
    """Each film once. A page that stays with two films belongs to neither for sure: they lose it."""
    groups: list[list[Row]] = []
    by_page: dict[str, list[list[Row]]] = defaultdict(list)
    by_name: dict[str, list[list[Row]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["year"], row["title"])):
        near = by_page[row["wikipedia"]] if row["wikipedia"] else []
        group = next((g for g in near + by_name[normalise(row["title"])] if any(same_film(row, o) for o in g)), None)
        if group is None:
            groups.append(group := [])
            by_name[normalise(row["title"])].append(group)
        group.append(row)
        if row["wikipedia"] and not any(group is other for other in near):
            by_page[row["wikipedia"]].append(group)
    films = [merged(group, known) for group in groups]
    counts["rows merged into another"] = len(rows) - len(films)
    pages = Counter(film["wikipedia"] for film in films if film["wikipedia"])
    for film in films:
        if pages[film["wikipedia"]] > 1:
            film["wikipedia"], _ = None, counts.update({"pages not about the film": 1})
    return films


def people(film: Row) -> set[str]:
    return {normalise(entry[0] if isinstance(entry, list) else entry) for entry in film["cast"]}


def find(fact: Row, by_key: dict[tuple[str, int], list[Row]], by_year: dict[int, list[Row]]) -> list[Row]:
    """The films that `fact` may tell of: by id, by name and year, by neighbouring year, or by cast alone."""
    name, year = key(fact)
    if same_id := [film for film in by_year[year] if film.get("tmdb") == fact["tmdb"]]:
        return same_id
    if by_key[name, year]:
        return by_key[name, year]
    near = by_key[name, year - 1] + by_key[name, year + 1]
    return [film for film in near if people(fact) & people(film)] or [
        film for film in by_year[year] if len(people(fact) & people(film)) >= 3
    ]


def enrich(films: list[Row], facts: list[Row], counts: Counter[str]) -> None:
    """Add `facts` to the film that they tell of; append the films that are not there."""
    by_key: dict[tuple[str, int], list[Row]] = defaultdict(list)
    by_year: dict[int, list[Row]] = defaultdict(list)
    for film in films:
        by_key[key(film)].append(film)
        by_year[film["year"]].append(film)
    for fact in facts:
        found = find(fact, by_key, by_year)
        if len(found) > 1 or fact["year"] > LAST_YEAR:
            counts["facts left out"] += 1
        elif found:
            counts["films enriched"] += 1
            film = found[0]
            richer = not film["cast"] or any(isinstance(entry, list) for entry in fact["cast"])
            cast = fact["cast"] if richer else film["cast"]
            film["genres"] = film["genres"] or fact["genres"]
            if sort_title(fact["title"]) == sort_title(film["title"]):  # "Grand Budapest Hotel" lacks its article
                film["title"] = max(film["title"], fact["title"], key=len)
            film.update(fact | film | {"cast": cast, "sources": film["sources"] + 1})
        else:
            counts["films added"] += 1
            films.append({"wikipedia": None, "sources": 1, **fact})


def give_ids(films: list[Row], ids: dict[tuple[str, int], tuple[str, str] | None], counts: Counter[str]) -> None:
    """IMDb and TMDB ids, where one film here and one there have that title and year."""
    namesakes = Counter(key(film) for film in films)
    for film in films:
        if "imdb" in film:
            continue
        found = ids.get(key(film))
        if found is None or namesakes[key(film)] > 1:
            counts["ambiguous ids left out"] += key(film) in ids
            continue
        imdb, tmdb = found
        film["sources"] += 1
        if film.get("imdb", imdb) != imdb or film.get("tmdb", tmdb) != tmdb:
            counts["ids in conflict left out"] += 1
            film.pop("tmdb", None)
            continue
        film |= {"imdb": imdb} | ({"tmdb": tmdb} if tmdb else {})
        counts["films with ids"] += 1


def drop_shared_ids(films: list[Row]) -> None:
    """An id that two films carry is certain for neither."""
    for source in ("imdb", "tmdb"):
        used = Counter(film.get(source) for film in films)
        for film in films:
            if film.get(source) and used[film[source]] > 1:
                film.pop(source, None)


def spell_names(films: list[Row]) -> None:
    """Everybody under the spelling that is used most: `Ramon Novarro` and `Ramón Novarro` are one."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for film in films:
        for entry in film["cast"]:
            name = entry[0] if isinstance(entry, list) else entry
            spellings[normalise(name)][name] += 1
    best = {plain: max(sorted(names), key=lambda name: names[name]) for plain, names in spellings.items()}
    for film in films:
        cast: dict[str, Any] = {}
        for entry in film["cast"]:
            name, *character = entry if isinstance(entry, list) else [entry]
            name = best[normalise(name)]
            cast.setdefault(name, [name, *character] if character and character[0] else name)
        film["cast"] = list(cast.values())


def compact(film: Row) -> Row:
    """The row as it is written: nothing empty, no page name that the title gives anyway."""
    if film["wikipedia"] == film["title"].replace(" ", "_"):
        film["wikipedia"] = "="
    order = ["title", "original_title", "year", "release_date", "runtime", "genres", "countries", "languages"]
    order += ["cast", "crew", "wikipedia", "imdb", "tmdb", "sources"]
    return {name: film[name] for name in order if film.get(name)}


def build(arguments: argparse.Namespace) -> Counter[str]:
    counts: Counter[str] = Counter()
    ids = movielens_ids(arguments.movielens)
    films = merge(list(read_wikipedia(arguments.wikipedia, counts)), ids.keys(), counts)
    give_ids(films, ids, counts)
    enrich(films, tmdb_credits(arguments.credits), counts)
    enrich(films, tmdb_facts(arguments.tmdb), counts)
    give_ids(films, ids, counts)  # those that were added or got their article back
    drop_shared_ids(films)
    spell_names(films)
    films.sort(key=lambda film: (film["year"], sort_title(film["title"]), film["title"], film["wikipedia"] or ""))
    counts["films written"] = len(films)
    counts["credits written"] = sum(len(film["cast"]) for film in films)
    text = "".join(json.dumps(compact(film), ensure_ascii=False, separators=(",", ":")) + "\n" for film in films)
    arguments.output.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    return counts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("wikipedia", "tmdb", "credits", "movielens"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    for what, number in build(parser.parse_args()).items():
        print(f"{number:>8} {what}")
