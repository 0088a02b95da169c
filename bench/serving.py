"""The servers of bench/pages.py: the site as `make run` serves it, of two databases, and the bare views beside it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from bench.load import HOST, Line, request, together

WITHOUT_LIMITS: Final = {"API_REQUESTS_MEMBER": "1000000000", "API_REQUESTS_ANONYMOUS": "1000000000"}
COLD: Final = {"PAGES_KEPT_MB": "0"}
BARE: Final = {"DJANGO_SETTINGS_MODULE": "bench.bare_settings"}
OF_ALL_FILMS: Final = "/films/?length=long"  # answered when a worker has read all films into memory
CLIENTS, SETTLING = 16, 2.0  # as many as reach both workers, and seconds
FIRST_PORT: Final = int(os.environ.get("PORT", "8201"))


def environment(address: str, folder: Path) -> dict[str, str]:
    return os.environ | WITHOUT_LIMITS | {
        "DATABASE_URL": address, "DATA_DIR": str(folder), "ENV_FILE": os.devnull, "LOG_FORMAT": "plain",
        "DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "only for benchmarks" * 2, "SITE_URL": f"http://{HOST}",
    }  # fmt: skip


@contextmanager
def servers(sites: dict[str, tuple[str, Path]], folder: Path) -> Iterator[dict[str, int]]:
    """All of them, each with two workers, which have read all films; gives their ports."""
    bodies = folder / "bodies"
    bodies.mkdir(exist_ok=True)
    wanted = {"cold": ("big", COLD), "small": ("small", {}), "kept": ("big", {}), "bare": ("big", BARE)}
    running, ports = [], {}
    try:
        for number, (name, (site, more)) in enumerate(wanted.items()):
            ports[name] = FIRST_PORT + number
            own = environment(*sites[site]) | more | {"PORT": str(ports[name]), "BENCH_BODIES": str(bodies)}
            log = open(folder / f"{name}.log", "w")
            running.append(
                subprocess.Popen([sys.executable, "-m", "config.serve"], env=own, stdout=log, stderr=log)  # fmt: skip
            )
        for name, port in ports.items():
            _wait(name, port, folder)
        for name in ports.keys() - {"bare"}:
            together(ports[name], request(OF_ALL_FILMS), clients=CLIENTS, seconds=SETTLING)
        yield ports
    finally:
        for server in running:
            server.terminate()
        for server in running:
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait(name: str, port: int, folder: Path) -> None:
    for _try in range(600):
        with suppress(OSError), socket.create_connection((HOST, port), 1):
            Line(port).take(request("/healthz"))
            return
        time.sleep(0.1)
    sys.exit(f"The server did not start; {folder / name}.log says why.")
