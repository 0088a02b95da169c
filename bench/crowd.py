"""Two hundred clients before two workers for five minutes; then twice of what they can; then the calm after it.

    make bench ONLY=crowd          (SECONDS=60 in the environment: a minute of the two hundred; SCALE=0.1: a small site)

Makes a site by `make_community` in an embedded PostgreSQL of its own, or takes the one at SITE (it will be written to),
and serves it as `make run` does. The clients read home, films, browse, search, members, reviews and the API, half of
them signed in, and rate films, over kept connections, without a pause. What two hundred get is what the server can; a
quarter of that arriving at random is the calm, twice of it the storm, and then the calm again, beside those who still
wait.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psutil
import psycopg

from bench.crowd_clients import LOST, Heard
from config import embedded

SECONDS: Final = float(os.environ.get("SECONDS", "300"))
SCALE: Final = float(os.environ.get("SCALE", "1"))
PORT: Final = os.environ.get("PORT", "8131")
CLIENTS, CALM, STORM, AFTER = 200, 20, 30, 30  # and seconds
WINDOW: Final = 3  # seconds that are looked at together
MEMBERS, FILMS = 60, 200  # who read, and what
# Of a hundred requests, so many are for this; what stands in braces is drawn.
MIX: Final = {
    "home": (10, "/"), "film": (30, "/films/{film}/"), "browse": (12, "/films/?{filters}"),
    "search": (8, "/search/?q={word}"), "suggest": (6, "/api/v1/search/suggest/?q={word}"),
    "member": (8, "/members/{member}/"), "review": (10, "/reviews/{review}/"), "API film": (6, "/api/v1/films/{film}/"),
    "API list": (4, "/api/v1/films/?page_size=20"), "static": (3, "/static/css/site.css"),
    "rate": (3, "/films/{film}/mark/"),
}  # fmt: skip
FILTERS: Final = ("", "sort=title", "sort=rating", "genre=drama", "genre=comedy&from=1990", "from=1980&to=1989")
TOKEN: Final = "t" * 32


def prepare(folder: Path) -> str:
    """The site's address in the environment, its tables filled, and Django set up on them."""
    address = os.environ.get("SITE") or embedded.start(folder / "postgres")
    os.environ |= {
        "DATABASE_URL": address, "DATA_DIR": str(folder), "ENV_FILE": os.devnull, "PORT": PORT, "LOG_FORMAT": "json",
        "DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "only for benchmarks" * 2, "SITE_URL": f"http://127.0.0.1:{PORT}",
        "API_REQUESTS_MEMBER": "100000000", "API_REQUESTS_ANONYMOUS": "100000000",
    }  # fmt: skip
    manage = [sys.executable, "manage.py"]
    if "SITE" not in os.environ:
        subprocess.run([*manage, "migrate", "--verbosity", "0"], check=True)
        sizes = {"films": 10_000, "people": 10_000, "members": 2_000, "ratings": 200_000}
        words = [f"--{name}={round(most * SCALE)}" for name, most in sizes.items()]
        subprocess.run([*manage, "make_community", *words], check=True)
    subprocess.run([sys.executable, "-m", "config.prepare", "collect_static"], check=True)
    import django  # after the environment that its settings are read from

    django.setup()
    return address


def requests_of_the_crowd() -> list[tuple[str, str]]:
    """A thousand requests in the proportions of MIX, by members and by readers who are signed out."""
    import random

    draw, cookies, drawn = random.Random(1), sessions(), what_is_there()
    asked = []
    for kind, (share, address) in MIX.items():
        for number in range(share * 10):
            place = address.format(**{name: draw.choice(values) for name, values in drawn.items()})
            signed_in = kind == "rate" or (number % 2 and kind != "static")
            asked.append((kind, words(place, draw.choice(cookies) if signed_in else "", write=kind == "rate")))
    return asked


def words(place: str, session: str, *, write: bool) -> str:
    head = [f"{'POST' if write else 'GET'} {place} HTTP/1.1", f"Host: 127.0.0.1:{PORT}", "Accept-Encoding: gzip, br"]
    if session:
        head.append(f"Cookie: sessionid={session}; csrftoken={TOKEN}")
    body = f"csrfmiddlewaretoken={TOKEN}&stars=3.5" if write else ""
    if write:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", body])


def what_is_there() -> dict[str, list[str]]:
    from accounts.models import User
    from films.models import Film
    from reviews.models import Review

    popular = list(Film.objects.popular()[:FILMS])
    open_to_all = Review.objects.visible_to(None)
    return {
        "film": [film.slug for film in popular],
        "word": [quote(film.title.split()[0].lower()) for film in popular],
        "filters": list(FILTERS),
        "member": list(User.objects.active().filter(is_private=False).values_list("username", flat=True)[:FILMS]),
        "review": [str(number) for number in open_to_all.values_list("pk", flat=True)[:FILMS]],
    }


def sessions() -> list[str]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from accounts.models import User
    from accounts.sessions import SessionStore

    made = []
    for member in User.objects.active().order_by("-rating_count")[:MEMBERS]:
        session = SessionStore()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.save()
        made.append(str(session.session_key))
    return made


@contextmanager
def process(module: str, log: Path, **streams: Any) -> Iterator[subprocess.Popen[str]]:
    with log.open("w") as output:
        running = subprocess.Popen([sys.executable, "-m", module], stderr=output, text=True, **streams)
        try:
            yield running
        finally:
            running.terminate()
            running.wait(30)


class Crowd:
    def __init__(self, clients: subprocess.Popen[str], requests: list[tuple[str, str]]) -> None:
        self.clients, self.order = clients, {"port": int(PORT), "requests": requests}

    def order_out(self, **order: Any) -> None:
        assert self.clients.stdin
        self.clients.stdin.write(json.dumps(self.order | order) + "\n")
        self.clients.stdin.flush()

    def heard(self) -> Heard:
        assert self.clients.stdout
        found: Heard = [(kind, at, int(status), took, int(wait)) for kind, at, status, took, wait in self._line()]
        return found

    def _line(self) -> Any:
        assert self.clients.stdout
        return json.loads(self.clients.stdout.readline())

    def ask(self, **order: Any) -> Heard:
        self.order_out(**order)
        return self.heard()


def p(share: float, times: list[float]) -> str:
    return f"{sorted(times)[int(len(times) * share)]:.0f}" if times else "–"


def good(heard: Heard) -> list[float]:
    return [took for _, _, status, took, _ in heard if 0 < status < 400]


def p95(heard: Heard) -> float:
    """Of those answered, in milliseconds; 0 where none came."""
    times = sorted(good(heard))
    return times[int(len(times) * 0.95)] if times else 0.0


def workers(server: subprocess.Popen[str]) -> list[psutil.Process]:
    return sorted(psutil.Process(server.pid).children(), key=lambda worker: worker.pid)


def standing(server: subprocess.Popen[str], database: str) -> str:
    """What each worker has of memory for itself, in MB, and how many connections the database has."""
    with psycopg.connect(database) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
    memory = " and ".join(f"{worker.memory_full_info().uss / 2**20:.0f}" for worker in workers(server))
    return f"{memory} | {row[0] if row else 0}"


def five_minutes(crowd: Crowd, server: subprocess.Popen[str], database: str) -> float:
    """The two hundred; gives how many requests a second they got."""
    crowd.ask(clients=20, seconds=10)
    print("| after | memory of each worker, MB | connections |\n| --- | --- | --- |")
    print(f"| 0 s | {standing(server, database)} |", flush=True)
    crowd.order_out(clients=CLIENTS, seconds=SECONDS)
    began, step = time.monotonic(), min(60.0, SECONDS / 3)
    while (passed := time.monotonic() - began) < SECONDS - 1:
        time.sleep(min(step, SECONDS - passed))
        print(f"| {time.monotonic() - began:.0f} s | {standing(server, database)} |", flush=True)
    heard = crowd.heard()
    print(f"\n| {CLIENTS} clients | requests | p50 ms | p95 ms | errors |\n| --- | --- | --- | --- | --- |")
    for kind in [*MIX, "all"]:
        mine = [each for each in heard if kind in {each[0], "all"}]
        times = good(mine)
        wrong = Counter(status for _, _, status, _, _ in mine if status >= 400 or status == LOST)
        told = ", ".join(f"{n} × {status or 'lost'}" for status, n in wrong.items()) or "none"
        print(f"| {kind} | {len(mine)} | {p(0.5, times)} | {p(0.95, times)} | {told} |")
    rate = len(good(heard)) / SECONDS
    print(f"\n{rate:.0f} requests a second.", flush=True)
    return rate


def storm(crowd: Crowd, rate: float) -> None:
    heard = crowd.ask(arriving=[(rate / 4, CALM), (2 * rate, STORM), (rate / 4, AFTER)])
    calm, hit, after = (
        [(kind, at - begins, *rest) for kind, at, *rest in heard if begins <= at < begins + lasts]
        for begins, lasts in ((0, CALM), (CALM, STORM), (CALM + STORM, AFTER))
    )
    refused = [each for each in hit if each[2] == 503]
    print(
        "\n| | arriving | answered | p50 ms | p95 ms | refused | p50 ms | p95 ms | lost or broken |\n|" + " --- |" * 9
    )
    for name, arriving, heard in (("calm", rate / 4, calm), ("storm", 2 * rate, hit), ("after", rate / 4, after)):
        times, no = good(heard), [took for _, _, status, took, _ in heard if status == 503]
        broken = sum(status == LOST or (status >= 400 and status != 503) for _, _, status, _, _ in heard)
        print(
            f"| {name} | {arriving:.0f}/s | {len(times)} | {p(0.5, times)} | {p(0.95, times)} "
            f"| {len(no)} | {p(0.5, no)} | {p(0.95, no)} | {broken} |"
        )
    silent = sum(not wait for *_, wait in refused)
    print(f"\nRefused without Retry-After: {silent}. {recovery(calm, after)}", flush=True)


def recovery(calm: Heard, after: Heard) -> str:
    """From when on nobody is refused, and the p95 of the next WINDOW, as of all the rest, is within a limit.

    That is one and a half times the worst WINDOW of the calm.
    """
    limit = 1.5 * max(p95(mine) for mine in _windows(calm, CALM))
    said = [p95(mine) for mine in _windows(after, AFTER)]
    well = next((second for second in range(len(said)) if _is_well(after, second, said[second], limit)), None)
    told = "Not as before by the end" if well is None else f"As before {well} s after the last of it came"
    each = ", ".join(f"{figure:.0f}" for figure in said[::WINDOW])
    return f"{told}: p95 within {limit:.0f} ms. In {WINDOW} seconds at a time it was {each} ms."


def _is_well(after: Heard, second: int, next_ones: float, limit: float) -> bool:
    rest = [each for each in after if each[1] >= second]
    return len(good(rest)) == len(rest) and max(next_ones, p95(rest)) <= limit


def _windows(heard: Heard, lasts: int) -> list[Heard]:
    """By the second that they begin at."""
    return [[each for each in heard if second <= each[1] < second + WINDOW] for second in range(lasts - WINDOW + 1)]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="im-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the database's own user must get in
        database = prepare(folder)
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with (
            process("config.serve", folder / "server.log", stdout=subprocess.DEVNULL) as server,
            process("bench.crowd_clients", folder / "clients.log", **streams) as clients,
        ):
            while len(workers(server)) < 2:
                time.sleep(0.5)
            time.sleep(5)
            crowd = Crowd(clients, requests_of_the_crowd())
            storm(crowd, five_minutes(crowd, server, database))
        if "SITE" not in os.environ:
            embedded.stop(folder / "postgres")


if __name__ == "__main__":
    main()
