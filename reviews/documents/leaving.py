"""Which film leaves which service on which day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reviews.documents import dates
from reviews.documents.catalogue import KnownFilm
from reviews.documents.dates import Day
from reviews.documents.layout import Flow, Sentence, sentences
from reviews.documents.mentions import Mention, Style
from reviews.documents.words import SERVICE, service_named

LEAVES = re.compile(
    r"\b(?:leav(?:e|es|ing)|depart(?:s|ing)?|exit(?:s|ing)?|expir(?:e|es|ing)|disappear(?:s|ing)?|vanish(?:es|ing)?|"
    r"(?:be|being|is|are|gets?|getting) (?:removed|pulled|taken (?:off|down)|dropped|withdrawn)|(?:removes|"
    r"pulls|drops|withdraws|loses?|losing)|"
    r"(?:goes|going|comes|coming|drops|dropping) off|last (?:day|chance|call)|last call|final day|"
    r"(?:until|through|up to|before) (?=.{0,25}\d)|(?:available|stream(?:s|ing)?|watch(?:ed)?|seen?|viewed|"
    r"stays?|remains?|there) (?:[^.]{0,60})(?:until|till|through|up to|before)|"
    r"quitte(?:ra)?|disparaît|verlässt|verschwindet|läuft ab|(?:nur noch )?bis(?: zum)?|abandona|se va de|"
    r"hasta el|jusqu['’]au|lascia|fino al)\b",
    re.IGNORECASE,
)
ARRIVES = re.compile(
    r"\b(?:arriv(?:e|es|ed|ing)|join(?:s|ed|ing)?|land(?:s|ed|ing)|add(?:s|ed|ing)|comes? to|coming to|hits|"
    r"premier(?:e|es|ed|ing)|"
    r"debut(?:s|ed|ing)?|launch(?:es|ed|ing)?|released|opened|opens|starts?|returns?|moves? to|heads? to|won|"
    r"nominated)\b",
    re.IGNORECASE,
)
NOT_LEAVING = re.compile(
    r"\b(?:not|n['’]t|never|no longer|isn['’]t|won['’]t)\s+(?:\w+\s+)?(?:leav|depart|expir|going|be removed)",
    re.IGNORECASE,
)
REGION = re.compile(
    r"\b(?:in|from)\s+(?:the\s+)?(?P<name>UK|United Kingdom|Britain|US|U\.S\.|USA|United States|France|"
    r"Germany|Spain|Italy|Canada|"
    r"Australia|Ireland|India|Japan|Brazil|Mexico|Netherlands)\b|\b(?:Netflix|Prime Video|Disney\+|Max|"
    r"Hulu)\s+(?P<tail>UK|US|USA|France|Germany|Canada|"
    r"Australia|Ireland|India|Japan)\b"
)
CODES = {
    "UK": "GB", "United Kingdom": "GB", "Britain": "GB", "US": "US", "U.S.": "US", "USA": "US", "United States": "US",
    "France": "FR", "Germany": "DE", "Spain": "ES", "Italy": "IT", "Canada": "CA", "Australia": "AU", "Ireland": "IE",
    "India": "IN", "Japan": "JP", "Brazil": "BR", "Mexico": "MX", "Netherlands": "NL",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leaving:
    """`day` is None when the text does not say which year or day it means; `film` when it leaves open which film."""

    film: KnownFilm | None
    service: str
    day: date | None
    said: str
    region: str = ""  # ISO 3166, where the text names a country


def find(flow: Flow, found: Sequence[Mention], about: KnownFilm | None, base: date | None) -> list[Leaving]:
    """Each film and service once, with a certain day before an uncertain one."""
    text = flow.text
    days = dates.find(text, base)
    services = [(match.start(), service_named(match)) for match in SERVICE.finditer(text)]
    leaving: dict[tuple[int | None, str], Leaving] = {}
    for sentence in _sentences(flow):
        day = _day_of_leaving(text, sentence, days)
        if day is None:
            continue
        service = _service(sentence, day, services)
        region = REGION.search(text[sentence.start : sentence.end])
        code = CODES[region["name"] or region["tail"]] if region else ""
        for film in _films(sentence, found, about):
            key = (film.id if film else None, service)
            if service and (key not in leaving or (leaving[key].day is None and day.day is not None)):
                leaving[key] = Leaving(film, service, day.day, day.said, code)
    for each in _from_list(flow, found, days, services):
        leaving.setdefault((each.film.id if each.film else None, each.service), each)
    return list(leaving.values())


def _from_list(
    flow: Flow, found: Sequence[Mention], days: Sequence[Day], services: Sequence[tuple[int, str]]
) -> Iterator[Leaving]:
    """ "Leaving Netflix in March", then days, and under each a list of films."""
    opening = flow.text[: flow.starts[2] if len(flow.starts) > 2 else 0]
    named = [name for start, name in services if start < len(opening)]
    if not named or not LEAVES.search(opening) or ARRIVES.search(opening):
        return
    for mention in found:
        above = [day for day in days if day.start < mention.start]
        if mention.is_item and len(mention.films) == 1 and above:
            yield Leaving(mention.films[0], named[0], above[-1].day, above[-1].said)


def _sentences(flow: Flow) -> list[Sentence]:
    return [
        Sentence(sentence.text, start + sentence.start, start + sentence.end)
        for part, start in zip(flow.parts, flow.starts, strict=True)
        for sentence in sentences(part.text)
    ]


def _day_of_leaving(text: str, sentence: Sentence, days: Sequence[Day]) -> Day | None:
    """The day that belongs to the leaving: no arrival stands nearer before it."""
    if NOT_LEAVING.search(sentence.text):
        return None
    leaves = [sentence.start + match.start() for match in LEAVES.finditer(sentence.text)]
    if not leaves:
        return None
    arrives = [sentence.start + match.start() for match in ARRIVES.finditer(sentence.text)]
    here = [day for day in days if sentence.start <= day.start < sentence.end and not _is_dateline(text, sentence, day)]
    for day in here:
        left = max((place for place in leaves if place <= day.start), default=-1)
        if left > max((place for place in arrives if place < day.start), default=-1):
            return day
    # "On 31 January it leaves …"
    if here and here[0].start < leaves[0] and not any(place < leaves[0] for place in arrives):
        return here[0]
    return None


def _is_dateline(text: str, sentence: Sentence, day: Day) -> bool:
    return day.start - sentence.start < 40 and re.match(r"\s*(?:[—–:|]|-\s)", text[day.end : day.end + 4]) is not None


def _service(sentence: Sentence, day: Day, services: Sequence[tuple[int, str]]) -> str:
    """The service named in the sentence (nearest to the day), else the last one named before, else the only one."""
    here = [(abs(day.start - start), name) for start, name in services if sentence.start <= start < sentence.end]
    if here:
        return min(here)[1]
    before = [name for start, name in services if start < sentence.start]
    if before:
        return before[-1]
    names = {name for _, name in services}
    return names.pop() if len(names) == 1 else ""


def _is_doubtful(mention: Mention) -> bool:
    return mention.is_single and not mention.is_named and not mention.is_listed


def _films(sentence: Sentence, found: Sequence[Mention], about: KnownFilm | None) -> list[KnownFilm | None]:
    """The films named in the sentence, else the one the text is about."""
    here = [
        mention
        for mention in found
        if sentence.start <= mention.start < sentence.end
        and len(mention.films) == 1
        and (not mention.is_passing or mention.is_listed)
        and (mention.style >= Style.QUOTED or (mention.style is Style.PLAIN and not _is_doubtful(mention)))
    ]
    if about is not None and (not here or any(about in mention.films for mention in here)):
        return [about]
    return [mention.films[0] for mention in here] or [about]
