"""The title of a text: given by its first line, or made from its first sentence."""

import re
from dataclasses import dataclass

from reviews.documents.headings import Heading, is_fact_line
from reviews.documents.layout import Flow, Shape, sentences

LONGEST_TITLE = 120
LABEL = re.compile(r"^(?:title|headline|titre|titel|título)\s*:\s*(.+)$", re.IGNORECASE)
MARKS = re.compile(r"(\*\*|__|[*_`])(?=\S)(.+?)(?<=\S)\1|\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Title:
    text: str
    heading: Heading | None = None  # the line it stands on, when it stands on one


def find(flow: Flow, headings: list[Heading]) -> Title:
    """The title; where none is given, the first sentence, cut between words at 120 characters."""
    for part in flow.parts[:4]:
        if (label := LABEL.match(part.text)) is not None and label[1].strip():
            return Title(shorten(plain(label[1])))
    opening = next((part for part in flow.parts if part.shape is not Shape.RULE and not is_fact_line(part.text)), None)
    if opening is None:
        return Title("")
    first = headings[0] if headings else None
    if first is not None and first.first == opening.first and not _is_section(first, headings):
        return Title(shorten(plain(first.text)), heading=first)
    text = next((part.text for part in flow.parts if _says_something(part.text, part.first, headings)), opening.text)
    found = sentences(plain(text))
    sentence = found[0].text if found else text
    if len(found) > 1 and len(sentence) < 20:  # "Wow." alone tells nobody anything
        sentence = f"{sentence} {found[1].text}"
    return Title(shorten(re.sub(r"(?<![.…])(?<!\b[A-Z])\.$", "", sentence)))


def _says_something(text: str, line: int, headings: list[Heading]) -> bool:
    return not is_fact_line(text) and any(map(str.isalpha, text)) and all(head.first != line for head in headings)


def _is_section(first: Heading, headings: list[Heading]) -> bool:
    """A marked first line is the title unless it is below the first level and others stand beside it."""
    if not first.marked or first.level == 1:
        return False
    return sum(other.level <= first.level for other in headings[1:]) >= 1


def plain(text: str) -> str:
    return " ".join(MARKS.sub(lambda mark: mark[2] or mark[3], text).split())


def shorten(text: str, length: int = LONGEST_TITLE) -> str:
    if len(text) <= length:
        return text
    end = text.rfind(" ", length // 2, length)
    return text[: end if end > 0 else length - 1].rstrip(" ,;:–—-") + "…"
