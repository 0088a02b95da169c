"""What a poster is drawn from."""

import hashlib
import random
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A film as the press sees it; `family` and `palette` only where an editor chose them."""

    title: str
    year: int | None = None
    director: str = ""
    genre: str = ""
    original_title: str = ""
    family: str = ""
    palette: str = ""

    def chance(self) -> random.Random:
        """The source of every choice: the same film always throws the same dice."""
        facts = (self.title, "" if self.year is None else str(self.year), self.director, self.genre)
        key = "|".join(unicodedata.normalize("NFC", fact) for fact in facts)
        return random.Random(hashlib.sha256(key.encode("utf-8", "replace")).digest())  # noqa: S311  # dice for pictures
