"""How the site is served, as settings say. Read before anything runs, so that a wrong one is told at once."""

from typing import Final

from config import env

STALE_SECONDS: Final = 30
OTHERS: Final = 10  # connections of the job worker, nine, and of a command beside it


def port() -> int:
    return env.number("PORT", 8000, least=1, most=65_535)


def workers() -> int:
    return env.number("WEB_WORKERS", 2, least=1, most=256)


def threads() -> int:
    """Of each worker."""
    return env.number("WEB_THREADS", 4, least=1, most=256)


def waiting() -> int:
    """Requests that may wait for a worker."""
    return env.number("WEB_WAITING", 320)


def patience() -> int:
    """Seconds that one may have to wait."""
    return env.number("WEB_PATIENCE", 5, least=1)


def largest_body() -> int:
    """In bytes."""
    return env.number("LARGEST_BODY_MB", 32, least=1) * 2**20


def stale_after() -> float:
    """Seconds after which a silent job worker counts as dead."""
    return env.seconds("WORKER_STALE_SECONDS", STALE_SECONDS)


def refuse_more_than(granted: int, *, to_pages: bool) -> None:
    """Raise BadSetting where the site would need more connections than the database grants it."""
    pages = workers() * (threads() + 1) if to_pages else 0  # one a worker for what passes those who wait
    if pages + OTHERS > granted:
        raise env.BadSetting(
            f"The database grants {granted} connections, and WEB_WORKERS × (WEB_THREADS + 1) + {OTHERS} is "
            f"{pages + OTHERS}: lower WEB_WORKERS or WEB_THREADS, or raise the database's max_connections"
        )


def check() -> None:
    """Raise BadSetting for the first that is wrong."""
    for read in (port, workers, threads, waiting, patience, largest_body, stale_after):
        read()
