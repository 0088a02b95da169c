"""Reads the smaller sources of `films.seed.build` into rows of one shape."""

import csv
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from films.names import normalise
from films.seed.cleaning import clean_genres, clean_name, clean_text

ARTICLE = re.compile(r"^(.*), (The|An?|La|Le|Les|L'|El|Los|Las|Il|Lo|I|Gli|Der|Die|Das|De|Den|Det|Un|Une|Una|O|Os)$")
CAST_LENGTH = 15
MOVIELENS_TITLE = re.compile(r"^(.*?)\s*((?:\([^()]*(?:\([^()]*\))?[^()]*\)\s*)*)\((\d{4})\)$")
# TMDB's words for jobs, and ours.
JOBS = {
    "Director": "director",
    "Screenplay": "writer",
    "Writer": "writer",
    "Producer": "producer",
    "Director of Photography": "cinematographer",
    "Editor": "editor",
    "Original Music Composer": "composer",
    "Production Design": "production_designer",
    "Costume Design": "costume_designer",
    "Casting": "casting",
}


def straight(title: str) -> str:
    """`City of Lost Children, The` as it is spoken."""
    if match := ARTICLE.match(title.strip()):
        return f"{match[2]}{'' if match[2].endswith("'") else ' '}{match[1]}"
    return title.strip()


def movielens_titles(entry: str) -> tuple[list[str], int] | None:
    """All titles and the year of `City of Lost Children, The (Cité des enfants perdus, La) (1995)`.

    None for an entry without a year.
    """
    match = MOVIELENS_TITLE.match(entry.strip())
    if not match:
        return None
    others = [re.sub(r"^a\.?k\.?a\.? ", "", title) for title in re.findall(r"\(([^()]*)\)", match[2])]
    return [straight(title) for title in [match[1], *others] if title.strip()], int(match[3])


def movielens_ids(folder: Path) -> dict[tuple[str, int], tuple[str, str] | None]:
    """(normalised title, year) → (IMDb id, TMDB id); None where several entries claim the title."""
    with (folder / "links.csv").open(encoding="utf-8", newline="") as file:
        links = {row["movieId"]: (f"tt{row['imdbId']}", row["tmdbId"]) for row in csv.DictReader(file)}
    found: dict[tuple[str, int], set[tuple[str, str]]] = defaultdict(set)
    with (folder / "movies.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            titles, year = movielens_titles(row["title"]) or ([], 0)
            for title in titles:
                found[normalise(title), year].add(links[row["movieId"]])
    return {key: ids.copy().pop() if len(ids) == 1 else None for key, ids in found.items()}


def tmdb_facts(path: Path) -> list[dict[str, Any]]:
    """Running time, director, genres and leading cast of films in TMDB's short form; no shorts, no unknowns."""
    rows = {row["tmdb_id"]: row for row in json.loads(path.read_text("utf-8")).values()}
    return [
        {
            "title": clean_text(row["title"]),
            "year": row["year"],
            "runtime": row["runtime"],
            "genres": clean_genres(genre.replace("Science Fiction", "Science fiction") for genre in row["genres"]),
            "cast": [clean_name(name) for name in row["cast"]],
            "crew": {"director": [clean_name(row["director"])]},
            "tmdb": str(row["tmdb_id"]),
        }
        for _, row in sorted(rows.items())
        if (row["runtime"] or 0) >= 40 and row["director"] not in {None, "", "Unknown"} and row["cast"] and row["year"]
    ]


def tmdb_credits(path: Path) -> list[dict[str, Any]]:
    """Films in TMDB's full form, with characters and crew."""
    return [full_film(film) for film in json.loads(path.read_text("utf-8"))["results"]]


def full_film(film: dict[str, Any]) -> dict[str, Any]:
    crew: dict[str, list[str]] = defaultdict(list)
    for entry in film["credits"]["crew"]:
        job = JOBS.get(entry["job"])
        if job and clean_name(entry["name"]) not in crew[job]:
            crew[job].append(clean_name(entry["name"]))
    cast = [
        [clean_name(entry["name"]), re.sub(r"\s*\((?:voice|uncredited)\)", "", clean_text(entry["character"]))]
        for entry in sorted(film["credits"]["cast"], key=lambda entry: entry["order"])
    ]
    return {
        "title": clean_text(film["title"]),
        "year": int(film["release_date"][:4]),
        "release_date": film["release_date"],
        "runtime": film["runtime"],
        "genres": clean_genres(genre["name"] for genre in film["genres"]),
        "countries": [country["iso_3166_1"] for country in film["production_countries"]],
        "languages": [language["iso_639_1"].replace("cn", "zh") for language in film["spoken_languages"]],
        "cast": cast[:CAST_LENGTH],
        "crew": {job: crew[job] for job in dict.fromkeys(JOBS.values()) if crew[job]},
        "imdb": film["imdb_id"],
        "tmdb": str(film["id"]),
    }
