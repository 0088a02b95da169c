"""Which years there can be figures of."""

from datetime import date
from typing import Final

FIRST: Final = 1888  # of the oldest film that is left


def is_year(year: int, today: date) -> bool:
    """Until the next one, which has begun somewhere when it has not here."""
    return FIRST <= year <= today.year + 1
