"""Prizes that a text says the film won, or was in the running for."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviews.documents.catalogue import KnownFilm
from reviews.documents.layout import Flow, sentences
from reviews.documents.mentions import Mention

CEREMONIES = {
    "Academy Awards": r"academy awards?|oscars?|the academy",
    "BAFTA Film Awards": r"baftas?(?: film)?(?: awards?)?",
    "Golden Globes": r"golden globes?(?: awards?)?",
    "Critics’ Choice Awards": r"critics['’]?\s?choice(?: movie)?(?: awards?)?",
    "César Awards": r"c[ée]sars?(?: awards?)?",
    "Screen Actors Guild Awards": r"sag awards?|screen actors guild(?: awards?)?",
    "Independent Spirit Awards": r"(?:independent )?spirit awards?",
    "European Film Awards": r"european film awards?",
    "Goya Awards": r"goyas?(?: awards?)?",
    "Cannes Film Festival": r"palme d['’]or|grand prix at cannes|jury prize at cannes",
    "Venice Film Festival": r"golden lion",
    "Berlin International Film Festival": r"golden bear",
}
CEREMONY = re.compile(
    "|".join(rf"(?P<c{n}>\b(?:{pattern}))\b" for n, pattern in enumerate(CEREMONIES.values())), re.IGNORECASE
)
OWN_PRIZES = {"Palme d’Or": r"palme d['’]or", "Golden Lion": r"golden lion", "Golden Bear": r"golden bear"}
ADJECTIVE = re.compile(
    r"^[\s-]*(?:winn(?:er|ing)|nominee|nominated|bait|season|worthy|campaign|night|voters|-)", re.IGNORECASE
)
NOMINATED = re.compile(
    r"\b(?:nominat(?:ed|ions?)|nods?|shortlisted|up for|in the running|contend(?:ed|er))\b", re.IGNORECASE
)
WON = re.compile(
    r"\b(?:w[oi]ns?|winning|took home|takes home|received|awarded|earned|picked up|collected)\b", re.IGNORECASE
)
LOST = re.compile(
    r"\b(?:los(?:t|ing|es) (?:out )?(?:both |all |each |them |it )?to|beaten by|went to)\b", re.IGNORECASE
)
NONE_WON = re.compile(
    r"\bw[oi]n(?:s|ning)? (?:none|nothing)|\b(?:did not|didn['’]t|without|failed to) w[io]n|\bwent home empty",
    re.IGNORECASE,
)
CATEGORY = re.compile(
    r"\b(?:best\s+)?(?P<name>(?:original |adapted |supporting |leading |animated |foreign[- ]language |"
    r"international |film |visual |sound |"
    r"costume |production |feature |documentary |british )*(?:editing|mixing|sound|score|song|screenplay|"
    r"picture|film|director|directing|"
    r"actor|actress|cinematography|effects|design|feature|make-?up(?: and hairstyling)?|casting|"
    r"musical or comedy|action movie))\b",
    re.IGNORECASE,
)  # fmt: skip
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
AWARD_WORD = re.compile(r"\bbest\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Award:
    """One category; `year` is that of the ceremony where the text says it."""

    award: str
    category: str
    won: bool
    year: int | None
    lost_to: str = ""
    lost_to_film: KnownFilm | None = None


def find(flow: Flow, found: Sequence[Mention], about: KnownFilm) -> list[Award]:
    """Only prizes of the film itself: no "Oscar-winning actor", no sentence about another film."""
    awards: dict[tuple[str, str], Award] = {}
    places = [mention.start for mention in found]
    for part, start in zip(flow.parts, flow.starts, strict=True):
        for sentence in sentences(part.text):
            here = found[bisect_left(places, start + sentence.start) : bisect_left(places, start + sentence.end)]
            for award in _in_sentence(sentence.text, start + sentence.start, here, about):
                awards.setdefault((award.award, award.category.lower()), award)
    return list(awards.values())


def _in_sentence(text: str, start: int, here: Sequence[Mention], about: KnownFilm) -> Iterator[Award]:
    lost = LOST.search(text)
    before = [m for m in here if lost is None or m.start < start + lost.start()]
    if any(about not in m.films and not m.is_passing and not m.is_single for m in before):
        return
    ceremonies = [match for match in CEREMONY.finditer(text) if not ADJECTIVE.match(text[match.end() :])]
    verbs = _verbs(text)
    if len(ceremonies) != 1 or not verbs:
        return
    ceremony = ceremonies[0]
    name = next(name for number, name in enumerate(CEREMONIES) if ceremony[f"c{number}"])
    years = {int(year) for year in YEAR.findall(text)} - {about.year}
    year = years.pop() if len(years) == 1 else None
    winner = next((m for m in here if lost and m.start >= start + lost.end()), None)
    for place, category in _categories(text, ceremony):
        won = next((won for verb, won in reversed(verbs) if verb < place), verbs[0][1])
        to, film = (
            ("", None) if won or not winner else (winner.said, winner.films[0] if len(winner.films) == 1 else None)
        )
        yield Award(name, category, won, year, to, film)


def _verbs(text: str) -> list[tuple[int, bool]]:
    """Where the text speaks of a nomination (False) and where of winning (True)."""
    nominated = [(match.start(), False) for match in NOMINATED.finditer(text)]
    if NONE_WON.search(text):
        return nominated
    # "Joe Pesci, who won": for what, the sentence leaves open.
    won = [(m.start(), True) for m in WON.finditer(text) if not re.search(r"\bwho (?:\w+ )?$", text[: m.start()])]
    if nominated:  # "earned three nominations"
        won = [
            (place, True) for place, _ in won if not re.match(r"\w+ (?:\w+ ){0,4}?nominat", text[place:], re.IGNORECASE)
        ]
    return sorted(nominated + won)


def _categories(text: str, ceremony: re.Match[str]) -> list[tuple[int, str]]:
    """What is called "best", with its place; or the festival's own prize."""
    own = [prize for prize, pattern in OWN_PRIZES.items() if re.search(pattern, ceremony[0], re.IGNORECASE)]
    if own:
        return [(ceremony.start(), own[0])]
    first = AWARD_WORD.search(text)
    if first is None:
        return []
    found: list[re.Match[str]] = []
    for match in CATEGORY.finditer(text, first.start()):
        listed = found and re.fullmatch(r"\s*,?\s*(?:and|&)?\s*", text[found[-1].end() : match.start()])
        if listed or match[0].lower().startswith("best"):
            found.append(match)
    return [(match.start(), f"Best {' '.join(match['name'].split()).title()}") for match in found]
