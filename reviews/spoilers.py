"""What a writer covers: `>!like this!<` or `||like this||`, inside a paragraph or whole paragraphs.

Rules for the Markdown parser. Nobody should read an ending because its writer forgot a mark, so
a cover that is opened and never closed holds until the end of its paragraph, and one that reaches
over several paragraphs covers each of them.

`>!like this!<{the-sixth-sense-1999}` is a cover for another film than the one that the text is about. The films that
are known to the parser stand in its env; a name that is not among them stays as the text that was typed.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

OPEN, CLOSE, BARS = ">!", "!<", "||"
COUNT = "curtains"  # in the parser's env: how many covers the text has
FILMS = "films"  # in the parser's env: the number of each film, by the slug that the text may name it by
INSIDE = "behind a curtain"
BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
PAIRS = {"strong_open", "em_open", "s_open", "link_open"}
# A film after a cover: its slug, or the address of its page.
NAME: Final = re.compile(r"\{[ \t]*(?:[^\s{}]*/films/)?([\w-]{1,120})/?[ \t]*\}", re.ASCII)
NAMED: Final = re.compile(rf"(?:!<|\|\|){NAME.pattern}", re.ASCII)


class Named(NamedTuple):
    """What is named after a cover: the number of the film, 0 for none that is known, and where the text goes on."""

    number: int
    after: int


def slugs_named(text: str) -> list[str]:
    """What stands after the covers of `text` as the name of a film, each once, in order."""
    return list(dict.fromkeys(NAMED.findall(text)))


def _named(text: str, start: int, end: int, films: Mapping[str, int]) -> Named:
    found = NAME.match(text, start, end)
    number = films.get(found[1], 0) if found else 0
    return Named(number, found.end() if found and number else start)


def teach(parser: MarkdownIt) -> None:
    parser.inline.add_terminator_char("|")
    parser.inline.ruler.before("emphasis", "veil", _veil)
    parser.block.ruler.before("blockquote", "curtain", _curtain, {"alt": ["paragraph", "blockquote", "list"]})
    parser.block.ruler.at("blockquote", _quote, {"alt": ["paragraph", "blockquote", "list"]})
    parser.core.ruler.push("veils", _mark_veiled)


def split_at_paragraphs(text: str, films: Mapping[str, int]) -> str:
    """`text` with covers that reach over blank lines closed before each and opened again after it."""
    for opening, closing in ((OPEN, CLOSE), (BARS, BARS)):
        text = _split(text, opening, closing, films)
    return text


def _split(text: str, opening: str, closing: str, films: Mapping[str, int]) -> str:
    parts: list[str] = []
    done = 0
    while (start := text.find(opening, done)) >= 0:
        inside = start + len(opening)
        end = text.find(closing, inside)
        if end < 0:
            break
        covered = text[inside:end]
        if opening == closing and (covered[:1].isspace() or covered[-1:].isspace()):
            # "this || that": two bars with room around them are not a cover.
            parts.append(text[done:end])
            done = end
            continue
        after = end + len(closing)
        named = text[after : _named(text, after, len(text), films).after]
        parts += [text[done:inside], *_seamed(covered.strip("\n") or covered, closing + named, opening), closing]
        done = after
    return "".join(parts) + text[done:]


def _seamed(covered: str, before: str, after: str) -> Iterator[str]:
    """The covered paragraphs, with what stands between them set in marks on both sides."""
    done = 0
    for gap in BLANK_LINE.finditer(covered):
        yield from (covered[done : gap.start()], before, gap[0], after)
        done = gap.end()
    yield covered[done:]


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's block quote, but `>!` opens a cover."""
    if state.src.startswith(OPEN, state.bMarks[start] + state.tShift[start]):
        return False
    return blockquote(state, start, end, silent)


def _paragraph_end(state: StateBlock, start: int, end: int) -> int:
    line = start
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    return line


class _Covered(NamedTuple):
    words: str
    stop: int  # the line after it
    number: int  # of the film that is named


def _covered_paragraph(state: StateBlock, start: int, end: int) -> _Covered | None:
    """The covered text of the paragraph that starts here; None when it is not all covered."""
    stop = _paragraph_end(state, start, end)
    text = state.getLines(start, stop, state.blkIndent, False).strip()
    if not text.startswith(OPEN):
        return None
    close = text.find(CLOSE, len(OPEN))
    if close < 0:
        return _Covered(text[len(OPEN) :].strip(), stop, 0)
    words, after = text[len(OPEN) : close].strip(), close + len(CLOSE)
    named = _named(text, after, len(text), state.env[FILMS])
    if named.after == len(text):
        return _Covered(words, stop, named.number)
    # A name that nobody knows is text, and goes behind the curtain with the rest of its paragraph.
    unknown = NAME.fullmatch(text, after)
    return _Covered(f"{words} {unknown[0]}", stop, 0) if words and unknown else None


def _curtain(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Paragraphs that are covered whole, put behind one curtain when they follow each other."""
    if state.env.get(INSIDE) or not state.src.startswith(OPEN, state.bMarks[start] + state.tShift[start]):
        return False
    found = _covered_paragraph(state, start, end)
    if found is None or not found.words:
        return False
    if silent:
        return True
    words, film = [], found.number
    while found and found.words and found.number == film:
        words.append(found.words)
        state.line = line = found.stop
        while line < end and state.isEmpty(line):
            line += 1
        within = line < end and state.sCount[line] >= state.blkIndent
        found = _covered_paragraph(state, line, end) if within else None
    state.env[COUNT] = state.env.get(COUNT, 0) + 1
    opening = state.push("curtain_open", "details", 1)
    opening.block, opening.meta = True, {"number": state.env[COUNT], "film": film}
    state.env[INSIDE] = True
    state.md.block.parse("\n\n".join(words), state.md, state.env, state.tokens)
    state.env[INSIDE] = False
    state.push("curtain_close", "details", -1).block = True
    return True


def _veil(state: StateInline, silent: bool) -> bool:
    """A few covered words inside a paragraph."""
    opening = next((mark for mark in (OPEN, BARS) if state.src.startswith(mark, state.pos)), None)
    if opening is None or state.env.get(INSIDE):
        return False
    closing = CLOSE if opening == OPEN else BARS
    inside = state.pos + len(opening)
    end = _find(state, closing, inside)
    if end < 0 and opening == OPEN:
        end = state.posMax
    words = state.src[inside:end] if end >= 0 else ""
    named = _named(state.src, end + len(closing), state.posMax, state.env[FILMS])
    if not words.strip() or (opening == BARS and (words[0].isspace() or words[-1].isspace())):
        return False
    if not silent:
        state.env[COUNT] = state.env.get(COUNT, 0) + 1
        state.push("veil_open", "details", 1).meta = {"film": named.number}
        state.env[INSIDE] = True
        # Into a list of its own: joining text in a shared one would shift the places of open `**`.
        covered: list[Token] = []
        state.md.inline.parse(words.strip(), state.md, state.env, covered)
        state.tokens.extend(covered)
        state.env[INSIDE] = False
        state.push("veil_close", "details", -1)
    state.pos = min(named.after, state.posMax)
    return True


def _find(state: StateInline, mark: str, start: int) -> int:
    """Where `mark` is next, remembered when it is nowhere: thousands of openings must not each search again."""
    missing = state.env.setdefault("missing", {})
    if missing.get(mark) == (state.src, state.posMax):
        return -1
    end = state.src.find(mark, start, state.posMax)
    if end < 0:
        missing[mark] = (state.src, state.posMax)
    return end


def _mark_veiled(state: Any) -> None:
    """Say which paragraphs hold a veil, and keep bold, italics and links from reaching over its edges."""
    for index, block in enumerate(state.tokens):
        if block.type != "inline" or not any(child.type == "veil_open" for child in block.children or []):
            continue
        block.children = _cut_at_veils(block.children)
        for edge in (state.tokens[index - 1], state.tokens[index + 1]):
            edge.meta["veiled"] = True
            if edge.type.startswith("heading"):
                # A heading would show up in the list of contents, and may not hold `details`.
                edge.type, edge.tag = edge.type.replace("heading", "paragraph"), "p"


def _cut_at_veils(children: list[Token]) -> list[Token]:
    """`**a >!b!< c**` as bold a, veiled b, bold c: `details` may not stand inside `strong` or `a`."""
    whole: list[Token] = []
    open_pairs: list[Token] = []
    depth = 0
    for token in children:
        if token.type == "veil_open":
            whole += [_closing(pair) for pair in reversed(open_pairs)]
            depth += 1
        if not depth and token.type in PAIRS:
            open_pairs.append(token)
        elif not depth and open_pairs and token.type == open_pairs[-1].type.replace("_open", "_close"):
            open_pairs.pop()
        whole.append(token)
        if token.type == "veil_close":
            depth -= 1
            whole += open_pairs
    return _without_empty_pairs(whole)


def _closing(opening: Token) -> Token:
    return Token(opening.type.replace("_open", "_close"), opening.tag, -1)


def _without_empty_pairs(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.type == "text" and not token.content:
            continue
        if kept and kept[-1].type in PAIRS and token.type == kept[-1].type.replace("_open", "_close"):
            kept.pop()
        else:
            kept.append(token)
    return kept
