"""Writes IMDb's seven files for so many films and credits, the same ones every time.

    python -m bench.imdb_files FOLDER [films] [credits]

The shape is IMDb's: titles and names that many share, ten years of films for every decade, credits in the order of the
titles, directors and writers once more in title.crew, three names in ten of films from elsewhere, votes for most.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Final

HEADERS: Final = {
    "title.basics": "tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres",
    "title.akas": "titleId ordering title region language types attributes isOriginalTitle",
    "title.crew": "tconst directors writers",
    "title.principals": "tconst ordering nconst category job characters",
    "title.ratings": "tconst averageRating numVotes",
    "title.episode": "tconst parentTconst seasonNumber episodeNumber",
    "name.basics": "nconst primaryName birthYear deathYear primaryProfession knownForTitles",
}
SYLLABLES: Final = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo ya zé bor cal den fin gar hol".split()
WORDS: Final = (
    "Night River Last Summer House Silent Red Winter Road Garden Stranger Light City Dream Shadow Letter Blue Island "
    "Forgotten Storm Mother Secret Mirror Golden Train Broken Sky Heart Wolf Dance Paper Bridge Fire Moon Little Queen "
    "Empty Return Glass Harbour Song Iron Morning Lost Tower Wild Sea Hidden Angel Street"
).split()
GENRES: Final = "Action Adventure Animation Comedy Crime Documentary Drama Horror Romance Sci-Fi Thriller War".split()
REGIONS: Final = [*((code, r"\N") for code in ("US", "FR", "DE", "ES", "IT", "JP", "BR")), ("XWW", "en")]
BEHIND: Final = ["producer", "composer", "cinematographer", "editor"]
NOTHING: Final = r"\N"


def write(folder: Path, films: int, credits: int, *, seed: int = 1) -> None:
    """Every film has at least one credit when there are as many; there are a fifth as many people as credits."""
    random, people = Random(seed), max(1, credits // 5)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / f"{name}.tsv").open("w", encoding="utf-8")) for name in HEADERS}
        for name, header in HEADERS.items():
            files[name].write(header.replace(" ", "\t") + "\n")
        for number in range(1, people + 1):
            files["name.basics"].write(
                f"nm{number:07}\t{name_of(random)}\t{random.randint(1900, 2000)}\t\\N\tactor\t\\N\n"
            )
        for number, size in zip(range(1, films + 1), sizes(random, films, credits), strict=True):
            for name, line in film(random, number, size, people):
                files[name].write(line)


def sizes(random: Random, films: int, credits: int) -> Iterator[int]:
    """How many credits each film has: some more, some fewer, all of them together."""
    mean, rest = divmod(credits, films)
    more = 0
    for number in range(films):
        more = random.randint(0, max(0, mean - 1)) if number % 2 == 0 and number + 1 < films else -more
        yield mean + more + (number < rest)


def name_of(random: Random) -> str:
    first, last = (
        "".join(random.choice(SYLLABLES) for _ in range(count)).title() for count in (2, random.choice((2, 3)))
    )
    return f"{first} {last}"


def film(random: Random, number: int, size: int, people: int) -> Iterator[tuple[str, str]]:
    """The lines of one film, each with its file."""
    tt, year = f"tt{number:07}", random.randint(1920, 2025)
    title = " ".join(random.sample(WORDS, random.choice((1, 2, 2, 3))))
    genres, minutes = ",".join(random.sample(GENRES, random.choice((1, 2, 3)))), random.choice((NOTHING, "90", "113"))
    yield "title.basics", f"{tt}\tmovie\t{title}\t{title}\t0\t{year}\t{NOTHING}\t{minutes}\t{genres}\n"
    if random.random() < 0.6:
        yield "title.ratings", f"{tt}\t{random.randint(10, 100) / 10}\t{int(10 ** random.uniform(1, 6))}\n"
    if random.random() < 0.3:
        region, language = random.choice(REGIONS)
        words = f"{random.choice(WORDS)} {title}"
        yield "title.akas", f"{tt}\t1\t{words}\t{region}\t{language}\t{NOTHING}\t{NOTHING}\t0\n"
    crew: dict[str, list[str]] = {"director": [], "writer": []}
    for place, person in enumerate(chosen(random, size, people), 1):
        job = "director" if place == 1 else "writer" if place == 2 else BEHIND[place % 4] if place > 8 else "actor"
        crew.setdefault(job, []).append(f"nm{person:07}")
        part = f'["{random.choice(WORDS)} {random.choice(WORDS)}"]' if job == "actor" else NOTHING
        yield "title.principals", f"{tt}\t{place}\tnm{person:07}\t{job}\t{NOTHING}\t{part}\n"
    yield "title.crew", f"{tt}\t{','.join(crew['director']) or NOTHING}\t{','.join(crew['writer']) or NOTHING}\n"


def chosen(random: Random, size: int, people: int) -> list[int]:
    """Different people, of whom the first ones work the most."""
    numbers: dict[int, None] = {}
    while len(numbers) < min(size, people):
        numbers[1 + int(people * random.random() ** 2)] = None
    return list(numbers)


if __name__ == "__main__":
    write(Path(sys.argv[1]), *map(int, sys.argv[2:4] or (1_000_000, 5_000_000)))
