"""Members' Markdown → safe HTML. The only place that does it.

Two fences, each enough by itself: the parser knows no raw HTML, and what it writes goes through a
sanitiser with a short list of tags. The HTML is stored beside the text; pages only print it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, Literal
from urllib.parse import urlsplit

import nh3
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from reviews import mentions as naming
from reviews import spoilers
from reviews.models.article import LONGEST_ARTICLE
from reviews.models.comment import LONGEST_COMMENT
from reviews.models.essay import LONGEST_ESSAY
from reviews.models.review import LONGEST_BODY

type Kind = Literal["review", "comment", "bio", "article", "essay"]

LONGEST_BIO = 1_000
LIMITS: dict[Kind, int] = {
    "review": LONGEST_BODY, "comment": LONGEST_COMMENT, "bio": LONGEST_BIO, "article": LONGEST_ARTICLE,
    "essay": LONGEST_ESSAY,
}  # fmt: skip
READ_ALONE = ("article", "essay")
DEEPEST_NESTING = 20
EXCERPT_LENGTH = 280
# Beyond so many, covers are written in their short form: a text must not grow twentyfold.
MOST_CURTAINS = 12
DEEPEST_HEADING = 4
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow ugc noopener noreferrer"
ADDRESS = re.compile(r"https?://[^\s<>\"'`|\\^{}\[\]]{1,2000}", re.IGNORECASE)

ALWAYS = ("text", "newline", "escape", "backticks", "emphasis", "strikethrough", "link", "autolink", "entity")
BLOCKS = ("paragraph", "blockquote", "list", "fence")
HEADED = ("heading", "lheading", "hr")

CLEANER = nh3.Cleaner(
    tags={
        "a", "blockquote", "br", "code", "details", "div", "em", "h2", "h3", "h4", "hr", "li", "ol",
        "p", "pre", "s", "span", "strong", "summary", "ul",
    },
    attributes={"a": {"href"}, "details": {"data-of"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "ol": {"start"}},
    allowed_classes={
        "details": {"spoiler", "veil"},
        "div": {"para", "spoiler-body", "veil-text"},
        "span": {"mention", "when-shut", "when-open", "veil-text"},
        "hr": {"pause"},
    },
    link_rel=REL,
    url_schemes=SCHEMES,
    url_relative="deny",
)  # fmt: skip


class TooLong(ValueError):
    """The text is longer than its kind may be; it has not been parsed."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: `level` 2 to 4 as in the HTML, `id` as in the address bar."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    html: str
    headings: tuple[Heading, ...]
    excerpt: str


def render(
    text: str,
    *,
    kind: Kind = "review",
    films: Mapping[str, int] | None = None,
    mentions: naming.Mentions | None = None,
) -> Rendered:
    """The HTML of `text`, its headings, and an excerpt that shows nothing that is covered.

    `films`: the numbers (from 1) of the films that the text may name as spoilt, by slug; the covers carry them.
    `mentions` knows who is named after an `@`. Comments and bios have no headings. Raises TooLong beyond `LIMITS`.
    """
    if len(text) > LIMITS[kind]:
        raise TooLong(_("The text is %(count)d characters long; at most %(limit)d are allowed.") % {
            "count": len(text), "limit": LIMITS[kind],
        })  # fmt: skip
    parser = _parser(kind)
    env: dict[str, Any] = {spoilers.FILMS: films or {}}
    tokens = parser.parse(spoilers.split_at_paragraphs(text, films or {}), env)
    headings = _name_headings(tokens, "s-" if kind in READ_ALONE else _prefix(text))
    naming.mark_names(tokens)
    html = naming.link_names(CLEANER.clean(parser.renderer.render(tokens, parser.options, env)), mentions)
    return Rendered(html, headings, shorten(_words(tokens), EXCERPT_LENGTH))


def plain_text(text: str, *, kind: Kind = "review") -> str:
    """The words of `text` without marks, one paragraph a line; what is covered becomes an ellipsis."""
    return _words(read(text, kind))


def read(text: str, kind: Kind) -> list[Token]:
    """The text as its parser sees it, when every film that it names is known."""
    text = text[: LIMITS[kind]]
    films = dict.fromkeys(spoilers.slugs_named(text), 1)
    return _parser(kind).parse(spoilers.split_at_paragraphs(text, films), {spoilers.FILMS: films})


def excerpt(text: str, length: int = EXCERPT_LENGTH, *, kind: Kind = "review") -> str:
    """The beginning of `text` for feeds, cards, descriptions and mails, cut between words."""
    return shorten(plain_text(text, kind=kind), length)


@cache
def _parser(kind: Kind) -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "maxNesting": DEEPEST_NESTING, "breaks": kind != "article"})
    parser.enable([*ALWAYS, *BLOCKS, *(HEADED if kind in ("review", *READ_ALONE) else ())], ignoreInvalid=True)
    parser.inline.ruler2.enable(["balance_pairs", "strikethrough", "emphasis", "fragments_join"])
    spoilers.teach(parser)
    parser.core.ruler.push("addresses", _link_addresses)
    # The parser asks this before it makes a link; a refused one stays as the text that was typed.
    parser.validateLink = _may_link  # type: ignore[method-assign]  # the library's documented way to replace it
    for name, rule in {
        "hr": _write_pause,
        "paragraph_open": _write_paragraph,
        "paragraph_close": _write_paragraph,
        "veil_open": _write_veil,
        "veil_close": _write_veil,
        "curtain_open": _write_curtain,
        "curtain_close": _write_curtain,
        "fence": _write_fence,
        "mention": naming.write_mention,
    }.items():
        parser.add_render_rule(name, rule)
    return parser


def _may_link(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme == "mailto" or (parts.scheme in SCHEMES and bool(parts.netloc))


def _prefix(text: str) -> str:
    """Several reviews may stand on one page, so the ids in each start with something of its own."""
    return f"r{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:6]}-"


def _name_headings(tokens: Sequence[Token], prefix: str) -> tuple[Heading, ...]:
    """Give headings their level and id, in place. The first is `h2`, and none skips a level."""
    found: list[Heading] = []
    written: list[int] = []  # the levels as the writer counted them, from the outermost to here
    taken: dict[str, int] = {}
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        level = int(opening.tag[1])
        while written and written[-1] >= level:
            written.pop()
        written.append(level)
        words = " ".join(_words([inline]).split())
        opening.tag = closing.tag = f"h{min(len(written) + 1, DEEPEST_HEADING)}"
        slug = slugify(words, allow_unicode=True)[:60].strip("-") or "section"
        taken[slug] = taken.get(slug, 0) + 1
        name = prefix + slug + (f"--{taken[slug]}" if taken[slug] > 1 else "")
        opening.attrSet("id", name)
        found.append(Heading(int(opening.tag[1]), name, words))
    return tuple(found)


def _words(tokens: Sequence[Token]) -> str:
    """Plain text, a line for each paragraph; covered parts as `…`."""
    lines: list[str] = []
    covered = 0
    for token in tokens:
        if token.type == "curtain_open":
            lines.append("…")
        covered += (token.type == "curtain_open") - (token.type == "curtain_close")
        if not covered and token.type == "inline":
            lines.append("".join(_inline_words(token.children or [])))
        elif not covered and token.type == "fence":
            lines.append(token.content)
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _inline_words(tokens: Sequence[Token]) -> Iterator[str]:
    veiled = 0
    for token in tokens:
        if token.type == "veil_open":
            yield "…"
        veiled += (token.type == "veil_open") - (token.type == "veil_close")
        if veiled:
            continue
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        else:
            yield token.content


def shorten(words: str, length: int) -> str:
    words = " ".join(words.split())
    if len(words) <= length:
        return words
    # Scripts without spaces (and one endless word) are cut where the room ends.
    end = words.rfind(" ", length // 2, length)
    return words[: end if end > 0 else length - 1].rstrip(" ,;:–—-…") + "…"


def _link_addresses(state: Any) -> None:
    """`https://…` in running text becomes a link. Only inside plain text, and never in a link."""
    for block in state.tokens:
        if block.type != "inline" or "://" not in block.content:
            continue
        linked: list[Token] = []
        in_link = 0
        for token in block.children or []:
            in_link += (token.type == "link_open") - (token.type == "link_close")
            linked.extend([token] if in_link or token.type != "text" else _split_at_addresses(token))
        block.children = linked


def _split_at_addresses(token: Token) -> Iterator[Token]:
    end = 0
    for match in ADDRESS.finditer(token.content):
        url = match[0].rstrip(".,;:!?*_~…")
        if url.endswith(")") and "(" not in url:
            url = url.rstrip(")")
        if not _may_link(url):
            continue
        yield Token("text", "", 0, content=token.content[end : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": url})
        yield Token("text", "", 0, content=url)
        yield Token("link_close", "a", -1)
        end = match.start() + len(url)
    yield Token("text", "", 0, content=token.content[end:])


type Tokens = Sequence[Token]


def _write_pause(self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType) -> str:
    return '<hr class="pause">\n'


def _write_fence(self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType) -> str:
    return f"<pre><code>{escape(tokens[index].content, quote=False)}</code></pre>\n"


def _write_paragraph(self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType) -> str:
    """A paragraph with a covered word is a `div`: `details` may not stand in a `p`."""
    if tokens[index].meta.get("veiled"):
        return "</div>\n" if tokens[index].nesting < 0 else '<div class="para">'
    return self.renderToken(tokens, index, options, env)


def _write_veil(self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType) -> str:
    if tokens[index].nesting < 0:
        return "</span></details>"
    spoiler = escape(_("Spoiler"))
    return f'<details class="veil"{_of(tokens[index])}><summary>{spoiler}</summary><span class="veil-text">'


def _of(token: Token) -> str:
    """Which of the films that the text names is spoilt, where it is not the film that the text is about."""
    return f' data-of="{int(token.meta["film"])}"' if token.meta["film"] else ""


def _write_curtain(self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType) -> str:
    if tokens[index].nesting < 0:
        return "</div></details>\n"
    if tokens[index].meta["number"] > MOST_CURTAINS:
        spoiler = escape(_("Spoiler"))
        return f'<details class="veil"{_of(tokens[index])}><summary>{spoiler}</summary><div class="veil-text">'
    shut, opened = escape(_("A spoiler is behind here. Open the curtain")), escape(_("Draw the curtain again"))
    return (
        f'<details class="spoiler"{_of(tokens[index])}><summary><span class="when-shut">{shut}</span>'
        f'<span class="when-open">{opened}</span></summary><div class="spoiler-body">'
    )
