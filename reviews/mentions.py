"""`@ana` in members' words. Rules for the Markdown parser, and the links after the sanitiser."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from accounts.names import LONGEST, PATTERN

MOST_MENTIONS: Final = 20
# What may be a member's name; `@` inside a word belongs to an address.
CALLED: Final = re.compile(r"(?<![\w@./:-])@([A-Za-z0-9_-]+)(?![\w@])")
# No member writes this: markup of their own is escaped before.
PLACEHOLDER: Final = re.compile(r'<span class="mention">@([A-Za-z0-9_-]+)</span>')

# Given names in small letters, the addresses of those who are members.
type Mentions = Callable[[Iterable[str]], Mapping[str, str]]


def mark_names(tokens: Sequence[Token]) -> None:
    """`@ana` in running text becomes a token of its own: not in code, not in a link, and of so many names only."""
    names: set[str] = set()
    for block in tokens:
        if block.type != "inline" or "@" not in block.content:
            continue
        marked: list[Token] = []
        in_link = 0
        for token in block.children or []:
            in_link += (token.type == "link_open") - (token.type == "link_close")
            marked.extend([token] if in_link or token.type != "text" else _split_at_names(token, names))
        block.children = marked


def _split_at_names(token: Token, names: set[str]) -> Iterator[Token]:
    end = 0
    for match in CALLED.finditer(token.content):
        name = match[1].rstrip("-_")
        known = name.lower() in names or len(names) < MOST_MENTIONS
        if not (known and len(name) <= LONGEST and PATTERN.fullmatch(name)):
            continue
        names.add(name.lower())
        yield Token("text", "", 0, content=token.content[end : match.start()])
        yield Token("mention", "span", 0, content=f"@{name}")
        end = match.start() + len(name) + 1
    yield Token("text", "", 0, content=token.content[end:])


def link_names(html: str, mentions: Mentions | None) -> str:
    """After the sanitiser, which lets no address of our own through: members write none, only this does."""
    names = {name.lower() for name in PLACEHOLDER.findall(html)}
    addresses = mentions(names) if mentions and names else {}

    def link(found: re.Match[str]) -> str:
        address = addresses.get(found[1].lower())
        return f'<a class="mention" href="{escape(address)}">@{found[1]}</a>' if address else f"@{found[1]}"

    return PLACEHOLDER.sub(link, html)


def write_mention(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return f'<span class="mention">{escape(tokens[index].content)}</span>'
