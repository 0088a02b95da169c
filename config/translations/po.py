"""Reading a catalogue: what the site says, and what it says in another language."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import c2py
from pathlib import Path
from typing import Final

LINE: Final = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[([0-9])\])? )?("(?:[^"\\]|\\.)*")')
BEGINS: Final = re.compile("#|msgctxt |msgid ")
PLURALS: Final = re.compile(r"nplurals *= *([1-6]) *; *plural *= *([^;\n]+);")


class CannotBeRead(Exception):
    """The file is no catalogue; the message says where."""


@dataclass
class Message:
    """One sentence. `says` has one text, or one for each of the language's plural forms."""

    context: str | None = None
    asks: str = ""
    asks_many: str | None = None
    says: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False
    line: int = 0

    @property
    def is_done(self) -> bool:
        return bool(self.says) and all(self.says.values()) and not self.fuzzy


@dataclass(frozen=True)
class Catalogue:
    """A language's file. `plurals` is how many forms its header declares."""

    header: str
    messages: list[Message]
    plurals: int


def read(path: Path) -> Catalogue:
    """Raises CannotBeRead."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        raise CannotBeRead(f"{path} is not UTF-8") from None
    found = list(_messages(path, lines))
    if not found or found[0].asks or not (header := found[0].says.get(0, "")):
        raise CannotBeRead(f"{path} does not begin with a header")
    declared = PLURALS.search(header)
    try:
        c2py(declared[2] if declared else "")
    except (TypeError, ValueError):
        raise CannotBeRead(f"{path} does not say how many plural forms the language has: see Plural-Forms") from None
    return Catalogue(header, found[1:], int(declared[1] if declared else 1))


def _messages(path: Path, lines: list[str]) -> Iterator[Message]:
    message, key, form = Message(), "", 0
    for number, line in enumerate([*lines, ""], start=1):
        if key == "msgstr" and BEGINS.match(line):  # gettext asks for no empty line between two
            yield message
            message, key = Message(), ""
        if not line.strip() or line.startswith("#~"):
            if key:
                yield message
            message, key = Message(), ""
        elif line.startswith("#"):
            message.fuzzy |= line.startswith("#,") and "fuzzy" in line
        elif (part := LINE.fullmatch(line.strip())) and (part[1] or key):
            if part[1]:
                key, form = part[1], int(part[2] or 0)
                message.line = message.line or number
            _add(message, key, form, ast.literal_eval(part[3]))
        else:
            raise CannotBeRead(f"{path}, line {number}: this is no line of a catalogue")


def _add(message: Message, key: str, form: int, text: str) -> None:
    if key == "msgctxt":
        message.context = (message.context or "") + text
    elif key == "msgid":
        message.asks += text
    elif key == "msgid_plural":
        message.asks_many = (message.asks_many or "") + text
    else:
        message.says[form] = message.says.get(form, "") + text
