"""Where a text names films that the catalogue has, and how sure each place is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from films.names import normalise, sort_title
from reviews.documents.catalogue import Catalogue, KnownFilm
from reviews.documents.cues import (
    AND,
    FUNCTION_WORDS,
    LABELLED,
    LISTED,
    MARKED,
    ONLY_ABOUT,
    PASSING,
    PASSING_AFTER,
    SEQUEL,
    SMALL,
    SONG_AFTER,
    SONG_BEFORE,
    YEAR_AFTER,
    YEAR_BEFORE,
)
from reviews.documents.layout import Flow, Word, bare, phrases

LONGEST_TITLE = 12  # words
MOSTLY_LOWER = 0.02  # of the words in capitals: below it the writer does not use them


class Style(IntEnum):
    """How a title is written, from a chance likeness to a plain statement."""

    LOOSE = 0  # capitals missing
    PLAIN = 1  # capitals like a name
    QUOTED = 2  # in quotation marks or italics
    LABEL = 3  # "Film: …", or all that a heading says


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a title of the catalogue stands."""

    start: int
    end: int
    said: str
    key: str
    films: tuple[KnownFilm, ...]  # all that are called so
    style: Style
    is_single: bool  # one telling word: likely to be met by chance
    year: int | None  # the year that stands beside it
    is_passing: bool  # named beside the subject, as in "better than …"
    is_listed: bool  # one of several titles in a row
    place: int  # the index of the part it stands in


@dataclass(frozen=True, slots=True)
class Place:
    start: int
    end: int
    key: str
    style: Style


@dataclass(frozen=True, slots=True)
class Missing:
    """A numbered title whose number the catalogue lacks: "Toy Story 9" where it has only "Toy Story"."""

    said: str
    start: int


def find(flow: Flow, found: Sequence[Word], catalogue: Catalogue) -> tuple[list[Mention], list[Missing]]:
    """Mentions in the order of the text; of titles inside one another only the longest."""
    places = [*_marked(flow.text), *_labelled(flow), *_unmarked(flow.text, found)]
    known = _by_key(catalogue, {place.key for place in places})
    marked = [(place.start, place.end) for place in places if place.style is Style.QUOTED]
    taken: list[Place] = []
    for place in sorted(places, key=lambda place: (-max(place.style, Style.PLAIN), place.start - place.end)):
        if place.key in known and not _overlaps(place, taken) and not _is_cut_out(place, marked, flow.text):
            taken.append(place)
    standing = sorted((place for place in taken if _stands(flow.text, place)), key=lambda place: place.start)
    listed = _listed(flow.text, standing)
    missing = [
        Missing(flow.text[place.start : place.end + sequel.end()], place.start)
        for place in taken
        if (sequel := SEQUEL.match(flow.text[place.end : place.end + 20])) and telling_words(place.key)
    ]
    mentions = [_mention(flow, place, known[place.key], is_listed=place in listed) for place in standing]
    return mentions, sorted(missing, key=lambda each: each.start)


def _listed(text: str, places: Sequence[Place]) -> set[Place]:
    """Titles joined by commas and "and" to other titles."""
    listed: set[Place] = set()
    for one, other in pairwise(places):
        if AND.fullmatch(text[one.end : other.start]):
            listed |= {one, other}
    return listed


def telling_words(key: str) -> int:
    return sum(word not in FUNCTION_WORDS and not word.isdigit() for word in key.split())


def is_all_lower(found: Sequence[Word]) -> bool:
    """Whether the writer uses no capitals, so that their absence says nothing."""
    return sum(word.text[0].isupper() for word in found) <= MOSTLY_LOWER * len(found)


def _by_key(catalogue: Catalogue, keys: set[str]) -> Mapping[str, tuple[KnownFilm, ...]]:
    known: dict[str, dict[int, KnownFilm]] = {}
    for film in catalogue.films_called(keys):
        for title in film.titles:
            if (key := sort_title(title)) in keys:
                known.setdefault(key, {})[film.id] = film
    return {key: tuple(films.values()) for key, films in known.items()}


def marked_spans(text: str) -> list[tuple[int, int]]:
    """Where text stands in quotation marks, italics or bold: without the marks, and the full stop inside them."""
    spans = []
    for match in MARKED.finditer(text):
        start, end = match.span(match.lastindex or 0)
        words = text[start:end]
        spans.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip(" ,.;:"))))
    return spans


def _marked(text: str) -> list[Place]:
    places = []
    for start, end in marked_spans(text):
        words = text[start:end]
        end -= len(words) - len(re.sub(r"\s*[(\[](?:18|19|20)\d\d[)\]]$", "", words))
        places.append(Place(start, end, sort_title(text[start:end]), Style.QUOTED))
    return places


def _labelled(flow: Flow) -> list[Place]:
    places = []
    for part, start in zip(flow.parts, flow.starts, strict=True):
        if (label := LABELLED.match(part.text)) is not None:
            words = re.sub(r"\s*[(\[,]?\s*(?:18|19|20)\d\d\s*[)\]]?\W*$", "", label[1]).strip("*_\"'“”‘’ ")
            at = start + part.text.find(words, label.start(1))
            places.append(Place(at, at + len(words), sort_title(words), Style.LABEL))
    return places


def _unmarked(text: str, found: Sequence[Word]) -> list[Place]:
    all_lower = is_all_lower(found)
    places = []
    for first, after in phrases(text, list(found), LONGEST_TITLE):
        if not found[first].is_capital and not all_lower:
            continue
        last = found[after - 1]
        keys = [word.key for word in found[first : after - 1]]
        stem = re.sub(r"['’]s$", "", last.text)
        key = " ".join([*keys, last.key if stem == last.text else normalise(stem)])
        plain = all(word.is_capital or len(word.text) <= 3 or word.key in SMALL for word in found[first:after])
        end = last.end - (len(last.text) - len(stem))
        style = Style.PLAIN if plain and not found[after - 1].text.islower() else Style.LOOSE
        if after - first == 1 and ((style is Style.LOOSE and not all_lower) or key in FUNCTION_WORDS or key.isdigit()):
            continue
        places.append(Place(found[first].start, end, sort_title(key), style))
    return places


def _overlaps(place: Place, taken: Sequence[Place]) -> bool:
    return any(place.start < other.end and other.start < place.end for other in taken)


def _is_cut_out(place: Place, marked: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether the title is only a piece of some other, shorter quoted name (a song, an episode, an unknown film)."""
    return any(
        start <= place.start and place.end <= end and (start, end) != (place.start, place.end)
        and len(text[start:end].split()) <= 8 and text[start:end].istitle()
        for start, end in marked
    )  # fmt: skip


def _stands(text: str, place: Place) -> bool:
    """Whether an unmarked title is a whole name: not a piece of a longer one, not a sequel's."""
    after, before = text[place.end : place.end + 60], text[max(0, place.start - 40) : place.start]
    if SEQUEL.match(after):
        return False
    if place.style >= Style.QUOTED:
        return not (SONG_AFTER.match(after) and SONG_BEFORE.search(before))
    if telling_words(place.key) > 1:
        return True
    if re.match(r" [A-Z][\w’']+", after) and not re.match(
        r" (?:Is|Was|Has|And|Review|Stars|Follows|Tells|In|On|The|A)\b", after
    ):
        return False
    return not re.search(
        r"(?<![.!?:“\"(*])\s?(?<!\w)(?!In |The |And |With |Of |For |But |To |As |At |On )[A-Z][\w]+ $", before[-25:]
    )


def _mention(flow: Flow, place: Place, films: tuple[KnownFilm, ...], *, is_listed: bool) -> Mention:
    text = flow.text
    before, after = text[max(0, place.start - 60) : place.start], text[place.end : place.end + 60]
    beside = YEAR_AFTER.match(after) or YEAR_BEFORE.search(before)
    style = place.style
    index = flow.part_at(place.start)
    if index < 2 and _is_all_said(flow.parts[index].text, text[place.start : place.end]):
        style = Style.LABEL
    return Mention(
        place.start,
        place.end,
        text[place.start : place.end],
        place.key,
        films,
        style,
        telling_words(place.key) < 2 and not _is_articled(text, place),
        int(beside[1]) if beside else None,
        bool(PASSING.search(before) or PASSING_AFTER.match(after) or LISTED.search(before)),
        is_listed,
        index,
    )


def _is_articled(text: str, place: Place) -> bool:
    """ "The Irishman" inside a sentence: nobody writes a large The there but in a title."""
    before = text[max(0, place.start - 2) : place.start]
    return text[place.start : place.start + 4] == "The " and before[:1].isalnum() and before[1:] == " " and bool(
        telling_words(place.key)
    )  # fmt: skip


def _is_all_said(line: str, title: str) -> bool:
    """Whether a line says nothing but this title (and that it is a review, of which year, with how many stars)."""
    if len(line) > 100:
        return False
    rest = bare(line).replace(title, " ", 1)
    return not re.search(r"[^\W\d_]", ONLY_ABOUT.sub(" ", rest))
