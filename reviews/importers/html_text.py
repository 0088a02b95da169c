"""Reviews that came as HTML, as the Markdown of the house: nothing but emphasis, links, quotations and paragraphs.

What it writes is text like any other; reviews/markup.py makes safe HTML of it. Signs that would mean something in
Markdown are escaped, and marks that were never closed end with their paragraph.
"""

import re
from html.parser import HTMLParser
from typing import Final

SPECIAL: Final = re.compile(r"([\\`*\[\]<])|(?<![^\W_])(_)|(_)(?![^\W_])|(~)(?=~)|(\|)(?=\|)")
AT_START: Final = re.compile(r"(?m)^(\s*)(#{1,6}(?=\s)|>|[-+](?=\s)|={2,}|-{2,})")
NUMBERED: Final = re.compile(r"(?m)^(\s*\d{1,9})([.)])(?=\s)")
BLANK: Final = re.compile(r"\n[ \t\u00a0]*\n\s*")
MAY_SPOIL: Final = re.compile(r"^\W*this review may contain spoilers\W*", re.I)
ITALIC: Final = frozenset({"i", "em", "cite"})
BOLD: Final = frozenset({"b", "strong"})
SILENT: Final = frozenset({"script", "style", "template", "title"})
BLOCKS: Final = frozenset({"p", "div", "blockquote", "ul", "ol", "li"})

type Run = tuple[str, bool, bool, str]  # words, italic, bold, address


class _Reader(HTMLParser):
    """Gathers runs of text by how they look."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[tuple[bool, list[Run]]] = []
        self.runs: list[Run] = []
        self.italic = self.bold = self.quoted = False
        self.silent, self.address = 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.end_paragraph()
        if tag == "br":
            self.runs.append(("\n", False, False, ""))
        elif tag == "a":
            address = (dict(attrs).get("href") or "").strip()
            self.address = address if re.match(r"https?://[^\s()<>\\]+$", address, re.I) else ""
        self.italic, self.bold = self.italic or tag in ITALIC, self.bold or tag in BOLD
        self.quoted, self.silent = self.quoted or tag == "blockquote", self.silent + (tag in SILENT)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_paragraph()
        if tag == "a":
            self.address = ""
        self.italic, self.bold = self.italic and tag not in ITALIC, self.bold and tag not in BOLD
        self.quoted, self.silent = self.quoted and tag != "blockquote", max(0, self.silent - (tag in SILENT))

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        first, *others = BLANK.split(data)
        self.runs.append((first, self.italic, self.bold, self.address))
        for other in others:
            self.end_paragraph()
            self.runs.append((other, self.italic, self.bold, self.address))

    def end_paragraph(self) -> None:
        if any(words.strip() for words, *_look in self.runs):
            self.paragraphs.append((self.quoted, self.runs))
        self.runs, self.italic, self.bold, self.address = [], False, False, ""


def to_markdown(html: str) -> tuple[str, bool]:
    """The text as Markdown, and whether it began by warning of spoilers."""
    reader = _Reader()
    text = html.replace("\0", "").replace("\ufeff", "").replace("\r\n", "\n")
    # A `<` that begins no tag is a sign like any other: "I <3 this".
    reader.feed(re.sub(r"<(?![a-zA-Z/!])", "&lt;", text))
    reader.close()
    reader.end_paragraph()
    blocks = [_paragraph(runs, quoted=quoted) for quoted, runs in reader.paragraphs]
    words = "\n\n".join(block for block in blocks if block)
    without = MAY_SPOIL.sub("", words)
    return (without or words), without != words


def _paragraph(runs: list[Run], *, quoted: bool) -> str:
    joined: list[Run] = []
    for words, italic, bold, address in runs:
        if joined and joined[-1][1:] == (italic, bold, address):
            joined[-1] = (joined[-1][0] + words, italic, bold, address)
        else:
            joined.append((words, italic, bold, address))
    text = "".join(_run(*run) for run in joined)
    lines = [" ".join(line.split()) for line in text.strip().split("\n")]
    text = NUMBERED.sub(r"\1\\\2", AT_START.sub(r"\1\\\2", "\n".join(lines)))
    return "\n".join(f"> {line}" for line in text.split("\n")) if quoted else text


def _run(words: str, italic: bool, bold: bool, address: str) -> str:
    plain = SPECIAL.sub(lambda sign: "\\" + sign[0], words)
    inner = plain.strip()
    if not inner:
        return plain
    before, after = plain[: len(plain) - len(plain.lstrip())], plain[len(plain.rstrip()) :]
    mark = "*" * (italic + 2 * bold)
    marked = "\n".join(f"{mark}{line.strip()}{mark}" if line.strip() else "" for line in inner.split("\n"))
    return f"{before}{f'[{marked}]({address})' if address else marked}{after}"
