"""Reading settings from the environment (or a `.env` file) and refusing values that make no sense."""

import os
import re
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

BASE_DIR = Path(__file__).resolve().parent.parent
QUOTED: Final = re.compile(r"""\s*(["'])(.*)\1\s*(?:\#.*)?""")
COMMENT: Final = re.compile(r"\s\#.*")


class BadSetting(Exception):
    """A setting has a value that cannot be used; the message says which and what to write instead."""


def read_dotenv(path: Path) -> None:
    """Put the `NAME=value  # why` lines of a file into the environment; what is already there wins."""
    if not path.is_file():
        return
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        raise BadSetting(f"{path.name} cannot be read: save it as text in UTF-8") from None
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator:
            raise BadSetting(f"{path.name}, line {number}: write NAME=value")
        quoted = QUOTED.fullmatch(value)
        os.environ.setdefault(name.strip(), quoted[2] if quoted else COMMENT.sub("", value).strip())


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


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number from `least` to `most`. Raises BadSetting for anything else."""
    value = text(name)
    if not value:
        return default
    bounds = f"of at least {least}" if most is None else f"from {least} to {most}"
    if re.fullmatch(r"[+-]?[0-9]{1,18}", value) and least <= int(value) <= (int(value) if most is None else most):
        return int(value)
    raise BadSetting(f"{name} is {value!r}: write a whole number {bounds}")


def seconds(name: str, default: float) -> float:
    """More than nothing, with a decimal point if need be. Raises BadSetting for anything else."""
    value = text(name)
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value) or not float(value):
        raise BadSetting(f"{name} is {value!r}: write a number of seconds, more than 0")
    return float(value)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = text(name, default).lower()
    if value not in allowed:
        raise BadSetting(f"{name} is {value!r}: write one of {', '.join(allowed)}")
    return value


def time_zone(name: str, default: str) -> ZoneInfo:
    """A place of the time zone database, such as Europe/Berlin. Raises BadSetting for what is not in it."""
    value = text(name, default)
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise BadSetting(f"{name} is {value!r}: write a time zone such as Europe/Berlin") from None
