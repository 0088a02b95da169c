"""The Markdown of a text without what is covered in it, for programs whose reader may not have seen the film."""

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from reviews import markup
from reviews.spoilers import BARS, BLANK_LINE, CLOSE, OPEN, slugs_named, split_at_paragraphs

LEFT_OUT: Final = "…"


def without_covered(text: str, kind: markup.Kind) -> str:
    """`>!…!<` for every cover, and the rest as it was written.

    Where covers stand so crookedly that cutting them out of the text would leave some of it, the words alone, without
    marks: nothing that is covered may stay.
    """
    films = dict.fromkeys(slugs_named(text), 1)
    cut = _cut(_cut(split_at_paragraphs(text, films), OPEN, CLOSE), BARS, BARS)
    tokens = markup.read(cut, kind)
    same = markup.plain_text(cut, kind=kind) == markup.plain_text(text, kind=kind)
    return cut if same and set(_covered(tokens)) <= {LEFT_OUT} else markup.plain_text(text, kind=kind)


def _cut(text: str, opening: str, closing: str) -> str:
    parts, done = [], 0
    while (start := text.find(opening, done)) >= 0:
        inside = start + len(opening)
        end = text.find(closing, inside)
        gap = BLANK_LINE.search(text, inside)
        if opening == closing and (end < 0 or text[inside].isspace() or text[end - 1].isspace()):
            parts.append(text[done:inside])
            done = inside
            continue
        if end < 0 or (gap and gap.start() < end):
            # Opened and never closed: it holds until the end of the paragraph.
            end = gap.start() if gap else len(text)
            parts += [text[done:start], f"{OPEN}{LEFT_OUT}{CLOSE}"]
            done = end
            continue
        parts += [text[done:start], f"{OPEN}{LEFT_OUT}{CLOSE}"]
        done = end + len(closing)
    return "".join(parts) + text[done:]


def _covered(tokens: Sequence[Token]) -> Iterator[str]:
    """The words behind each cover, as they stand in its part of the text."""
    behind = 0
    for token in tokens:
        behind += (token.type == "curtain_open") - (token.type == "curtain_close")
        if behind and token.type in ("inline", "fence"):
            yield token.content.strip()
        elif token.type == "inline":
            yield from _veiled(token.children or ())


def _veiled(tokens: Sequence[Token]) -> Iterator[str]:
    words, behind = "", 0
    for token in tokens:
        behind += (token.type == "veil_open") - (token.type == "veil_close")
        words += token.content if behind else ""
        if token.type == "veil_close":
            yield words
            words = ""
