"""What a source writes, as our columns can hold it. Whatever is unknown or makes no sense is None or ""."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.core.exceptions import ValidationError

from films.models.film import FIRST_YEAR, LAST_YEAR
from films.models.money import sum_in
from films.record import plain
from films.seed.cleaning import clean_text

CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
UNKNOWN: Final = frozenset({"", "n/a", "none", "null", "unknown", "\\n", "-"})
LONGEST_RUNTIME: Final = 6000


def line(value: Any, longest: int = 250) -> str:
    """The value as one line of text, or "" if it is no text or longer than `longest`."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    text = clean_text(_storable(str(value)))
    return text if len(text) <= longest else ""


def cut_line(value: Any, longest: int) -> str:
    """The value as one line of text, cut off with an ellipsis if it is longer than `longest`."""
    text = line(value, 1_000_000)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def paragraphs(value: Any, longest: int = 3000) -> str:
    """A text with its line breaks, cut after a word."""
    if not isinstance(value, str):
        return ""
    text = unicodedata.normalize("NFC", _storable(value)).replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def whole(value: Any, lowest: int, highest: int) -> int | None:
    """A whole number within these bounds, also when it is written as text."""
    try:
        number = int(str(value).strip()) if not isinstance(value, float) else round(value)
    except (ValueError, OverflowError):
        return None
    return number if lowest <= number <= highest else None


def year_of(value: Any) -> int | None:
    """The year of "2017", 2017 or "2017-06-28"."""
    found = re.match(r"\s*(\d{4})(?:\D|$)", str(value))
    return whole(found[1], FIRST_YEAR, LAST_YEAR) if found else None


def runtime(value: Any) -> int | None:
    return whole(value, 1, LONGEST_RUNTIME)


def day(value: Any) -> str | None:
    """A whole date as ISO has it: of "2017-06-28" or "2017-06-28T00:00:00.000Z"."""
    if not isinstance(value, str) or not (found := re.match(r"\s*\+?(\d{4})-(\d\d)-(\d\d)(?:T|\s|$)", value)):
        return None
    try:
        known = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return known.isoformat() if FIRST_YEAR <= known.year <= LAST_YEAR else None


def number(value: Any, highest: int, places: str = "0.01") -> str | None:
    """A score as the record has it: "7.96"."""
    try:
        figure = Decimal(str(value)).quantize(Decimal(places))
    except (InvalidOperation, ValueError):
        return None
    return str(plain(figure)) if figure.is_finite() and 0 <= figure <= highest else None


def money(currency: str, amount: Any) -> str:
    """A sum as the record has it: "USD 34000000". Nothing for less than a thousand, which is a slip or in millions."""
    known = whole(amount, 1_000, 10**15 - 1)
    return f"{currency} {known}" if known and currency else ""


def sum_of(value: Any) -> str | None:
    """The same of what somebody wrote: "$34 million"."""
    try:
        return sum_in(str(value))
    except ValidationError:
        return None


def is_unknown(value: str) -> bool:
    """Whether somebody wrote that they do not know."""
    return value.strip().lower() in UNKNOWN


def _storable(text: str) -> str:
    """Without what no database holds: NUL and other controls, halves of characters."""
    return CONTROLS.sub("", text.encode("utf-8", "replace").decode())
