"""The filters of the catalogue, read from plain words in an address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from films import asked
from films.choices import LETTERS, NAMED, Choices
from films.models.film import FIRST_YEAR
from films.orders import SORTS
from films.periods import span, years_of

MOST_CHOSEN: Final = 10  # of one kind
LENGTHS: Final = {
    "short": gettext_lazy("Under 90 minutes"),
    "medium": gettext_lazy("90 to 150 minutes"),
    "long": gettext_lazy("Needs an intermission"),
}
MIN_RATING: Final = ("4.5", "4", "3.5", "3")  # offered; an address may ask for any other in halves
MIN_RATINGS: Final = (10, 100, 1000, 10_000)
NUMBERS: Final = ("min_ratings", "min_runtime", "max_runtime")

type Pair = tuple[str, str]


def lacking(kind: str) -> str:
    """What an address calls it that a film is to have none of the kind."""
    return "without" if kind == "note" else f"not_{kind}"


# As they follow each other in an address; the years come after the first four.
PARAMETERS: Final[dict[str, Pair]] = {
    name: (kind, side)
    for kind in (
        "genre",
        "note",
        "access",
        "country",
        "language",
        "service",
        "company",
        "franchise",
        "certificate",
        "person",
    )
    for name, side in ((kind, "has"), (lacking(kind), "lacks"))
}
BEFORE_YEARS: Final = 6


@dataclass(frozen=True)
class Filters:
    """What the reader narrows the catalogue down to. Empty is everything.

    A film has all of what is in `has`, and nothing of what is in `lacks`: pairs of a kind and a slug or code.
    """

    choices: Choices = field(default_factory=Choices, repr=False, compare=False)
    has: tuple[Pair, ...] = ()
    lacks: tuple[Pair, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    min_rating: str = ""
    min_ratings: int | None = None
    min_runtime: int | None = None
    max_runtime: int | None = None
    length: str = ""
    sort: str = "popular"

    @classmethod
    def sorts(cls) -> Mapping[str, Any]:
        return SORTS

    @classmethod
    def read(cls, query: QueryDict, choices: Choices) -> tuple[Self, list[str]]:
        """The filters of an address, and a sentence for each that makes no sense and is left out."""
        notices: list[str] = []
        sides: dict[str, list[Pair]] = {"has": [], "lacks": []}
        for name, (kind, side) in PARAMETERS.items():
            found = [asked.choose(kind, word, choices, notices) for word in query.getlist(name)]
            sides[side] += [(kind, slug) for slug in asked.few(filter(None, found), MOST_CHOSEN, notices)]
        first, last = years_of(query, notices)
        numbers: dict[str, Any] = {name: asked.number(query.get(name, ""), notices) for name in NUMBERS}
        numbers["min_runtime"], numbers["max_runtime"] = span(numbers["min_runtime"], numbers["max_runtime"])
        filters = cls(
            choices=choices,
            has=tuple(sides["has"]),
            lacks=tuple(sides["lacks"]),
            first_year=first,
            last_year=last,
            min_rating=asked.stars(query.get("min_rating", "").strip(), notices),
            length=asked.pick(query.get("length", ""), LENGTHS, notices),
            sort=asked.pick(query.get("sort", ""), cls.sorts(), notices) or "popular",
            **numbers,
        )
        return filters, notices

    def of_kind(self, kind: str) -> list[str]:
        return [slug for other, slug in self.has if other == kind]

    def none_of_kind(self, kind: str) -> list[str]:
        return [slug for other, slug in self.lacks if other == kind]

    @property
    def period(self) -> str:
        """The years in words."""
        first, last = self.first_year, self.last_year
        if first and last:
            if first == last:
                return str(first)
            if first % 10 == 0 and last == first + 9:
                return _("%(decade)ds") % {"decade": first}
            return _("%(first)d to %(last)d") % {"first": first, "last": last}
        if first:
            return _("From %(year)d") % {"year": first}
        return _("Until %(year)d") % {"year": last} if last else ""

    @property
    def runtime(self) -> str:
        """The length in words, where it was asked for in minutes."""
        least, most = self.min_runtime, self.max_runtime
        if least and most:
            length = ngettext("%(least)d to %(most)d minute", "%(least)d to %(most)d minutes", most)
            return length % {"least": least, "most": most}
        if least:
            return ngettext("%(least)d minute or more", "%(least)d minutes or more", least) % {"least": least}
        return ngettext("%(most)d minute or less", "%(most)d minutes or less", most) % {"most": most} if most else ""

    def active(self) -> list[tuple[str, Self]]:
        """Each filter that is on, in words, and what is left when it is taken off."""
        on = list(self._chosen("genre"))
        if self.period:
            on.append((self.period, replace(self, first_year=None, last_year=None)))
        for kind in LETTERS:
            on += self._chosen(kind) if kind != "genre" else ()
        if self.min_rating:
            rated = _("Rated %(stars)s or more") % {"stars": in_figures(self.min_rating)}
            on.append((rated, replace(self, min_rating="")))
        if self.min_ratings:
            often = ngettext("At least %(number)d rating", "At least %(number)d ratings", self.min_ratings)
            on.append((often % {"number": self.min_ratings}, replace(self, min_ratings=None)))
        if self.length:
            on.append((str(LENGTHS[self.length]), replace(self, length="")))
        if self.runtime:
            on.append((self.runtime, replace(self, min_runtime=None, max_runtime=None)))
        return on

    def _chosen(self, kind: str) -> Iterator[tuple[str, Self]]:
        names = self.choices.names[kind]
        for slug in self.of_kind(kind):
            yield names[slug], replace(self, has=tuple(pair for pair in self.has if pair != (kind, slug)))
        for slug in self.none_of_kind(kind):
            words = _("Without: %(note)s") % {"note": names[slug]}
            yield words, replace(self, lacks=tuple(pair for pair in self.lacks if pair != (kind, slug)))

    def instead(self) -> dict[str, Self]:
        """These filters without one of those that have a single value, by the letter of that one in the address."""
        others: dict[str, Self] = {}
        if self.period:
            others["d"] = replace(self, first_year=None, last_year=None)
        if self.length or self.runtime:
            others["t"] = replace(self, length="", min_runtime=None, max_runtime=None)
        if self.min_rating:
            others["r"] = replace(self, min_rating="")
        if self.min_ratings:
            others["k"] = replace(self, min_ratings=None)
        return others

    def query(self) -> list[tuple[str, str]]:
        """The shortest query that says so again."""
        chosen = [
            [(name, slug) for other, slug in getattr(self, side) if other == kind]
            for name, (kind, side) in PARAMETERS.items()
        ]
        pairs = [pair for pairs in chosen[:BEFORE_YEARS] for pair in pairs]
        pairs += [("from", str(self.first_year))] if self.first_year else []
        pairs += [("to", str(self.last_year))] if self.last_year else []
        pairs += [pair for pairs in chosen[BEFORE_YEARS:] for pair in pairs]
        others = ("min_rating", *NUMBERS, "length")
        pairs += [(name, str(getattr(self, name))) for name in others if getattr(self, name)]
        return pairs + ([("sort", self.sort)] if self.sort != "popular" else [])

    def in_each(self, periods: Iterable[tuple[int, int]]) -> list[str]:
        """The address of the same in each of these periods, of a first and a last year."""
        pairs = replace(self, first_year=1, last_year=1).query()
        place = pairs.index(("from", "1"))
        before, after = urlencode(pairs[:place]), urlencode(pairs[place + 2 :])
        start = reverse("films:browse") + "?"
        years = (urlencode({"from": first, "to": last}) for first, last in periods)
        return [start + "&".join(filter(None, (before, each, after))) for each in years]

    def address(self, **more: str) -> str:
        query = urlencode([*self.query(), *more.items()])
        return reverse("films:browse") + (f"?{query}" if query else "")


def named_in(query: QueryDict) -> dict[str, list[str]]:
    """The slugs of what is too much to be offered, for `Choices.load`; a name may be written instead."""
    said = {kind: [*query.getlist(kind), *query.getlist(lacking(kind))][: 2 * MOST_CHOSEN] for kind in NAMED}
    return {kind: [*words, *(slugify(word) for word in words)] for kind, words in said.items()}


def in_figures(stars: str) -> str:
    """4.5 as 4½."""
    return "½" if stars == "0.5" else stars.replace(".5", "½")


def decades() -> list[tuple[str, int, int]]:
    """Words and years, from this decade back; everything before 1930 is one."""
    latest = timezone.localdate().year // 10 * 10
    named = [(_("%(decade)ds") % {"decade": year}, year, year + 9) for year in range(latest, 1929, -10)]
    return [*named, (_("Before 1930"), FIRST_YEAR, 1929)]
