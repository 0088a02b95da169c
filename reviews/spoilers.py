"""What a writer covers: `>!like this!<` or `||like this||`, inside a paragraph or whole paragraphs.

Rules for the Markdown parser. Nobody should read an ending because its writer forgot a mark, so
a cover that is opened and never closed holds until the end of its paragraph, and one that reaches
over several paragraphs covers each of them.
"""

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

OPEN, CLOSE, BARS = ">!", "!<", "||"
COUNT = "curtains"  # in the parser's env: how many covers the text has
INSIDE = "behind a curtain"
BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
PAIRS = {"strong_open", "em_open", "s_open", "link_open"}


def teach(parser: MarkdownIt) -> None:
    parser.inline.add_terminator_char("|")
    parser.inline.ruler.before("emphasis", "veil", _veil)
    parser.block.ruler.before("blockquote", "curtain", _curtain, {"alt": ["paragraph", "blockquote", "list"]})
    parser.block.ruler.at("blockquote", _quote, {"alt": ["paragraph", "blockquote", "list"]})
    parser.core.ruler.push("veils", _mark_veiled)


def split_at_paragraphs(text: str) -> str:
    """`text` with covers that reach over blank lines closed before each and opened again after it."""
    for opening, closing in ((OPEN, CLOSE), (BARS, BARS)):
        text = _split(text, opening, closing)
    return text


def _split(text: str, opening: str, closing: str) -> str:
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
        covered = BLANK_LINE.sub(lambda gap: closing + gap[0] + opening, covered.strip("\n") or covered)
        parts += [text[done:inside], covered, closing]
        done = end + len(closing)
    return "".join(parts) + text[done:]


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


def _covered_words(state: StateBlock, start: int, end: int) -> tuple[str, int] | None:
    """The covered text of the paragraph that starts here, and the line after it; None when it is not all covered."""
    stop = _paragraph_end(state, start, end)
    text = state.getLines(start, stop, state.blkIndent, False).strip()
    if not text.startswith(OPEN):
        return None
    close = text.find(CLOSE, len(OPEN))
    if close >= 0 and close != len(text) - len(CLOSE):
        return None
    return text[len(OPEN) : close if close >= 0 else None].strip(), stop


def _curtain(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Paragraphs that are covered whole, put behind one curtain when they follow each other."""
    if state.env.get(INSIDE) or not state.src.startswith(OPEN, state.bMarks[start] + state.tShift[start]):
        return False
    found = _covered_words(state, start, end)
    if found is None or not found[0]:
        return False
    if silent:
        return True
    words = []
    while found and found[0]:
        words.append(found[0])
        state.line = line = found[1]
        while line < end and state.isEmpty(line):
            line += 1
        within = line < end and state.sCount[line] >= state.blkIndent
        found = _covered_words(state, line, end) if within else None
    state.env[COUNT] = state.env.get(COUNT, 0) + 1
    opening = state.push("curtain_open", "details", 1)
    opening.block, opening.meta = True, {"number": state.env[COUNT]}
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
    if not words.strip() or (opening == BARS and (words[0].isspace() or words[-1].isspace())):
        return False
    if not silent:
        state.env[COUNT] = state.env.get(COUNT, 0) + 1
        state.push("veil_open", "details", 1)
        state.env[INSIDE] = True
        # Into a list of its own: joining text in a shared one would shift the places of open `**`.
        covered: list[Token] = []
        state.md.inline.parse(words.strip(), state.md, state.env, covered)
        state.tokens.extend(covered)
        state.env[INSIDE] = False
        state.push("veil_close", "details", -1)
    state.pos = min(end + len(closing), state.posMax)
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
