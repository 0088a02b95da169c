"""What critics' sites and audiences give the film, as the text quotes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reviews.documents.layout import Flow, sentences
from reviews.documents.words import OUTLET, outlet_named

VALUE = re.compile(
    r"(?<![\w.,$€£])(?P<n>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:(?P<percent>%|per ?cent\b)|(?:/|out of)\s?(?P<of>5|10|"
    r"100)\b)|"
    r"(?<![\w.,$€£])(?P<bare>\d{1,2}(?:[.,]\d)?)(?![\w%/]|[.,]\d)"
)
SCALES = {
    "Rotten Tomatoes": 100,
    "Metacritic": 100,
    "IMDb": 10,
    "Letterboxd": 5,
    "AlloCiné": 5,
    "FilmAffinity": 10,
    "TMDB": 10,
}
MINE = re.compile(r"\b(?:[Mm]y|I)\b")
AUDIENCE = re.compile(r"\b(?:audience|viewers?|users?|popcornmeter|verified)\b", re.IGNORECASE)
NOT_A_SCORE = re.compile(
    r"^\s*(?:minutes|million|reviews?|critics|votes|years|weeks|films|movies|days|takes|times|ratings|of its)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Score:
    source: str
    value: Decimal
    scale: int
    said: str


def find(flow: Flow) -> list[Score]:
    """The scores that the text states, one for each source: the first."""
    found: dict[str, Score] = {}
    for part in flow.parts:
        for sentence in sentences(part.text):
            for score in _in_sentence(sentence.text):
                found.setdefault(score.source, score)
    return list(found.values())


def _in_sentence(text: str) -> Iterator[Score]:
    outlets = [(match.start(), match.end(), outlet_named(match)) for match in OUTLET.finditer(text)]
    if not outlets or MINE.search(text):
        return
    used: set[str] = set()
    for match in VALUE.finditer(text):
        if NOT_A_SCORE.match(text[match.end() :]):
            continue
        distances = [
            (min(abs(match.start() - end), abs(start - match.end())), name)
            for start, end, name in outlets
            if name not in used
        ]
        if not distances or min(distances)[0] > (40 if match["bare"] else 90):
            continue
        source = min(distances)[1]
        score = _score(source, match, text)
        if score is not None:
            used.add(source)
            yield score


def _score(source: str, match: re.Match[str], text: str) -> Score | None:
    said = (match["n"] or match["bare"]).replace(",", ".")
    value = Decimal(said)
    usual = SCALES.get(source)
    if usual is None:
        return None
    if match["percent"]:
        scale = 100
    elif match["of"]:
        scale = int(match["of"])
    else:
        scale = usual
        # A bare figure is a score only in the form in which its source writes them.
        if scale == 100 and ("." in said or value < 10) or scale <= 10 and "." not in said:
            return None
    if source == "Rotten Tomatoes" and (scale != 100 or not match["percent"]):
        return None
    name = (
        f"{source} audience"
        if source == "Rotten Tomatoes" and AUDIENCE.search(text) and "critic" not in text.lower()
        else source
    )
    return Score(name, value, scale, match[0].strip()) if value <= scale else None
