"""Word rules: which of them a text meets. Whole words, whatever their case and accents; `*` stands for any letters.

The work grows with the length of the text and with the number of rules, and no faster: no pattern is ever given to
the regular expression engine.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from reviews.models import WordRule

WORD: Final = re.compile(r"[^\W_]+")
WORD_OR_STAR: Final = re.compile(r"[^\W_*]*(?:\*[^\W_*]*)+|[^\W_]+")
ADDRESS: Final = re.compile(r"[\w.-]+")


def plain(text: str) -> str:
    """Without case and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", "".join(letter for letter in letters if not unicodedata.combining(letter)))


@dataclass(frozen=True)
class Pattern:
    """A word with stars in it, as its parts between the stars."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, word: str) -> "Pattern":
        return cls(tuple(word.split("*")))

    def matches(self, word: str) -> bool:
        first, last = self.parts[0], self.parts[-1]
        if len(self.parts) == 1:
            return word == first
        if not (word.startswith(first) and word.endswith(last)):
            return False
        here, end = len(first), len(word) - len(last)
        for part in self.parts[1:-1]:
            here = word.find(part, here, end)
            if here < 0:
                return False
            here += len(part)
        return here <= end


@dataclass(frozen=True)
class Text:
    """A text taken apart, once for all rules."""

    body: str

    @cached_property
    def words(self) -> list[str]:
        return WORD.findall(plain(self.body))

    @cached_property
    def known(self) -> set[str]:
        return set(self.words)

    @cached_property
    def joined(self) -> str:
        return "\n".join(self.words)

    @cached_property
    def hosts(self) -> set[str]:
        """All that looks like a site, whether it is a link or not."""
        found = (address.strip(".-_").casefold() for address in ADDRESS.findall(self.body))
        return {ascii_host(host) for host in found if "." in host}

    def has_words(self, pattern: str) -> bool:
        wanted = [Pattern.of(word) for word in phrase_of(pattern)]
        # Most rules are about something else altogether, and that is soon seen.
        if not wanted or not all(part in self.joined for each in wanted for part in each.parts):
            return False
        if not any(len(each.parts) > 1 for each in wanted) and not all(each.parts[0] in self.known for each in wanted):
            return False
        head, tail = wanted[0], wanted[1:]
        for place, word in enumerate(self.words):
            if head.matches(word):
                rest = self.words[place + 1 : place + len(wanted)]
                if len(rest) == len(tail) and all(each.matches(one) for each, one in zip(tail, rest, strict=True)):
                    return True
        return False

    def has_link(self, pattern: str) -> bool:
        """To the site or one of its subdomains."""
        site = ascii_host(pattern.strip().casefold().removeprefix("https://").removeprefix("http://").split("/")[0])
        wanted, below = Pattern.of(site), Pattern.of(f"*.{site}")
        return any(wanted.matches(host) or below.matches(host) for host in self.hosts)


def phrase_of(pattern: str) -> list[str]:
    """The words of a pattern, stars and all; none where it has neither letter nor digit."""
    words = WORD_OR_STAR.findall(plain(pattern))
    return words if any(word.strip("*") for word in words) else []


def ascii_host(host: str) -> str:
    """As it travels: an international name in its `xn--` form."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def rules_met(body: str, rules: Iterable[WordRule]) -> list[WordRule]:
    text = Text(body)
    return [
        rule
        for rule in rules
        if (text.has_link(rule.pattern) if rule.kind == WordRule.Kind.LINK else text.has_words(rule.pattern))
    ]
