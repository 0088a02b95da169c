"""Whether others can read what somebody typed: nothing in a line of words is unseen, or turns the writing round."""

import unicodedata
from itertools import groupby
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

JOINERS: Final = frozenset("\u200c\u200d") | {chr(sign) for sign in range(0xE0020, 0xE0080)}  # Persian, emoji, flags
# They show nothing: fillers of Hangul, an empty cell of Braille, vowels of Khmer that are never drawn.
BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})
MOST_ACCENTS: Final = 4  # on one letter; more climb over the lines above


def one_line(said: str) -> str:
    """Names, titles and tags as they are kept. Empty where nobody would see anything of it."""
    normal = unicodedata.normalize("NFC", " ".join(said.split()))
    shown = "".join(sign for sign in normal if sign in JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    return " ".join(_with_few_accents(shown).split()) if is_legible(shown) else ""


def line_of(said: str, field: str = "") -> str:
    """The same for what curators name. Raises ValidationError, of a field, where something was typed and none shows."""
    line = one_line(said)
    if said.strip() and not line:
        told = [_("Nothing of this can be seen. Write it with letters or signs that show.")]
        raise ValidationError({field: told} if field else told)
    return line


def is_legible(said: str) -> bool:
    """Whether there is anything to see."""
    return any(sign not in BLANK and unicodedata.category(sign) not in UNSEEN for sign in said)


def _with_few_accents(said: str) -> str:
    runs = groupby(said, key=lambda sign: unicodedata.category(sign) in {"Mn", "Me"})
    return "".join("".join(list(run)[:MOST_ACCENTS] if is_accent else run) for is_accent, run in runs)
