"""Where the data lives: beside the code and in an embedded PostgreSQL, or wherever the environment says."""

import hashlib
import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from config import embedded, env

# A machine that has gone without a word is given up within some ten seconds, not when the system does, which takes a
# quarter of an hour and, of a connection that waits for an answer, two hours. An address may say otherwise.
GIVEN_UP: Final = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}


def data_dir() -> Path:
    """`DATA_DIR`, else `.data` in the checkout.

    Under root the database runs as a user of its own, who must be able to enter every folder above its files.
    Where one of those is private to root, the data goes to the system's place for it, and no permission is touched.
    """
    if chosen := env.text("DATA_DIR"):
        return Path(chosen).expanduser().absolute()
    usual = env.BASE_DIR / ".data"
    if os.geteuid() != 0 or embedded.enterable(usual):
        return usual
    mark = hashlib.sha256(str(env.BASE_DIR).encode()).hexdigest()[:8]
    return embedded.SYSTEM_DIR / f"{env.BASE_DIR.name}-{mark}"


def limits(process: str) -> dict[str, int | str]:
    """How long, in milliseconds, a process of this kind may keep the database busy or others waiting.

    Pages have seconds, jobs minutes; commands typed by hand, migrations among them, take as long as they need. For
    pages nothing is compiled (`jit`) and no further process started: where PostgreSQL takes a query for a large one,
    that outlasts the answer, and there are others to be answered. What is prepared is planned once, for all values:
    PostgreSQL would plan it anew five times at least, and some of it always, for longer than it then runs.
    """
    if process == "web":
        times: dict[str, int | str] = {
            "statement_timeout": 5_000,
            "lock_timeout": 3_000,
            "idle_in_transaction_session_timeout": 15_000,
        }
        return times | {"jit": 0, "max_parallel_workers_per_gather": 0, "plan_cache_mode": "force_generic_plan"}
    if process == "jobs":
        return {"statement_timeout": 600_000, "idle_in_transaction_session_timeout": 600_000}
    return {}


def address(process: str) -> tuple[str, bool]:
    """Where a process of this kind finds the database, nothing for the embedded one; and whether a pooler is between.

    Pages alone may go through a pooler: jobs wait for notifications, hold locks that outlast a transaction and take
    minutes, as do migrations, and a backup reads one snapshot by several connections.
    """
    url, direct = env.text("DATABASE_URL"), env.text("DATABASE_DIRECT_URL")
    if direct and not url:
        raise env.BadSetting("DATABASE_DIRECT_URL is for what goes around a pooler: set DATABASE_URL to the pooler's")
    if direct and process != "web":
        return direct, False
    return url, env.flag("DATABASE_POOLER", False)


def replica(url: str, process: str) -> dict[str, Any]:
    """Django's settings for a database from which pages may be read. It is reached without a pooler, since a connection
    is asked how far its server is. Tests have but the one database."""
    read_only: dict[str, int | str] = {"default_transaction_read_only": "on"}
    return parse(url, limits(process) | read_only, name="REPLICA_URL") | {"TEST": {"MIRROR": "default"}}


def parse(
    url: str, timeouts: dict[str, int | str] | None = None, *, pooler: bool = False, name: str = ""
) -> dict[str, Any]:
    """Django's settings for a `postgresql://user:password@host:port/name?option=value` address.

    A pooler that lends its connections for a transaction each (PgBouncer) keeps nothing between two: no prepared
    statement, no cursor, and it refuses to pass limits on; `docs/deploying.md` says where they belong then.
    """
    name = name or ("DATABASE_DIRECT_URL" if url == env.text("DATABASE_DIRECT_URL") else "DATABASE_URL")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise env.BadSetting(f"{name} starts with {parts.scheme!r}: write postgresql://…")
    try:
        port = parts.port or ""
    except ValueError:
        raise env.BadSetting(f"{name} has no port where one may be: write postgresql://…@host:5432/name") from None
    options: dict[str, Any] = GIVEN_UP | dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    options["prepare_threshold"] = None if pooler else 0  # what accounts/prepared.py asks is prepared at once
    if timeouts and not pooler:
        sets = [f"-c {name}={value}" for name, value in timeouts.items()]
        options["options"] = " ".join([options.get("options", ""), *sets]).strip()
    return {
        "ENGINE": "config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "intermission",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port),
        "OPTIONS": options,
        "DISABLE_SERVER_SIDE_CURSORS": pooler,
    }
