"""What a text itself says it is about, in words: a label, a heading, the first film it names with a year."""

import re
from dataclasses import dataclass

from reviews.documents.cues import LABELLED, MARKED
from reviews.documents.layout import Flow, Shape, bare, sentences

SMALL_WORDS = r"(?:(?:of|the|a|an|and|in|on|to|with|from|for|de|la|vs\.?|&)\s+)*"
NAME = rf"[A-Z0-9][\w’'.!&-]*(?:(?::|,)?\s+{SMALL_WORDS}[A-Z0-9][\w’'.!&-]*){{0,8}}"
WITH_YEAR = re.compile(
    rf"(?P<said>{NAME}|[“\"*_‘][^”\"*_’\n]{{2,80}}[”\"*_’])\s*\((?:[^()\d]{{0,40}}?,\s*)?(?:19|20)\d\d[^)]{{0,40}}\)"
)
REVIEW_OF = re.compile(r"^(?:film |movie )?review\s*(?::|–|—|-|of)\s*(?P<said>.{2,80})$", re.IGNORECASE)
X_REVIEW = re.compile(r"^(?P<said>.{2,80}?)\s*(?:[:–—|-]\s*)?\(?(?:film |movie )?review\)?\b.{0,40}$", re.IGNORECASE)
IS_DIRECTED = re.compile(
    rf"(?P<said>[“\"*_‘][^”\"*_’\n]{{2,80}}[”\"*_’]|{NAME}),?\s+"
    r"(?:is\s+)?(?:(?:a|an|the)\s+[\w\s-]{0,40})?(?:(?:written and |co-)?directed by|stars\s+(?=[A-Z])|starring\b)"
)
MARKS = "“”\"*_‘’'«»„ .,:–—-"


@dataclass(frozen=True, slots=True)
class Subject:
    said: str
    times: int  # how often the text names it
    is_certain: bool  # by a label or a heading that says nothing else


def find(flow: Flow, headed: set[int]) -> Subject | None:
    for part in flow.parts:
        if (label := LABELLED.match(part.text)) is not None and not part.text.lower().startswith("title"):
            return _subject(flow, re.sub(r"\s*\(?(?:19|20)\d\d\)?\W*$", "", label[1]), is_certain=True)
    for index, part in enumerate(flow.parts[:2]):
        if index not in headed and part.shape is not Shape.HEADING and len(part.text) > 100:
            break
        line = bare(part.text)
        if (said := REVIEW_OF.match(line) or X_REVIEW.match(line)) is not None:
            return _subject(flow, re.sub(r"\s*\((?:19|20)\d\d\).*$", "", said["said"]), is_certain=True)
    for pattern in (WITH_YEAR, IS_DIRECTED):
        if (match := pattern.search(flow.text[:600])) is not None:
            return _subject(flow, match["said"], is_certain=False)
    return _most_quoted(flow)


def _subject(flow: Flow, said: str, *, is_certain: bool) -> Subject | None:
    said = said.strip(MARKS)
    said = re.sub(r"^(?:In|The film|The movie|But|And|With|Watching)\s+(?=[A-Z“\"*])", "", said).strip(MARKS)
    if not said:
        return None
    return Subject(said, flow.text.lower().count(said.lower()), is_certain)


def _most_quoted(flow: Flow) -> Subject | None:
    """The phrase in quotation marks or italics that a text without other hints keeps naming."""
    counts: dict[str, int] = {}
    for match in MARKED.finditer(flow.text):
        said = next(group for group in match.groups() if group).strip(MARKS)
        if said and said[0].isupper() and len(said.split()) <= 8:
            counts[said] = counts.get(said, 0) + 1
    most = max(counts, key=lambda said: counts[said], default=None)
    if most is not None and counts[most] > 1:
        return Subject(most, counts[most], is_certain=False)
    opening = next((sentence.text for sentence in sentences(flow.text)), "")
    early = next((said for said in counts if said in opening), None)
    return Subject(early, 1, is_certain=False) if early else None
