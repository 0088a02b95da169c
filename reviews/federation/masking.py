"""Reviews as others elsewhere read them: in HTML, without what their writers covered."""

from html import escape
from html.parser import HTMLParser
from typing import Final

COVERS: Final = frozenset({"spoiler", "veil"})
EMPTY: Final = frozenset({"br", "hr"})
COVERED: Final = "…"


class _Mask(HTMLParser):
    """Leaves a mark where a cover was, and nothing of what is under it. It reads what reviews/markup.py made."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.under = 0  # how many `details` are open, within a cover

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if self.under:
            self.under += tag == "details"
        elif tag == "details" and COVERS & set((given.get("class") or "").split()):
            self.under = 1
            self.parts.append(COVERED)
        else:
            href = f' href="{escape(given["href"] or "")}"' if "href" in given else ""
            self.parts.append(f"<{tag}{href}>")

    def handle_endtag(self, tag: str) -> None:
        if self.under:
            self.under -= tag == "details"
        elif tag not in EMPTY:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.under:
            self.parts.append(escape(data, quote=False))


def masked(html: str) -> str:
    """The same HTML with an ellipsis for each covered passage, without classes and ids, which mean nothing there."""
    mask = _Mask()
    mask.feed(html)
    mask.close()
    return "".join(mask.parts)
