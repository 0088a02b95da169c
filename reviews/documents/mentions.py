"""Where a text names films that the catalogue has, and how sure each place is."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from films.names import ARTICLE, normalise, sort_title
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
    PLACES,
    SEQUEL,
    SMALL,
    SONG_AFTER,
    SONG_BEFORE,
    YEAR_AFTER,
    YEAR_BEFORE,
)
from reviews.documents.layout import Flow, Shape, Taken, Word, bare, phrases
from reviews.documents.words import MONTHS

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
    is_named: bool  # but in capitals that only a name has: "The Irishman", "Get Out" inside a sentence
    year: int | None  # the year that stands beside it
    is_passing: bool  # named beside the subject, as in "better than …"
    is_listed: bool  # one of several titles in a row
    is_item: bool  # all that an item of a list says
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
    marked = sorted((place.start, place.end) for place in places if place.style is Style.QUOTED)
    taken: list[Place] = []
    covered = Taken(flow.text)
    for place in sorted(places, key=lambda place: (-max(place.style, Style.PLAIN), place.start - place.end)):
        if place.key not in known or covered.meets(place.start, place.end) or _is_cut_out(place, marked, flow.text):
            continue
        taken.append(place)
        covered.take(place.start, place.end)
    standing = sorted((place for place in taken if _stands(flow.text, place)), key=lambda place: place.start)
    listed = _listed(flow.text, standing) | {place for place in standing if _is_item(flow, place)}
    missing = [
        Missing(flow.text[place.start : place.end + sequel.end()], place.start)
        for place in taken
        if (sequel := SEQUEL.match(flow.text[place.end : place.end + 20]))
        and telling_words(place.key)
        and place.key not in MONTHS
        and not re.search(r"(?:19|20[0-3])\d\d?$", sequel[0])  # "April 2025" is no sequel
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


def _is_item(flow: Flow, place: Place) -> bool:
    part = flow.parts[flow.part_at(place.start)]
    return part.shape is Shape.ITEM and _is_all_said(part.text, flow.text[place.start : place.end])


def telling_words(key: str) -> int:
    """How many words of a title are hardly met by chance; the number of a sequel is one."""
    words = key.split()
    telling = sum(word not in FUNCTION_WORDS and (not word.isdigit() or len(words) > 1) for word in words)
    return telling + (len(words) > 3 and telling > 0)


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
        stem = last.text[:-2] if last.text.endswith(("'s", "’s")) else last.text
        key = " ".join(word.key for word in found[first:after])
        if stem is not last.text:
            key = f"{key[: -len(last.key)]}{normalise(stem)}"
        plain = all(word.is_capital or len(word.text) <= 3 or word.key in SMALL for word in found[first:after])
        end = last.end - (len(last.text) - len(stem))
        style = Style.PLAIN if plain and not found[after - 1].text.islower() else Style.LOOSE
        bare_key = ARTICLE.sub("", key)
        if key in PLACES or bare_key.isdigit():
            continue
        if after - first == 1 and ((style is Style.LOOSE and not all_lower) or key in FUNCTION_WORDS):
            continue
        places.append(Place(found[first].start, end, bare_key, style))
    return places


def _is_cut_out(place: Place, marked: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether the title is only a piece of some other, shorter quoted name (a song, an episode, an unknown film)."""
    index = bisect_right(marked, (place.start, len(text))) - 1
    if index < 0:
        return False
    start, end = marked[index]
    within = start <= place.start and place.end <= end and (start, end) != (place.start, place.end)
    return within and len(text[start:end].split()) <= 8 and text[start:end].istitle()


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
    return not _follows_name(before)


def _follows_name(before: str) -> bool:
    """Whether a capital that is not a sentence's first stands just before: then the title is a piece of a name."""
    word = re.search(r"(?<!\w)([A-Z][\w’']*) $", before)
    if word is None or word[1].lower() in SMALL or word[1].endswith(("'s", "’s")):
        return False
    lead = before[: word.start()].rstrip()
    return bool(lead) and lead[-1] not in '.!?:“"(*—–…'


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
        telling_words(place.key) < 2,
        place.style is Style.PLAIN and _has_name_s_capitals(text, place),
        int(beside[1]) if beside else None,
        bool(PASSING.search(before) or PASSING_AFTER.match(after) or LISTED.search(before)),
        is_listed,
        _is_item(flow, place),
        index,
    )


def _has_name_s_capitals(text: str, place: Place) -> bool:
    """Capitals after "The", or on small words inside a sentence."""
    words = text[place.start : place.end].split()
    if len(words) < 2 or not all(word[0].isupper() for word in words):
        return False
    inside = text[max(0, place.start - 2) : place.start - 1].isalnum()
    return words[0] == "The" or (inside and telling_words(place.key) == 0)


def _is_all_said(line: str, title: str) -> bool:
    """Whether a line says nothing but this title (and that it is a review, of which year, with how many stars)."""
    if len(line) > 100:
        return False
    rest = bare(line).replace(title, " ", 1)
    return not re.search(r"[^\W\d_]", ONLY_ABOUT.sub(" ", rest))
