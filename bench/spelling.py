"""How well search finds what was meant: titles of the catalogue as they are, with one typo, and with two.

    python -m bench.spelling [queries]

On the site's own database (DATABASE_URL or the embedded one), which is only read. Titles are drawn by a fixed seed
from films whose titles have letters that a typo can befall. A typo is a letter put in, left out, replaced, or changed
with its neighbour. Found means: among the first five; for an exact title, a film of that very title is the first.
"""

import os
import random
import statistics
import string
import sys
import time

import django

SEED = 7
AT_LEAST = 4  # letters that a title must have
LONG = 11


def typo(title: str, rng: random.Random) -> str:
    """One of the four mistakes, somewhere in the letters of the title."""
    places = [n for n, letter in enumerate(title) if letter.isalpha()]
    place, letter = rng.choice(places), rng.choice(string.ascii_lowercase)
    match rng.randrange(4):
        case 0:
            return title[:place] + letter + title[place:]
        case 1:
            return title[:place] + title[place + 1 :]
        case 2:
            return title[:place] + letter + title[place + 1 :]
    swaps = [n for n in places if n + 1 in places and title[n] != title[n + 1]] or [0]
    place = rng.choice(swaps)
    return title[:place] + title[place + 1 : place + 2] + title[place : place + 1] + title[place + 2 :]


def measure(name: str, asked: list[tuple[int, str, str]], *, first: bool = False) -> None:
    """`asked`: a film's id, its title as it is sorted, and what is typed for it."""
    from films.finding import best_films

    times, missed = [], []
    for pk, title, query in asked:
        began = time.perf_counter()
        found = list(best_films(query).values_list("pk", "sort_title")[: 1 if first else 5])
        times.append((time.perf_counter() - began) * 1000)
        if not any(one == pk or called == title for one, called in found):
            missed.append((title, query))
    share = 100 * (1 - len(missed) / len(asked))
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"| {name} | {len(asked):,} | {share:.1f} % | {statistics.median(times):.1f} ms | {p95:.1f} ms |", flush=True)
    for title, query in missed[:8] if os.environ.get("MISSED") else []:
        print(f"    {query!r} did not find {title!r}")


def main(number: int = 2000) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from films.models import Film, Word

    rng = random.Random(SEED)
    rows = list(Film.objects.order_by("pk").values_list("pk", "title", "sort_title"))
    rows = [row for row in rows if sum(map(str.isalpha, row[2])) >= AT_LEAST and row[2].isascii()]
    chosen = rng.sample(rows, min(number, len(rows)))
    long = [row for row in rng.sample(rows, len(rows)) if sum(map(str.isalpha, row[2])) >= LONG][:number]
    print(f"{Film.objects.count():,} films, {Word.objects.count():,} words")
    print("| query | queries | found | median | p95 |\n| --- | --- | --- | --- | --- |")
    measure("exact title", [(pk, sort, title) for pk, title, sort in chosen], first=True)
    measure("one typo", [(pk, sort, typo(title, rng)) for pk, title, sort in chosen])
    measure("two typos", [(pk, sort, typo(typo(title, rng), rng)) for pk, title, sort in long])


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
