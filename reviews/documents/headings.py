"""The headings of a text: marked ones, and short lines that stand between paragraphs without any mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviews.documents.layout import Flow, Part, Shape, bare

LONGEST_HEADING = 100
MOST_WORDS = 16
MOST_ASIDES = 6  # bylines, dates and rules between a heading and its paragraph
WORDS_OF_A_PLAIN_SENTENCE = 7  # a longer line counts as a heading only when it is written like one

BOLD = re.compile(r"^(\*\*|__)(?=\S)(.+?)(?<=\S)\1:?$")
FRAMED = re.compile(r"^([=~*•★☆—–-]{1,5})\s+(.+?)\s+[=~*•★☆—–-]{1,5}$|^\[(.{2,60})\]$|^={2,6}\s*(.+?)\s*={2,6}$")
NUMBERED = re.compile(r"^(?:\(?\d{1,2}[.)]|[IVX]{1,5}[.)]|[A-Z][.)])\s+\S")
FACT = re.compile(
    r"^(?:my\s+|final\s+|overall\s+)?(?:rating|score|stars|grade|verdict|director|directed by|cast|starring|"
    r"genre|runtime|"
    r"running time|length|year|release(?:d| date)?|country|language|studio|distributor|writers?|written by|"
    r"screenplay|"
    r"producers?|music|cinematography|editors?|film|movie|title|date|published|posted|author|by|reviewed by|"
    r"review by|"
    r"words|text|photo|image|source|tags?|where to watch|seen|watched|spoilers?|certificate|rated|bewertung|note|"
    r"wertung|regie|nota)\b\s*(?:[:=–—]|\bby\b)",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"^(?:by|von|par|por|di|words by|written by|posted by|reviewed by|review by|text by)\s+\S", re.IGNORECASE
)
DATE = re.compile(
    r"^(?:\w+,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\.?\s+\w+\.?,?\s+\d{4}|\w+\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|"
    r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})$"
)
STARS_ALONE = re.compile(
    r"^[\W\d]*(?:★|⭐|☆|✩|🌟)|^\W*\d+(?:[.,]\d+)?\s*(?:/|out of)\s*\d+\W*(?:stars?)?\W*$", re.IGNORECASE
)
SENTENCE_START = re.compile(
    r"^(?:I|I['’]\w+|We|It|It['’]s|Its been|This is|This was|That was|He|She|They|You|There (?:is|was|are|were)|"
    r"Ich|Wir|Es ist|Je|C['’]est|Il y a)\s",
)
LINK = re.compile(r"https?://|www\.|@\w")
ENDING = re.compile(r"[.,;…]$|\.\.\.$")
FULL_STOP = re.compile(r"[.!?…。！？][\"'”’»)\]*_]*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the text has it (marks left off), with the lines it stands on."""

    text: str
    level: int  # 1 is the title's level
    first: int
    after: int
    marked: bool


def find(flow: Flow) -> list[Heading]:
    """The headings from top to bottom, the title's line among them when the text has one."""
    found: list[Heading] = []
    for index, part in enumerate(flow.parts):
        if part.shape is Shape.HEADING:
            found.append(Heading(unmarked(part.text), part.level, part.first, part.after, marked=True))
        elif (text := _plain_heading(flow.parts, index)) is not None:
            level = 1 if index == 0 else 2
            found.append(Heading(text, level, part.first, part.after, marked=False))
    return _levelled(found)


def unmarked(text: str) -> str:
    """A heading's text without the marks around it."""
    text = text.strip()
    if len(text) > 2 * LONGEST_HEADING:
        return text
    if (bold := BOLD.match(text)) is not None:
        text = bold[2]
    if (framed := FRAMED.match(text)) is not None:
        text = next(group for group in framed.groups()[1:] if group)
    return text.strip()


def is_fact_line(text: str) -> bool:
    """A line such as "Director: …", "By …", a date or stars alone: about the text or the film, no heading."""
    text = unmarked(text)[: 2 * LONGEST_HEADING]
    return bool(FACT.match(text) or BYLINE.match(text) or DATE.match(text) or STARS_ALONE.match(text))


def reads_like_heading(text: str, *, opens: bool = False) -> bool:
    """Whether a line could be a heading, whatever stands around it; a text may open with a longer one."""
    words = bare(unmarked(text))
    if not words or len(text) > LONGEST_HEADING or len(words.split()) > MOST_WORDS or not any(map(str.isalpha, words)):
        return False
    if is_fact_line(text) or LINK.search(words) or SENTENCE_START.match(words) or ENDING.search(words):
        return False
    if words.endswith(":") and len(words.split()) > 4:
        return False
    first = next(letter for letter in words if letter.isalnum())
    if first.islower() or (words[0] in '“"«„' and words[-1] in '”"»'):
        return False
    if opens or len(words.split()) <= WORDS_OF_A_PLAIN_SENTENCE or text != words:
        return True
    return _is_title_case(words) or ":" in words or " – " in words or " — " in words or words.endswith("?")


def _is_title_case(words: str) -> bool:
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return sum(word[0].isupper() or not word[0].islower() for word in long) >= 0.6 * max(1, len(long))


def _plain_heading(parts: Sequence[Part], index: int) -> str | None:
    """The text of a heading without a mark: a line of its own before a paragraph."""
    part = parts[index]
    if part.shape is Shape.ITEM:
        if not NUMBERED.match(part.text):
            return None
    elif part.shape is not Shape.TEXT:
        return None
    if part.after - part.first > 1 or _goes_on(parts, index):
        return None
    styled = BOLD.match(part.text) or FRAMED.match(part.text) or _is_shouted(part.text)
    if not styled and not reads_like_heading(part.text, opens=index == 0 and part.alone):
        return None
    if styled and (is_fact_line(part.text) or len(part.text) > LONGEST_HEADING):
        return None
    following = parts[index + 1 : index + 1 + MOST_ASIDES]
    after = next((other for other in following if other.shape is not Shape.RULE and not _is_aside(other)), None)
    if after is None:
        return unmarked(part.text) if styled and index + 1 < len(parts) else None
    if after.shape is Shape.HEADING:
        return unmarked(part.text) if index == 0 else None
    opens = index == 0 and (part.alone or reads_like_heading(after.text))
    if not _is_paragraph(after, part) and not (opens and any(_is_paragraph(other, part) for other in parts[1:])):
        return None
    return unmarked(part.text)


def _goes_on(parts: Sequence[Part], index: int) -> bool:
    """One of several short lines in a row, as in a list or a poem."""
    if index < 2 or parts[index - 1].after != parts[index].first:
        return False
    before = parts[index - 1]
    if before.shape is Shape.ITEM:
        return parts[index].shape is Shape.ITEM
    return before.shape is Shape.TEXT and len(before.text) < 60 and not FULL_STOP.search(bare(before.text))


def _is_aside(part: Part) -> bool:
    return is_fact_line(part.text) and len(part.text) < LONGEST_HEADING


def _is_shouted(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    letters = "".join(words)
    return len(letters) > 3 and letters == letters.upper() != letters.lower() and len(text) <= 80 and len(words) <= 10


def _is_paragraph(part: Part, heading: Part) -> bool:
    """Whether `part` is text that a heading may introduce: longer, and with a sentence in it."""
    if part.shape in (Shape.ITEM, Shape.QUOTE):
        return part.shape is Shape.QUOTE or not NUMBERED.match(part.text) or len(part.text) > 2 * len(heading.text)
    words = bare(part.text)
    if len(words) <= len(heading.text):
        return False
    return bool(FULL_STOP.search(words)) or len(words) >= max(80, 2 * len(heading.text))


def _levelled(found: list[Heading]) -> list[Heading]:
    """Marked texts count as they are marked; in unmarked ones everything below the first line is one level."""
    if not found or any(heading.marked for heading in found):
        return [heading if heading.marked else replace(heading, level=min(heading.level, 2)) for heading in found]
    return found
