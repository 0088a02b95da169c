"""How the catalogue's page grows with the catalogue: every order and many filters, on a small and on a big database.

    SMALL=postgresql://… BIG=postgresql://… python -m bench.browse

Both are made by `manage.py make_community`. Each page is made by the view itself, without what surrounds it: choices,
films, cards, counts (once for all orders and pages of the same films) and HTML. "500th" is the page behind 29,940
films, or behind half of those that match. The last column is the quotient of the 95th percentiles.
"""

import gc
import json
import os
import subprocess
import sys
import time
from itertools import count, product
from statistics import median, quantiles
from typing import Any

ROUNDS = int(os.environ.get("ROUNDS", "100"))
SORTS = os.environ.get("SORTS", "popular week year rating newest oldest title length").split()
PAGE = 60
DEEP = 499 * PAGE


def filters_of() -> dict[str, str]:
    """A name and a query for common and rare choices, alone and together, by what this catalogue has."""
    from films.catalogue import Reading
    from films.choices import Choices
    from films.counting import count as count_films
    from films.narrowing import Narrowing

    choices, counts = Choices.load(), count_films(Reading(), Narrowing()).of

    def ranked(kind: str) -> list[str]:
        return sorted(choices.names[kind], key=lambda slug: -counts.get(choices.words[kind, slug], 0))

    genres, countries, services = ranked("genre"), ranked("country"), ranked("service")
    return {
        "everything": "",
        "the commonest genre": f"genre={genres[0]}",
        "the rarest genre": f"genre={genres[-1]}",
        "two common genres": f"genre={genres[0]}&genre={genres[1]}",
        "two genres and a country": f"genre={genres[2]}&genre={genres[3]}&country={countries[1]}",
        "a genre and a rare country": f"genre={genres[4]}&country={countries[-1]}",
        "a decade and a genre": f"decade=1930s&genre={genres[5]}",
        "without three genres": f"not_genre={genres[0]}&not_genre={genres[1]}&not_genre={genres[2]}",
        "without all genres but one": "&".join(f"not_genre={slug}" for slug in genres[:-1]),
        "on a service": f"service={services[len(services) // 2]}",
        "good and often rated": "min_rating=4&min_ratings=100",
        "the best": "min_rating=4.5",
        "long and old": "length=long&to=1950",
    }


def measured() -> dict[str, Any]:
    """Milliseconds of each page."""
    import django

    django.setup()
    from django.contrib.auth.models import AnonymousUser
    from django.http import QueryDict
    from django.test import RequestFactory

    from config.freshness import shared
    from config.keeping import moment
    from films.browse import Filters, named_in
    from films.catalogue import Reading
    from films.choices import Choices, resting_films
    from films.narrowed import narrowing_of
    from films.orders import legs_of
    from films.picking import pick
    from reviews.views.browse import browse

    anew = count()
    gc.freeze()  # as a worker of the server does when it has started

    def page(query: str) -> float:
        """With what is kept of parts, but looked for anew: no address was asked for before."""
        request: Any = RequestFactory().get(f"/films/?{query}&anew={next(anew)}")
        request.user, request.htmx, request.session = AnonymousUser(), False, {}
        moment.set(shared.before())
        began = time.perf_counter()
        assert browse(request).status_code == 200
        return 1000 * (time.perf_counter() - began)

    found: dict[str, Any] = {}
    for (name, query), sort in product(filters_of().items(), SORTS):
        asked = QueryDict(f"{query}&sort={sort}")
        filters, _notices = Filters.read(asked, Choices.load(named_in(asked)))
        ahead = pick(Reading(resting_films()), narrowing_of(filters), legs_of(sort), size=DEEP)
        places = {"first": ""}
        if ahead.after:
            places["500th"] = ahead.after
        for place, after in places.items():
            whole = "&".join(filter(None, [query, f"sort={sort}", f"after={after}" if after else ""]))
            page(whole)
            gc.collect()  # what earlier rounds left behind is not this page's
            films = len(ahead.films[:PAGE])
            found[f"{name}|{sort}|{place}"] = [films, [page(whole) for _round in range(ROUNDS)]]
    return found


def main() -> None:
    if sys.argv[1:] == ["measure"] or os.environ.get("MEASURE"):
        print(json.dumps(measured()))
        return
    both = []
    for which in ("SMALL", "BIG"):
        if not os.environ.get(which):
            sys.exit("Say by SMALL and BIG which two databases to compare: postgresql://… each.")
        environment = os.environ | {"DATABASE_URL": os.environ[which], "MEASURE": "1"}
        environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "ENV_FILE": os.devnull}
        subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], env=environment, check=True)
        done = subprocess.run([sys.executable, "-m", "bench.browse"], env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        both.append(json.loads(done.stdout.splitlines()[-1]))
    small, big = both
    print("| filter | order | page | small p50, p95 | big p50, p95 | growth |\n| --- | --- | --- | --- | --- | --- |")
    growths, few = [], []
    for key in sorted(set(small) | set(big)):
        # A small catalogue has no five-hundredth page: there the first is the measure.
        rows = [small.get(key) or small[key.rpartition("|")[0] + "|first"], big.get(key)]
        if rows[1] is None:
            continue
        cells = [(median(some), quantiles(some, n=20)[-1]) for _films, some in rows]
        growth = cells[1][1] / cells[0][1]
        (growths if rows[0][0] == rows[1][0] else few).append((growth, key))
        shown = " | ".join(f"{middle:.1f}, {late:.1f}" for middle, late in cells)
        print(f"| {' | '.join(key.split('|'))} | {shown} | {growth:.2f} |")
    over = [f"{key} {growth:.2f}" for growth, key in sorted(growths, reverse=True) if growth > 1.5]
    print(f"\n{len(growths) - len(over)} of {len(growths)} within 1.5. Over it: {'; '.join(over) or 'none'}.")
    if few:
        worst = max(few)
        print(
            f"{len(few)} more show fewer films in the small catalogue; of these {worst[1]} grew most, {worst[0]:.2f}."
        )


if __name__ == "__main__":
    main()
