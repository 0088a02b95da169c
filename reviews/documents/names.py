"""The people a text names, and the films beside the one it is about, found in the catalogue."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from films.names import normalise
from reviews.documents.catalogue import Catalogue, KnownCredit, KnownFilm, KnownPerson
from reviews.documents.cues import LISTED, PASSING
from reviews.documents.layout import Flow, Taken, Word, joined, phrases
from reviews.documents.mentions import Mention, Style, telling_words
from reviews.documents.spelling import is_misspelt

LONGEST_NAME = 5  # words
POSSESSIVE = re.compile(r"['’]s?$")
PARTICLES = {"de", "del", "della", "di", "da", "du", "des", "la", "le", "van", "von", "der", "den", "ten", "ter", "el",
             "al", "bin", "ibn", "dos", "das", "y", "af", "av", "zu", "st"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedPerson:
    person: KnownPerson
    said: str
    start: int


@dataclass(frozen=True, slots=True)
class NamedFilm:
    film: KnownFilm
    said: str
    start: int


@dataclass(frozen=True, slots=True)
class Run:
    """Words in capitals that may be one name, as they stand in the text (without a possessive)."""

    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        return normalise(self.text)


def runs(text: str, words: Sequence[Word]) -> list[Run]:
    """The longest runs of words written like a name: capitals joined by spaces, hyphens, initials and particles."""
    found: list[Run] = []
    first: int | None = None
    for index, word in enumerate(words):
        if first is None:
            first = index if _starts_name(word) else None
            continue
        before = words[index - 1]
        goes_on = _is_tight(text, before, word) and not POSSESSIVE.search(before.text)
        if goes_on and (_starts_name(word) or (word.key in PARTICLES and word.text.islower())):
            continue
        found.append(_run(text, words[first:index]))
        first = index if _starts_name(word) else None
    if first is not None:
        found.append(_run(text, words[first:]))
    return found


def _starts_name(word: Word) -> bool:
    return word.is_capital and word.text[0].isalpha()


def _is_tight(text: str, one: Word, other: Word) -> bool:
    gap = text[one.end : other.start]
    return joined(text, one, other) and not set(gap) & set(",:;!?/*–—\n")


def _run(text: str, words: Sequence[Word]) -> Run:
    while words[-1].text.islower():
        words = words[:-1]
    end = words[-1].end - len(words[-1].text) + len(POSSESSIVE.sub("", words[-1].text))
    return Run(text[words[0].start : end], words[0].start, end)


def people(
    flow: Flow, words: Sequence[Word], credits: Sequence[KnownCredit], taken: Sequence[Mention], catalogue: Catalogue
) -> list[NamedPerson]:
    """Each person once, in the order of the text. Of namesakes the one who worked on the film, else nobody.

    Misspelt names are allowed for people of the film alone.
    """
    places = list(_places(flow.text, words))
    known: dict[str, list[KnownPerson]] = defaultdict(list)
    for one in catalogue.people_called({key for key, *_ in places if " " in key}):
        known[normalise(one.name)].append(one)
    of_film = {normalise(credit.person.name): credit.person for credit in credits}
    found: dict[int, NamedPerson] = {}
    covered = Taken(flow.text)
    for mention in taken:
        if mention.style >= Style.QUOTED and not mention.is_single:
            covered.take(mention.start, mention.end)
    person: KnownPerson | None
    for key, start, end in sorted(places, key=lambda place: place[1] - place[2]):
        if covered.meets(start, end):
            continue
        person = of_film.get(key)
        if person is None and re.search(r"['’]s\s$", flow.text[max(0, start - 3) : start]):
            continue  # "Bill Murray's Bob Harris" is nobody who could be in the catalogue
        if person is None and len(known[key]) == 1:
            person = known[key][0]
        if person is None and not known[key]:
            person = misspelt(key, of_film)
        if person is not None:
            covered.take(start, end)
            if person.id not in found or start < found[person.id].start:
                found[person.id] = NamedPerson(person, flow.text[start:end], start)
    return sorted(found.values(), key=lambda named: named.start)


def _places(text: str, words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    for first, after in phrases(text, list(words), LONGEST_NAME):
        last = words[after - 1]
        if words[first].is_capital and last.is_capital:
            stem = POSSESSIVE.sub("", last.text)
            key = " ".join([*(word.key for word in words[first : after - 1]), normalise(stem)])
            yield key, words[first].start, last.end - len(last.text) + len(stem)


def misspelt(key: str, of_film: dict[str, KnownPerson]) -> KnownPerson | None:
    """Who of the film is meant by a full name with a letter or two wrong."""
    near = {person.id: person for name, person in of_film.items() if " " in name and is_misspelt(key, name)}
    return next(iter(near.values())) if len(near) == 1 else None


def films(
    flow: Flow, found: Sequence[Mention], about: KnownFilm | None, named: Sequence[NamedPerson], catalogue: Catalogue
) -> list[NamedFilm]:
    """The other films, where it is certain which: by the year beside them, by their people, or by a telling title."""
    others = [mention for mention in found if about is None or about not in mention.films]
    credits = catalogue.credits_of({film.id for mention in others for film in mention.films})
    people_here = {person.person.id for person in named}
    certain: dict[int, NamedFilm] = {}
    for mention in others:
        film = _which(flow.text, mention, {
            film.id: {credit.person.id for credit in credits.get(film.id, ())} & people_here for film in mention.films
        })  # fmt: skip
        if film is not None:
            certain.setdefault(film.id, NamedFilm(film, mention.said, mention.start))
    return list(certain.values())


def _which(text: str, mention: Mention, shared: dict[int, set[int]]) -> KnownFilm | None:
    """`shared` are the people of each film whom the text names too."""
    candidates: Collection[KnownFilm] = mention.films
    before = text[max(0, mention.start - 60) : mention.start]
    cued = mention.is_listed or bool(PASSING.search(before)) or bool(LISTED.search(before))
    if mention.year is not None:
        candidates = [film for film in candidates if film.year == mention.year]
        return next(iter(candidates)) if len(candidates) == 1 else None
    if mention.style is Style.LOOSE and (mention.is_single or not cued):
        return None
    if mention.style is Style.LABEL and mention.is_single:  # it is not what the text is about: a section's heading
        return None
    with_people = [film for film in candidates if shared.get(film.id)]
    if len(with_people) == 1 and (cued or not mention.is_single or mention.style >= Style.QUOTED):
        return with_people[0]
    if len(candidates) != 1:
        return None
    sure = mention.style >= Style.QUOTED or telling_words(mention.key) > 2 or bool(PASSING.search(before))
    return next(iter(candidates)) if sure or (cued and not mention.is_single) else None
