"""What a reader wrote into an address, read; and a sentence for what makes no sense."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from config.quoting import quoted
from films.choices import Choices

LARGEST: Final = 9_999_999


def choose(kind: str, said: str, choices: Choices, notices: list[str]) -> str:
    """The slug or code for what was said; empty where nothing is called so."""
    said = said.strip()
    found = choices.find(kind, said) if said else ""
    if said and not found:
        notices.append(
            _("No film here has the %(kind)s “%(said)s”, so it is left out.")
            % {"kind": called(kind), "said": quoted(said)}
        )
    return found


def few(said: Iterable[str], most: int, notices: list[str]) -> list[str]:
    """Each once, and no more of them than so many."""
    words = list(dict.fromkeys(said))
    if len(words) > most:
        notices.append(
            _("At most %(most)d of one kind can be asked for, so “%(said)s” and what follows is left out.")
            % {"most": most, "said": quoted(words[most])}
        )
    return words[:most]


def called(kind: str) -> str:
    """What people call one of the kind."""
    return {
        "genre": _("genre"), "country": _("country"), "language": _("language"), "service": _("service"),
        "company": _("company"), "franchise": _("franchise"), "note": _("content note"),
        "access": _("accessibility feature"), "certificate": _("certificate"), "person": _("person"),
    }[kind]  # fmt: skip


def pick(said: str, known: Mapping[str, object], notices: list[str]) -> str:
    if said and said not in known:
        notices.append(
            _("“%(said)s” is not one of %(known)s, so it is left out.")
            % {"said": quoted(said), "known": ", ".join(known)}
        )
    return said if said in known else ""


def number(said: str, notices: list[str]) -> int | None:
    said = said.strip()
    if said and not (re.fullmatch(r"\d{1,7}", said, re.ASCII) and int(said)):
        notices.append(
            _("“%(said)s” is not a number from 1 to %(largest)d, so it is left out.")
            % {"said": quoted(said), "largest": LARGEST}
        )
        return None
    return int(said) if said else None


def stars(said: str, notices: list[str]) -> str:
    plain = said.removesuffix(".0")
    if said and not re.fullmatch(r"0\.5|[1-4](\.5)?|5", plain):
        notices.append(_("“%(said)s” is not a rating. Write 0.5, 1, 1.5 and so on up to 5.") % {"said": quoted(said)})
        return ""
    return plain
