"""Reading settings from the environment (or a `.env` file) and refusing values that make no sense."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


class BadSetting(Exception):
    """A setting has a value that cannot be used; the message says which and what to write instead."""


def read_dotenv(path: Path) -> None:
    """Put the `NAME=value` lines of a file into the environment; what is already there wins."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator:
            raise BadSetting(f"{path.name}, line {number}: write NAME=value")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        os.environ.setdefault(name.strip(), value)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} is {value!r}: write yes or no")


def number(name: str, default: int) -> int:
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{name} is {value!r}: write a whole number") from None


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = text(name, default).lower()
    if value not in allowed:
        raise BadSetting(f"{name} is {value!r}: write one of {', '.join(allowed)}")
    return value
