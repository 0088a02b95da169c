"""Every page and API call of the site at a million films, in one table, beside a bare view and a single SELECT.

    make bench ONLY=pages          1,000,000 films, 1,000,000 people, 200,000 members, 20,000,000 ratings
    SCALE=0.01 make bench ONLY=pages                                       a hundredth of that
    LASTING=3 PAGES="film|feed" TABLE=table.txt GZIP=1 python -m bench.pages

Makes two sites by `make_community`, one of SCALE and one of a hundredth of it, in an embedded PostgreSQL of their own
(BENCH_DIR, or `bench` in the data directory), and keeps them for the next time. BIG and SMALL in the environment may be
addresses of databases that have such a site already. Then it serves them by config/serve.py, two workers each, as
`make run` does, and beside them, under the same server and gateway, two views of Django's own middleware: one returns
the very bytes of the page, one does so after a SELECT by primary key.

Alone: one client, which asks both sites in turn, so that what else the machine does meets both. Together: sixteen
clients for LASTING seconds. "Cold": nothing is kept, neither of pages nor of their parts. "Made": the site as it is,
and the page is put together for each request, as it is for members always, and for visitors whenever something was
written since the last. "Kept": the site as it is, asked for the same page again. "304": the same by a browser that has
the page. "A first look" is that of members who have not been there, at what others have seen. All in one run. The
table's last lines say what the client cost.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import psycopg

from bench import serving, table
from bench.load import Line, alone, request, together
from config import database, embedded

SCALE: Final = float(os.environ.get("SCALE", "1"))
SECONDS: Final = float(os.environ.get("LASTING", "2"))
CLIENTS: Final = 16
FILMS, MEMBERS, RATINGS = 1_000_000, 200_000, 20_000_000
SMALLER: Final = 100  # times
FEWEST: Final = 500  # films
# With it a visitor's page is made for this request alone (config/kept_pages.py), and is the same.
ANEW: Final = {"Range": "bytes=0-"}
LEAST, MOST = 20, 200  # requests of the client that is alone


def sizes(scale: float) -> dict[str, int]:
    films = max(FEWEST, round(FILMS * scale))
    share = films / FILMS
    return {"films": films, "people": films, "members": round(MEMBERS * share), "ratings": round(RATINGS * share)}


def manage(address: str, folder: Path, *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, check=True, env=serving.environment(address, folder))


def site_of(scale: float, folder: Path, given: str) -> tuple[str, Path]:
    """The address of a database with a site of this scale, made where it is missing, and a data directory for it."""
    size = sizes(scale)
    own = folder / f"site-{size['films']}"
    own.mkdir(parents=True, exist_ok=True)
    if given:
        _furnish(given, own)
        return given, own
    server = embedded.start(folder / "postgres")
    name = f"films_{size['films']}"
    address = server.replace("/intermission?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name}")
    manage(address, own, "migrate", "--verbosity=0")
    with psycopg.connect(address) as connection:
        is_there = connection.execute("SELECT EXISTS (SELECT FROM reviews_mark)").fetchone()
    if is_there == (False,):
        began = time.perf_counter()
        manage(address, own, "make_community", *(f"--{what}={number}" for what, number in size.items()))
        manage(address, own, "learn_tastes", "--verbosity=0")
        print(f"A site of {size['films']:,} films was made in {time.perf_counter() - began:.0f} s.", flush=True)
    _furnish(address, own)
    return address, own


def _furnish(address: str, own: Path) -> None:
    """What the site needs besides its rows."""
    manage(address, own, "createcachetable")
    manage(address, own, "collectstatic", "--no-input", "--verbosity=0", "--ignore=rest_framework")


def looked(address: str, folder: Path) -> dict[str, Any]:
    """What bench/asked.py found out in that database."""
    command = [sys.executable, "-m", "bench.asked"]
    own = serving.environment(address, folder) | serving.COLD
    told = subprocess.run(command, capture_output=True, text=True, env=own)
    if told.returncode:
        sys.exit(told.stderr)
    found: dict[str, Any] = json.loads(told.stdout)
    for sentence in found["refused"]:
        print(sentence, file=sys.stderr)
    return found


def headers(page: dict[str, Any], site: dict[str, Any]) -> dict[str, str]:
    said = {"Cookie": site["cookie"]} if page["signed_in"] else {}
    return said | {"Accept-Encoding": "gzip"} if os.environ.get("GZIP") else said


def etag_of(head: bytes) -> str:
    found = re.search(rb"\r\netag: *([^\r\n]+)", head, re.IGNORECASE)
    return found[1].decode() if found else ""


class Measuring:
    """The servers that are up, and what is asked of them."""

    def __init__(self, big: dict[str, Any], small: dict[str, Any], ports: dict[str, int], bodies: Path) -> None:
        self.big, self.small, self.ports, self.bodies = big, small, ports, bodies
        self.smaller = {(page["name"], page["signed_in"]): page for page in small["pages"]}

    def measure(self, number: int, page: dict[str, Any]) -> dict[str, Any]:
        words = request(page["address"], **headers(page, self.big))
        status, head, body = Line(self.ports["cold"]).take(words)
        (self.bodies / str(number)).write_bytes(body)
        row = {"name": page["name"], "in": page["signed_in"], "sql": page["sql"], "kb": len(body) / 1024, "wrong": 0}
        if page["is_first"]:
            self._rate("kept", words, {"wrong": 0})
            looks = (request(page["address"], Cookie=cookie) for cookie in self.big["cookies"])
            row["made"] = self._rate("kept", looks, row)
            return row | self._bare(number, row)
        anew = {} if page["signed_in"] else ANEW
        row |= self._alone(page, anew)
        row["cold"] = self._rate("cold", words, row)
        row["made"] = self._rate("kept", request(page["address"], **headers(page, self.big) | anew), row)
        if not page["signed_in"] and "/api/" not in page["address"]:
            Line(self.ports["kept"]).take(words)
            row["kept"] = self._rate("kept", words, row)
            _status, head, _body = Line(self.ports["kept"]).take(words)
            if etag := etag_of(head):
                again = request(page["address"], **headers(page, self.big) | {"If-None-Match": etag})
                row["again"] = Line(self.ports["kept"]).take(again)[0]
                row["304"] = self._rate("kept", again, row)
        return row | self._bare(number, row)

    def _bare(self, number: int, row: dict[str, Any]) -> dict[str, float]:
        addresses = {"bare": f"/bare/{number}/", "select": f"/select/{number}/{self.big['film']}/"}
        return {name: self._rate("bare", request(address), row) for name, address in addresses.items()}

    def _alone(self, page: dict[str, Any], more: dict[str, str]) -> dict[str, Any]:
        asked = [(self.ports["kept"], request(page["address"], **headers(page, self.big) | more))]
        other = self.smaller.get((page["name"], page["signed_in"]))
        if other:
            asked.append((self.ports["small"], request(other["address"], **headers(other, self.small) | more)))
        heard = alone(asked, least=LEAST, most=MOST, seconds=SECONDS * 2)
        found = {"p50": heard[0].quantile(0.5), "p95": heard[0].quantile(0.95), "wrong": sum(h.wrong for h in heard)}
        if other:
            found |= {"small p50": heard[1].quantile(0.5), "small p95": heard[1].quantile(0.95)}
        return found

    def _rate(self, server: str, words: bytes | Iterable[bytes], row: dict[str, Any]) -> float:
        heard = together(self.ports[server], words, clients=CLIENTS, seconds=SECONDS)
        row["wrong"] += heard.wrong
        row["answers"] = row.get("answers", 0) + len(heard.times)
        row["client"] = row.get("client", 0.0) + heard.client
        return heard.rate


def main() -> None:
    folder = Path(os.environ.get("BENCH_DIR") or database.data_dir() / "bench").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    scales = {"big": SCALE, "small": SCALE / SMALLER}
    sites = {name: site_of(scale, folder, os.environ.get(name.upper(), "")) for name, scale in scales.items()}
    big, small = (looked(*sites[name]) for name in ("big", "small"))
    rows = []
    with serving.servers(sites, folder) as ports:
        measuring = Measuring(big, small, ports, folder / "bodies")
        for number, page in enumerate(big["pages"]):
            rows.append(measuring.measure(number, page))
            if sys.stderr.isatty():
                print(f"  {len(rows)} of {len(big['pages'])}: {page['name']}", file=sys.stderr, flush=True)
    table.show(rows, sizes(SCALE), sizes(SCALE / SMALLER))


if __name__ == "__main__":
    main()
