"""What of a page no translator can reach: words outside of the brackets of `tests.marked`."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import html5lib

WORDS: Final = re.compile(r"[^\W\d_]{3,}")
SAID: Final = {"aria-label", "title", "placeholder", "alt", "label"}  # and data-says and the like, for scripts
UNSAID: Final = {"script", "style", "code", "svg"}


def unmarked(page: str) -> Iterator[str]:
    """Each run of text, or attribute that is read out, of which a word stands outside of brackets."""
    depth = 0
    for text in _texts(html5lib.parse(page, namespaceHTMLElements=False)):
        outside = ""
        for part in re.split("([⟦⟧])", text):
            depth += {"⟦": 1, "⟧": -1}.get(part, 0)
            outside += part if depth == 0 and part != "⟧" else ""
        if WORDS.search(outside):
            yield " ".join(outside.split())


def _texts(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in UNSAID or "data-content" in element.attrib:
        return
    yield from (value for name, value in element.attrib.items() if name in SAID)
    if element.tag == "input" and element.get("type") == "submit":
        yield element.get("value", "")
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def words_of(texts: Iterable[object]) -> set[str]:
    return {word for text in texts for word in WORDS.findall(str(text))}
