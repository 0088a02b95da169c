"""How well "for you" finds what a member rates next, on MovieLens ml-latest-small, beside two ways that are simpler.

    python -m bench.recommending FOLDER      (or MOVIELENS=FOLDER in the environment; HOLDOUT=1 for the one before)

FOLDER is the unpacked data set of GroupLens, which is not part of this program: see its README.txt for its licence.
Of every member the last rating is held out. The others are stored in a fresh embedded PostgreSQL, the site's own action
learns from them, and the site's own query recommends twenty films to each member; so do popularity and the nearest
neighbours of films (cosine of the stars, twenty neighbours a film, the best of those tried). Found means: the film of
the held-out rating, whatever its stars, is among them. What is chosen was chosen on earlier hold-outs (HOLDOUT=1 to 5).
"""

import csv
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from config import embedded

HOLDOUT = int(os.environ.get("HOLDOUT", "0"))  # how many later ratings of each member are left away altogether
MOST = 20
NEIGHBOURS = 20
HALF = 10  # the same waning as in reviews/for_you.py, for neighbours that have it too
SEED, DRAWS = 5, 2000
AT_ONCE = 10_000

type Array = Any
type Row = tuple[int, int, float, int]  # member, film, stars, seconds


def ratings(folder: Path) -> list[Row]:
    with (folder / "ratings.csv").open(encoding="utf-8", newline="") as file:
        rows = [(int(u), int(m), float(s), int(t)) for u, m, s, t in list(csv.reader(file))[1:]]
    return sorted(rows, key=lambda row: (row[0], row[3], row[1]))


def split(rows: list[Row]) -> tuple[list[Row], dict[int, int]]:
    """What is known, and the film that each member rated next."""
    of_member: dict[int, list[Row]] = {}
    for row in rows:
        of_member.setdefault(row[0], []).append(row)
    known = [row for own in of_member.values() for row in own[: len(own) - 1 - HOLDOUT]]
    return known, {member: own[-1 - HOLDOUT][1] for member, own in of_member.items()}


def store(folder: Path, known: list[Row]) -> dict[int, Any]:
    """The data as members, films and marks of the site; the members by their numbers."""
    from accounts.models import User
    from films.models import Film, Genre
    from reviews.models import Mark

    with (folder / "movies.csv").open(encoding="utf-8", newline="") as file:
        titles = {int(number): (title, kinds.split("|")) for number, title, kinds in list(csv.reader(file))[1:]}
    films, genres = {}, {}
    for number in sorted(titles):
        year = re.search(r"\((\d{4})\)\s*$", titles[number][0])
        name = titles[number][0][:250]
        films[number] = Film(title=name, slug=f"film-{number}", year=int(year[1]) if year else None)
    Film.objects.bulk_create(films.values(), batch_size=AT_ONCE)
    for name in sorted({kind for _title, kinds in titles.values() for kind in kinds if kind[0] != "("}):
        genres[name] = Genre.objects.create(name=name, slug=re.sub(r"\W+", "-", name.lower()))
    Film.genres.through.objects.bulk_create(
        [
            Film.genres.through(film=films[number], genre=genres[kind])
            for number, (_title, kinds) in titles.items()
            for kind in kinds
            if kind in genres
        ],
        batch_size=AT_ONCE,
    )
    members = {number: User(username=f"member{number}") for number in sorted({row[0] for row in known})}
    User.objects.bulk_create(members.values(), batch_size=AT_ONCE)
    Mark.objects.bulk_create(
        (
            Mark(member=members[member], film=films[film], half_stars=int(2 * stars), rated_at=at, watched_at=at)
            for member, film, stars, at in in_order(known)
        ),
        batch_size=AT_ONCE,
    )
    return members


def in_order(known: list[Row]) -> Iterator[tuple[int, int, float, datetime]]:
    """Ratings of one second stay in their order."""
    for place, (member, film, stars, at) in enumerate(known):
        yield member, film, stars, datetime.fromtimestamp(at, UTC) + timedelta(microseconds=place % 1_000_000)


def by_site(members: dict[int, Any]) -> dict[int, list[int]]:
    """What the site recommends: learnt by its own action, read by its own query."""
    from reviews.actions.learning import learn_tastes
    from reviews.for_you import for_you

    began = time.perf_counter()
    learn_tastes()
    print(f"learnt in {time.perf_counter() - began:.1f} s", flush=True)
    found, times = {}, []
    for number, member in members.items():
        began = time.perf_counter()
        films = for_you(member, MOST)
        times.append(1000 * (time.perf_counter() - began))
        found[number] = [int(film.slug.removeprefix("film-")) for film in films]
    times.sort()
    print(f"asked in {times[len(times) // 2]:.1f} ms, p95 {times[int(0.95 * len(times))]:.1f} ms", flush=True)
    return found


class Simple:
    """Members by films as a matrix, for the two simpler ways."""

    def __init__(self, known: list[Row]) -> None:
        self.members = {number: place for place, number in enumerate(sorted({row[0] for row in known}))}
        self.films = np.array(sorted({row[1] for row in known}))
        place = {number: place for place, number in enumerate(self.films)}
        shape = (len(self.members), len(self.films))
        self.stars, self.waning = np.zeros(shape), np.zeros(shape)
        ages: dict[int, int] = {}
        for member, film, stars, _at in reversed(known):
            age = ages[member] = ages.get(member, -1) + 1
            self.stars[self.members[member], place[film]] = stars / 5
            self.waning[self.members[member], place[film]] = stars / 5 / (1 + age / HALF)

    def ranked(self, scores: Array) -> dict[int, list[int]]:
        scores = np.where(self.stars > 0, -np.inf, scores)
        best = np.argsort(-scores, axis=1, kind="stable")[:, :MOST]
        return {number: self.films[best[place]].tolist() for number, place in self.members.items()}

    def popular(self) -> dict[int, list[int]]:
        return self.ranked(np.tile((self.stars > 0).sum(0).astype(float), (len(self.members), 1)))

    def nearest(self, said: Array) -> dict[int, list[int]]:
        norms = np.sqrt((self.stars**2).sum(0))
        alike = self.stars.T @ self.stars / (norms[:, None] * norms[None, :])
        np.fill_diagonal(alike, 0)
        least = -np.partition(-alike, NEIGHBOURS, axis=1)[:, NEIGHBOURS - 1]
        return self.ranked(said @ np.where(alike >= least[:, None], alike, 0).T)


def gains(found: dict[int, list[int]], wanted: dict[int, int]) -> tuple[Array, Array]:
    """Of each member: NDCG@10 and recall@20. Of one film: what its place is worth, and one or none."""
    places = [found[number].index(film) if film in found[number] else None for number, film in wanted.items()]
    ndcg = np.array([1 / np.log2(place + 2) if place is not None and place < 10 else 0.0 for place in places])
    return ndcg, np.array([float(place is not None) for place in places])


def spread(values: Array) -> str:
    """The mean, and between what 95 of 100 means of members drawn anew lie."""
    draws = np.random.default_rng(SEED).integers(0, len(values), (DRAWS, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), (0.025, 0.975))
    return f"{values.mean():.4f} ({low:+.4f} to {high:+.4f})"


def compare(folder: Path) -> bool:
    known, wanted = split(ratings(folder))
    members = store(folder, known)
    simple = Simple(known)
    ways: dict[str, Callable[[], dict[int, list[int]]]] = {
        "popularity": simple.popular,
        "nearest neighbours of films": lambda: simple.nearest(simple.stars),
        "the same, the latest weighing most": lambda: simple.nearest(simple.waning),
        "for you": lambda: by_site(members),
    }
    results = {name: gains(way(), wanted) for name, way in ways.items()}
    print(f"{len(wanted)} members, {len(known):,} ratings known, hold-out {HOLDOUT}")
    print("| way | NDCG@10 | recall@20 |\n| --- | --- | --- |")
    for name, (ndcg, recall) in results.items():
        print(f"| {name} | {ndcg.mean():.4f} | {recall.mean():.4f} |")
    *others, (ours_ndcg, ours_recall) = results.values()
    for (name, _gains), (ndcg, recall) in zip(results.items(), others, strict=False):
        print(f"more than {name}: {spread(ours_ndcg - ndcg)}, {spread(ours_recall - recall)}")
    return all(ours_ndcg.mean() > n.mean() and ours_recall.mean() > r.mean() for n, r in others)


def prepare(place: Path) -> None:
    os.environ |= {
        "DATABASE_URL": embedded.start(place / "postgres"),
        "DATA_DIR": str(place),
        "ENV_FILE": os.devnull,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], check=True)
    import django  # after the environment that its settings are read from

    django.setup()


def main() -> None:
    said = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("MOVIELENS", "")
    folder = Path(said)
    if not said or not (folder / "ratings.csv").exists():
        print("Left out: MOVIELENS names no folder with GroupLens's ml-latest-small.")
        return
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        place.chmod(0o755)
        try:
            prepare(place)
            is_best = compare(folder)
        finally:
            embedded.stop(place / "postgres")
    if not is_best:
        sys.exit("Something simpler is better.")


if __name__ == "__main__":
    main()
