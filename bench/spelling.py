"""How well and how fast search finds what was meant: exact titles, with one typo and with two, and letter by letter.

    python -m bench.spelling [queries]

On the site's own database (DATABASE_URL or the embedded one), which is only read; so run it on one of a million films
to know about a million. Titles are drawn by a fixed seed from films whose titles have letters that a typo can befall;
with `SEED_ONLY=1` from those that came with the site. A typo is a letter put in, left out, replaced, or changed with
its neighbour. Found means: among the first five; for an exact title, a film of that very title is the first. Times of
the first table are those of finding, of the others those of a whole request within the server, signed out.
"""

import os
import random
import statistics
import string
import sys
import time
from collections.abc import Callable
from typing import Any

import django

SEED = 7
AT_LEAST = 4  # letters that a title must have
LONG = 11
TYPED = 150  # titles that are typed letter by letter

type Asked = list[tuple[int, str, str]]  # a film's id, its title as it is sorted, and what is typed for it


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


def timed[**P, Answer](call: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs) -> tuple[Answer, float]:
    began = time.perf_counter()
    answer = call(*args, **kwargs)
    return answer, (time.perf_counter() - began) * 1000


def line(name: str, times: list[float], found: float | None = None) -> None:
    share = "" if found is None else f" {100 * found:.1f} % |"
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"| {name} | {len(times):,} |{share} {statistics.median(times):.1f} ms | {p95:.1f} ms |", flush=True)


def _first(best_films: Callable[[str], Any], query: str, number: int) -> list[tuple[int, str]]:
    return list(best_films(query).values_list("pk", "sort_title")[:number])


def find(name: str, asked: Asked, *, first: bool = False) -> None:
    from films.finding import best_films

    times, missed = [], []
    for pk, title, query in asked:
        found, took = timed(_first, best_films, query, 1 if first else 5)
        times.append(took)
        if not any(one == pk or called == title for one, called in found):
            missed.append((title, query))
    line(name, times, 1 - len(missed) / len(asked))
    for title, query in missed[: int(os.environ.get("MISSED", "0"))]:
        print(f"    {query!r} did not find {title!r}")


def type_out(titles: list[str]) -> None:
    """Each title as it is typed, a request a letter; when its film is offered."""
    from django.test import Client

    client, times, after = Client(), dict[str, list[float]](), list[int | None]()
    client.get("/search/suggest/?q=warm")
    for title in titles:
        seen = None
        for length in range(1, min(len(title), 40) + 1):
            page, took = timed(client.get, "/search/suggest/", {"q": title[:length]})
            times.setdefault(f"{length}" if length < 4 else "4 to 6" if length < 7 else "7 and more", []).append(took)
            if seen is None and f">{title}<" in page.content.decode():
                seen = length
        after.append(seen)
    for letters, some in times.items():
        line(f"{letters} letters", some)
    line("every letter", [one for some in times.values() for one in some])
    offered = sorted(number for number in after if number)
    print(
        f"\n{len(offered)} of {len(after)} were offered, half of them after {statistics.median(offered):.0f} letters.\n"
    )


def ask_pages(asked: dict[str, list[str]]) -> None:
    """The whole page of answers, and the API with all kinds."""
    from django.test import Client

    client = Client()
    for path in ("/search/", "/api/v1/search/"):
        client.get(path, {"q": "warm"})
        for name, queries in asked.items():
            line(f"{path} {name}", [timed(client.get, path, {"q": query})[1] for query in queries])


def drawn(number: int) -> tuple[list[Any], list[Any]]:
    from films.models import Film

    rng = random.Random(SEED)
    films = Film.objects.filter(origin="seed") if os.environ.get("SEED_ONLY") else Film.objects.all()
    rows = list(films.order_by("pk").values_list("pk", "title", "sort_title"))
    rows = [row for row in rows if sum(map(str.isalpha, row[2])) >= AT_LEAST and row[2].isascii()]
    long = [row for row in rows if sum(map(str.isalpha, row[2])) >= LONG]
    return rng.sample(rows, min(number, len(rows))), rng.sample(long, min(number, len(long)))


def main(number: int = 2000) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["INTERMISSION_PROCESS"] = "web"  # with what the server sets for its connections
    os.environ |= {"API_REQUESTS_ANONYMOUS": "100000000"}  # else most of its questions would be refused
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from films.models import Film, Person, Word

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("collectstatic", interactive=False, verbosity=0)
    rng = random.Random(SEED)
    chosen, long = drawn(number)
    print(f"{Film.objects.count():,} films, {Person.objects.count():,} people, {Word.objects.count():,} words\n")
    print("| query | queries | found | median | p95 |\n| --- | --- | --- | --- | --- |")
    once = [(pk, sort, typo(title, rng)) for pk, title, sort in chosen]
    find("exact title", [(pk, sort, title) for pk, title, sort in chosen], first=True)
    find("one typo", once)
    find("two typos", [(pk, sort, typo(typo(title, rng), rng)) for pk, title, sort in long])
    print("\n| typed | requests | median | p95 |\n| --- | --- | --- | --- |")
    type_out([title for _pk, title, _sort in chosen[:TYPED]])
    print("| page | requests | median | p95 |\n| --- | --- | --- | --- |")
    ask_pages({"exact": [row[1] for row in chosen[:TYPED]], "misspelt": [row[2] for row in once[:TYPED]]})


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
