"""What a text from elsewhere says about its film: the words, the stars, and whether the end is told.

NeoDB puts them beside the text for people, as `relatedWith`: a Rating, a Comment, a Review, a Note, and a Status, which
says whether the film was seen. Another Intermission does the same (reviews/federation/things.py).
"""

import math
import re
from html import unescape
from typing import Any, Final

from accounts.federation.asking import text_of
from reviews.importers.html_text import to_markdown
from reviews.markup import plain_text, shorten
from reviews.models.word_elsewhere import LONGEST_WORDS

LONGEST_READ: Final = 20_000  # letters, of which the first words are taken
COVERED: Final = re.compile(r">!|\bclass=[\"']?[^\"'>]*spoiler", re.I)
# Where stars are part of the text they are left out: whoever hides scores is not to read them there.
STARS: Final = re.compile(r"[★☆⭐🌕🌖🌗🌘🌑½]\ufe0f?")
BEST: Final = 100

type Said = dict[str, Any]


def words_of(about: Said, related: list[Said]) -> str:
    """The first words as plain text, without what is covered in them."""
    text, is_html = _text_of(about, related)
    markdown = _from_html(text) if is_html else text
    return text_of(shorten(plain_text(markdown[:LONGEST_READ]), LONGEST_WORDS), LONGEST_WORDS)


def says_end(about: Said, related: list[Said]) -> bool:
    """Whether whoever has not seen the film is to be asked first: it warns of something, or covers a part as HTML does,
    of which no more is known here.
    """
    summary = about.get("summary")
    if about.get("sensitive") is True or isinstance(summary, str) and summary.strip():
        return True
    text, is_html = _text_of(about, related)
    return is_html and COVERED.search(unescape(text[:LONGEST_READ])) is not None


def _text_of(about: Said, related: list[Said]) -> tuple[str, bool]:
    """What is said, and whether that is HTML; else it is Markdown, or plain."""
    for kind in ("Review", "Comment", "Note"):
        for one in related:
            if one.get("type") == kind and (text := _clean(one.get("content"))).strip():
                return text, one.get("mediaType") != "text/markdown" and (kind == "Review" or "</" in text)
    text = _clean(about.get("content")) if about.get("type") == "Article" else ""
    return STARS.sub("", text), True


def rating_in(related: list[Said]) -> int | None:
    """The rating in half-stars, 1 to 10, whatever the best is there."""
    for one in related:
        value, best = _figure(one.get("value")), _figure(one.get("best"))
        if one.get("type") == "Rating" and 0 < best <= BEST and 0 < value <= best:
            return max(1, round(value * 10 / best))
    return None


def tells_more(related: list[Said], words: str, half_stars: int | None) -> bool:
    """Whether there is a word, a star, or that the film was seen. That somebody wants to see it says nothing of it."""
    statuses = [one.get("status") for one in related if one.get("type") == "Status"]
    return bool(words) or half_stars is not None or all(status == "complete" for status in statuses)


def _from_html(text: str) -> str:
    cut = text[:LONGEST_READ]
    whole = cut if cut.rfind("<") < cut.rfind(">") else cut[: max(cut.rfind("<"), 0) or len(cut)]
    return to_markdown(whole)[0]


def _clean(said: Any) -> str:
    return said.replace("\x00", "").encode("utf-8", "ignore").decode() if isinstance(said, str) else ""


def _figure(said: Any) -> float:
    is_one = isinstance(said, int | float) and not isinstance(said, bool)
    return float(said) if is_one and abs(said) <= BEST and math.isfinite(said) else 0.0
