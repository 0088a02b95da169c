"""Jobs for the tests of jobs, and a worker that knows them."""

import os
import time
from pathlib import Path

from config.jobs import job


@job
def linger(path: str) -> None:
    """Says that it began; the first time it then waits to be killed, the second time it says that it is done."""
    note(path, "begun")
    if Path(path).read_text().count("begun") == 1:
        time.sleep(60)
    note(path, "done")


@job
def die(path: str) -> None:
    note(path, "begun")
    os.kill(os.getpid(), 9)


@job
def write(path: str) -> None:
    note(path, "done")


def note(path: str, word: str) -> None:
    with open(path, "a") as file:
        file.write(f"{word}\n")


def work() -> None:
    from config import work

    work.main()
