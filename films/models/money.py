"""Sums of money that a catalogue states, each in the currency in which it was stated: "USD 34000000"."""

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

# What people write instead of the three letters of ISO 4217, where it is clear which they mean.
SIGNS: Final = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW"}
SCALES: Final = {"": 1, "k": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
WRITTEN: Final = re.compile(
    r"(?P<sign>[A-Za-z]{3}|US\$|[$€£¥₹₩])\s*(?P<sum>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>k|m|million|bn|billion)?",
    re.IGNORECASE,
)
STORED: Final = r"^[A-Z]{3} [1-9][0-9]{0,14}$"
LONGEST: Final = 20


def sum_in(words: str) -> str:
    """The sum as it is stored, of "USD 34,000,000", "$34 million" or "34 million EUR". Raises ValidationError."""
    plain = re.sub(r"[\s\u00a0\u202f]+", " ", words).strip()
    turned = re.fullmatch(r"(.*\d.*?)\s*([A-Za-z]{3}|[€£¥₹₩])", plain)  # the currency behind it
    found = WRITTEN.fullmatch(plain) or (turned and WRITTEN.fullmatch(f"{turned[2]} {turned[1]}"))
    if found is None:
        raise ValidationError(_("Write a currency and a sum, such as USD 34,000,000."), code="money")
    whole, _point, part = found["sum"].replace(",", "").partition(".")
    scale = SCALES[(found["scale"] or "").lower()]
    number = int(whole) * scale + int(part or "0") * scale // 10 ** len(part)
    sign = found["sign"]
    stored = f"{SIGNS.get(sign.upper(), sign.upper())} {number}"
    if not re.fullmatch(STORED, stored):
        raise ValidationError(_("Write a currency and a sum, such as USD 34,000,000."), code="money")
    return stored


class MoneyField(models.CharField):
    """A sum with its currency, or nothing. It takes what people write and keeps one form of it."""

    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        usual: dict[str, Any] = {"max_length": LONGEST, "blank": True, "default": "", "db_default": ""}
        super().__init__(verbose_name, **(usual | options))

    def to_python(self, value: Any) -> Any:
        return sum_in(value) if isinstance(value, str) and value.strip() else ""


def parts_of(stored: str) -> tuple[str, int] | None:
    """Currency and sum; None for nothing."""
    currency, _space, number = stored.partition(" ")
    return (currency, int(number)) if number.isdecimal() else None
