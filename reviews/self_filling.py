"""Lists that fill themselves: what one finds, by the same code as the page of the catalogue, whenever it is looked at.

A list of which some part is not in the catalogue any more (a genre was deleted, a service went away) finds nothing:
with less asked for it would find other films, or all of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from accounts.models.viewer import Viewer
from config.keeping import Tags
from films import orders
from films.browse import NUMBERS, PARAMETERS, lacking
from films.catalogue import Reading
from films.choices import Choices, resting_films
from films.models import Film
from films.narrowing import Narrowing, Sql
from films.orders import Leg
from films.picking import Pick, cards, look_up, pick
from reviews.blind import is_blind
from reviews.browsing import MemberFilters, legs_for, made_of, narrowing_for
from reviews.lists import FANNED, ON_A_CARD
from reviews.models import FilmList, ListEntry
from reviews.models.film_list import LONGEST_FINDS
from reviews.searches import choices_for, query_of

SEEN: Final = "SELECT m.film_id FROM reviews_mark m WHERE m.member_id = %s AND m.watched_at IS NOT NULL"
ALL_FILMS: Final = gettext_lazy("This would be all films. Choose a filter first.")
KNOWN: Final = (*PARAMETERS, "from", "to", "min_rating", *NUMBERS, "length", "sort")


def finds_of(filters: MemberFilters) -> str:
    """What a list is to find, of what somebody chose: without what would be other films for each reader.

    Raises ValidationError where nothing is narrowed down then.
    """
    rest, left_out = filters.for_everybody()
    finds = query_of(rest)
    if not rest.active():
        raise ValidationError({"finds": list(filter(None, [left_out_of(left_out), str(ALL_FILMS)]))})
    if len(finds) > LONGEST_FINDS:
        raise ValidationError({"finds": [_("That is more than a list can keep. Take some filters off.")]})
    return finds


def left_out_of(words: Sequence[str]) -> str:
    """A sentence for what no list can find; empty for nothing."""
    if not words:
        return ""
    named = ", ".join(f"“{word}”" for word in words)
    return _("Everybody finds the same films on a list, so what is your own is left out: %(words)s.") % {"words": named}


def kept_parts(finds: str) -> str:
    """Of what a file says that a list finds, what can be asked of a catalogue, whatever this one has."""
    said = QueryDict(finds[:LONGEST_FINDS])
    pairs = [(name, word) for name in KNOWN for word in said.getlist(name) if name != "sort" or word in orders.SORTS]
    return urlencode(pairs)[:LONGEST_FINDS]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list asks for; `missing` is what the catalogue does not have any more."""

    filters: MemberFilters
    missing: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict, choices: Choices) -> "Asked":
        filters, notices = MemberFilters.read(query, choices)
        said = ((kind, word) for name, (kind, _side) in PARAMETERS.items() for word in query.getlist(name))
        missing = tuple(dict.fromkeys(word for kind, word in said if not choices.find(kind, word)))
        return cls(filters.for_everybody()[0], missing or tuple(notices))


@dataclass(frozen=True, slots=True)
class Found:
    """What a list finds for a viewer.

    films: their numbers in the order of the list, as many as were asked for. number: how many it shows, of the `total`.
    """

    asked: Asked
    films: list[int] = field(default_factory=list)
    number: int = 0
    total: int = 0
    tags: Tags = ()


class Finder:
    """Looks for what some lists find, for one viewer. Two queries for all of them, and what the catalogue costs."""

    def __init__(self, viewer: Viewer, lists: Sequence[FilmList]) -> None:
        queries = {film_list.pk: QueryDict(film_list.finds) for film_list in lists}
        by_service = any(name in query for query in queries.values() for name in ("service", lacking("service")))
        self.viewer, self.reading = viewer, Reading(resting_films() if by_service else {})
        choices = choices_for(queries.values(), self.reading)
        self.asked = {number: Asked.read(query, choices) for number, query in queries.items()}
        self.narrowings = {number: self._narrowing(asked) for number, asked in self.asked.items()}
        legs = (leg.narrowing for asked in self.asked.values() for leg in self._legs(asked.filters))
        seen = [self._seen()] if any(map(counts_seen, lists)) else []
        look_up(self.reading, [*filter(None, self.narrowings.values()), *legs, *seen])

    def find(self, film_list: FilmList, most: int | None = None, *, in_order: bool = True) -> Found:
        """With at most so many films, else all that it shows.

        A list by title shows the most popular of what it finds, by their titles; not `in_order`, by popularity.
        """
        asked, narrowing = self.asked[film_list.pk], self.narrowings[film_list.pk]
        is_personal = is_blind(self.viewer)
        if narrowing is None:
            return Found(asked, tags=made_of(asked.filters, Pick(), (), is_personal=is_personal))
        filters, legs = asked.filters, self._legs(asked.filters)
        total = len(self.reading.films(narrowing))
        picked = pick(self.reading, narrowing, legs, size=min(film_list.most_found, most or film_list.most_found))
        tags = made_of(filters, picked, legs, is_personal=is_personal)
        films = self._by_title(picked.films) if in_order and filters.sort == "title" else picked.films
        return Found(asked, films, min(total, film_list.most_found), total, tags)

    def seen_among(self, films: Iterable[int]) -> int:
        """How many of them the viewer has watched, who is signed in."""
        return len(self.reading.films(self._seen()) & BitMap(films))

    def _seen(self) -> Narrowing:
        assert self.viewer is not None  # somebody signed out has seen nothing
        return Narrowing(among=(Sql(SEEN, (self.viewer.pk,)),))

    def _narrowing(self, asked: Asked) -> Narrowing | None:
        """None where nothing is to be found."""
        return None if asked.missing or not asked.filters.active() else narrowing_for(asked.filters, self.viewer)

    def _legs(self, filters: MemberFilters) -> tuple[Leg, ...]:
        return orders.legs_of("popular") if filters.sort == "title" else legs_for(filters, self.viewer)

    def _by_title(self, films: list[int]) -> list[int]:
        """The database is asked only about films whose title is so new that it has no rank yet."""
        catalogue = self.reading.catalogue
        if not catalogue.loose.intersection_cardinality(BitMap(films)):
            return sorted(films, key=lambda number: int(catalogue.ranks[number]))
        among = Narrowing(among=(tuple(films),))
        return pick(self.reading, among, orders.legs_of("title"), size=max(1, len(films))).films


def found_by(viewer: Viewer, film_list: FilmList) -> Found:
    """All that one list shows. Its counts are put right by it, as `fill_lists` does."""
    finder = Finder(viewer, [film_list])
    found = finder.find(film_list)
    _put(finder, film_list, found)
    return found


def fill_lists(viewer: Viewer, lists: Iterable[FilmList]) -> Tags:
    """Put right how many films there are on those that fill themselves, `seen` where it is asked for, and the first
    films (`first_films`) for their cards. In place; returns the tags of what was found.

    A handful of queries for however many lists, and none where there is no such list.
    """
    own = [film_list for film_list in lists if film_list.fills_itself and "found" not in vars(film_list)]
    if not own:
        return ()
    finder = Finder(viewer, own)
    tags = list[str]()
    for film_list in own:
        found = finder.find(film_list, None if counts_seen(film_list) else FANNED, in_order=False)
        _put(finder, film_list, found)
        tags += found.tags
    _put_cards(own)
    return tuple(dict.fromkeys(tags))


def counts_seen(film_list: FilmList) -> bool:
    """Whether the row was asked for `with_seen`, by somebody who is signed in."""
    return vars(film_list).get("seen") is not None


def _put(finder: Finder, film_list: FilmList, found: Found) -> None:
    film_list.film_count = found.number
    vars(film_list)["found"] = found
    if counts_seen(film_list):
        vars(film_list)["seen"] = finder.seen_among(found.films)


def _put_cards(lists: Sequence[FilmList]) -> None:
    wanted = {number for film_list in lists for number in vars(film_list)["found"].films[:FANNED]}
    rows = {row["id"]: row for row in Film.objects.filter(pk__in=wanted).values(*ON_A_CARD)} if wanted else {}
    for film_list in lists:
        films = vars(film_list)["found"].films[:FANNED]
        vars(film_list)["first_films"] = [rows[number] for number in films if number in rows]


def as_entries(
    film_list: FilmList,
    found: Found,
    *,
    start: int = 0,
    most: int | None = None,
    load: Callable[[list[int]], Iterable[Any]] = cards,
) -> list[ListEntry]:
    """What it finds as rows of a list, which are not stored: `most` of them behind the first `start`.

    `load` reads films by their numbers. What was taken away meanwhile is left out. One query.
    """
    numbers = found.films[start : None if most is None else start + most]
    there = {film.pk: film for film in load(numbers)} if numbers else {}
    return [_row(film_list, there[number], place) for place, number in enumerate(numbers, start + 1) if number in there]


def _row(film_list: FilmList, film: Film, place: int) -> ListEntry:
    """Nobody put it there at any time."""
    entry = ListEntry(film_list=film_list, film=film, position=place)
    vars(entry).update(added_at=None, updated_at=None)
    return entry
