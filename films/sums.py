"""Sums of money as people read them."""

import re
from typing import Final

from django.contrib.humanize.templatetags.humanize import intcomma, intword

from films.models.money import parts_of

SIGNS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
LARGE: Final = 1_000_000
NOUGHT: Final = re.compile(r"[.,]0(?=\s)")  # of "34.0 million"


def in_words(stored: str) -> str:
    """ "USD 226945087" as "$226.9 million"; nothing for nothing."""
    if (parts := parts_of(stored)) is None:
        return ""
    currency, number = parts
    words = NOUGHT.sub("", str(intword(number))) if number >= LARGE else intcomma(number)
    return f"{SIGNS[currency]}{words}" if currency in SIGNS else f"{currency}\u00a0{words}"


def in_full(stored: str) -> str:
    """ "USD 226945087" as "USD 226,945,087"."""
    parts = parts_of(stored)
    return "" if parts is None else f"{parts[0]}\u00a0{intcomma(parts[1])}"
