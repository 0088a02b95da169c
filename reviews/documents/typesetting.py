"""Plain text as Markdown, so that it is shown as it was meant: short lines become headings, paragraphs stay apart."""

import re

from reviews.documents import headings
from reviews.documents import title as titles
from reviews.documents.headings import Heading
from reviews.documents.layout import Flow, Part, Shape, flow

MARKED = re.compile(
    r"(?<![\w*])\*{1,3}(?=[^\s*])[^*\n]+(?<=\S)\*{1,3}(?![\w*])|(?<!\w)_{1,3}(?=[^\s_])[^_\n]+(?<=\S)_{1,3}(?!\w)|"
    r"\[[^\]\n]+\]\([^)\n]+\)|`[^`\n]+`|<https?://|>!|\|\|\S"
)
SPECIAL = re.compile(r"([\\`*_\[\]<>~|#])")
STRUCTURED = (Shape.HEADING, Shape.ITEM, Shape.QUOTE)


def to_markdown(text: str, *, title: str = "") -> str:
    """`text` with its plain headings marked. A first line that is the `title` is left out: the page shows it.

    A text with Markdown in it keeps it; in one without any, stars and the like stand for themselves.
    """
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    page = flow(plain)
    found = headings.find(page)
    given = titles.find(page, found)
    title_line = given.heading.first if given.heading and given.text == title else None
    by_line = {heading.first: heading for heading in found}
    if any(
        part.shape in STRUCTURED and part.first not in by_line or part.shape is Shape.HEADING for part in page.parts
    ):
        return _mark_headings(plain, by_line, title_line)
    return _rebuild(page, by_line, title_line, is_marked=bool(MARKED.search(plain)) or "```" in plain)


def _rebuild(page: Flow, by_line: dict[int, Heading], title_line: int | None, *, is_marked: bool) -> str:
    set_ = [
        _typeset(part, by_line.get(part.first), is_marked=is_marked) for part in page.parts if part.first != title_line
    ]
    return "\n\n".join(set_) + "\n"


def _typeset(part: Part, heading: Heading | None, *, is_marked: bool) -> str:
    if heading is not None:
        return f"## {heading.text if is_marked else escape(heading.text)}"
    if part.shape is Shape.RULE:
        return "---"
    return part.text if is_marked else escape(part.text)


def escape(text: str) -> str:
    """`text` so that Markdown shows every character of it."""
    escaped = SPECIAL.sub(r"\\\1", text)
    return (
        re.sub(r"^(\d+)([.)])", r"\1\\\2", escaped) if escaped[:1].isdigit() else re.sub(r"^([-+=])", r"\\\1", escaped)
    )


def _mark_headings(text: str, by_line: dict[int, Heading], title_line: int | None) -> str:
    """The text as it is, but for its unmarked headings and its title."""
    lines = text.split("\n")
    for first, heading in by_line.items():
        if first == title_line:
            lines[first : heading.after] = [""] * (heading.after - first)
        elif not heading.marked:
            lines[first : heading.after] = [f"\n## {heading.text}\n"] + [""] * (heading.after - first - 1)
    return "\n".join(lines)
