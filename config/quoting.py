"""What somebody wrote, in a sentence that answers it: quoted, and beside what it may have been meant for."""

from collections.abc import Iterable
from difflib import get_close_matches


def quoted(said: str) -> str:
    """The first 40 characters of what was said, for a sentence about it, without those that cannot be seen."""
    return "".join(letter for letter in said[:40] if letter.isprintable())


def closest(said: str, known: Iterable[str]) -> str:
    """Which of these it may have been meant for; empty where none comes close."""
    return next(iter(get_close_matches(said[:40].lower(), known, n=1)), "")
