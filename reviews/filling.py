"""What fills the form of the catalogue's filters: each choice, whether it is on, and how many films it leaves."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.keeping import remembered
from films import browse as catalogue
from films.browse import Filters, lacking
from films.choices import NAMED
from films.counting import Counts
from reviews.blind import is_blind
from reviews.browsing import OWN_SORTS, YOURS, MemberFilters

# Kinds with a few choices, each shown; those with many are lists to pick from.
SHOWN: Final = ("genre", "note", "access")
PICKED: Final = ("country", "language", "service", "certificate")
COMMONEST: Final = 6  # choices of a kind that are not folded away


class Choice(NamedTuple):
    """`number` is None where it is not known."""

    value: str
    name: str
    is_on: bool = False
    number: int | None = None

    @property
    def figure(self) -> str:
        return "" if self.number is None else _in_figures(self.number, get_language())


@lru_cache(maxsize=10_000)
def _in_figures(number: int, _language: str | None) -> str:
    return intcomma(number)


@dataclass(frozen=True, slots=True)
class Facet:
    """All choices of a kind for one side: `name` is the parameter. `on` are those that are chosen."""

    name: str
    choices: list[Choice]

    @property
    def on(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.is_on]

    @property
    def rest(self) -> list[Choice]:
        return [choice for choice in self.choices if not choice.is_on]

    @property
    def parts(self) -> list[list[Choice]]:
        """First those that leave the most films, and what is on; then the others, if there are any, as they come."""
        most = sorted(self.choices, key=lambda choice: -(choice.number or 0))
        first = [choice for place, choice in enumerate(most) if place < COMMONEST or choice.is_on]
        others = [choice for choice in self.choices if choice not in first]
        return [first, others] if others else [first]


def panel(filters: MemberFilters, counts: Counts, viewer: Viewer) -> SafeString:
    """The form, as films/_filters.html draws it."""
    who = is_signed_in(viewer), is_blind(viewer), get_language(), timezone.localdate().year
    key = ("filters", filters, filters.choices.rows, tuple(counts.of.items()), *who)
    form = get_template("films/_filters.html")
    return SafeString(remembered(key, lambda: form.render({"filters": filters} | filling(filters, counts, viewer))))


def sorts_for(filters: MemberFilters, viewer: Viewer) -> dict[str, Any]:
    return {word: name for word, name in filters.sorts().items() if is_signed_in(viewer) or word not in OWN_SORTS}


def filling(filters: MemberFilters, counts: Counts, viewer: Viewer) -> dict[str, Any]:
    """For films/_filters.html and films/_counts.html."""
    signed_in, blind = is_signed_in(viewer), is_blind(viewer)
    return {
        "facets": {kind: _facet(filters, counts, kind) for kind in (*SHOWN, *PICKED)},
        "leaving_out": {kind: _facet(filters, counts, kind, out=True) for kind in (*SHOWN, *PICKED)},
        "hidden": _hidden(filters),
        "decades": _decades(filters, counts),
        "radios": {
            "length": _measure(filters, counts, "length", "t", dict(catalogue.LENGTHS)),
            "min_rating": _stars(filters, Counts() if blind else counts),
            "min_ratings": _often(filters, Counts() if blind else counts),
        },
        "yours": [(word, name, word in filters.yours, word in filters.not_yours) for word, name in YOURS.items()]
        if signed_in
        else [],
    }


def _number(counts: Counts, word: str) -> int | None:
    return counts.of.get(word, 0) if counts.of else None


def _facet(filters: Filters, counts: Counts, kind: str, *, out: bool = False) -> Facet:
    """Those that would leave no film are not offered, except where they are on."""
    names = filters.choices.names[kind]
    on = filters.none_of_kind(kind) if out else filters.of_kind(kind)
    rows = []
    for slug, name in names.items():
        number = None if out else _number(counts, filters.choices.words[kind, slug])
        if slug in on or out or number != 0 or kind in {"note", "access"}:
            rows.append(Choice(slug, name, slug in on, number))
    return Facet(lacking(kind) if out else kind, rows)


def _hidden(filters: MemberFilters) -> list[tuple[str, str]]:
    """What is chosen and has no field of its own: it stays on when the form is sent."""
    pairs = [(kind, slug) for kind, slug in filters.has if kind in NAMED]
    pairs += [(lacking(kind), slug) for kind, slug in filters.lacks if kind in NAMED]
    pairs += [(name, tag) for name in ("tag", "not_tag") for tag in getattr(filters, name)]
    pairs += [("list", str(filters.list_id))] if filters.list_id else []
    return pairs


def _decades(filters: MemberFilters, counts: Counts) -> list[tuple[str, str, bool, int | None]]:
    """Words, address, whether that is what is on, and how many films."""
    chosen = filters.first_year, filters.last_year
    rows = []
    decades = catalogue.decades()
    addresses = filters.in_each((first, last) for _words, first, last in decades)
    for address, (words, first, last) in zip(addresses, decades, strict=True):
        numbers = [_number(counts, f"d{year}") for year in range(first // 10 * 10, last + 1, 10)]
        known = [number for number in numbers if number is not None]
        total = sum(known) if known else None
        rows.append((words, address, chosen == (first, last), total))
    return [row for row in rows if row[3] != 0 or row[2]]


def _measure(filters: Filters, counts: Counts, name: str, letter: str, names: dict[str, Any]) -> list[Choice]:
    chosen = getattr(filters, name)
    return [
        Choice(value, label, str(chosen or "") == value, _number(counts, f"{letter}{value}"))
        for value, label in names.items()
    ]


def _stars(filters: Filters, counts: Counts) -> list[Choice]:
    """What is offered, and what an address asked for besides."""
    offered = sorted({*catalogue.MIN_RATING, filters.min_rating} - {""}, reverse=True)
    return [
        Choice(
            stars,
            _("%(stars)s or more") % {"stars": catalogue.in_figures(stars)},
            filters.min_rating == stars,
            _number(counts, f"r{int(float(stars) * 2)}"),
        )
        for stars in offered
    ]


def _often(filters: Filters, counts: Counts) -> list[Choice]:
    offered = sorted({*catalogue.MIN_RATINGS, filters.min_ratings or 0} - {0})
    return [
        Choice(
            str(number),
            _("%(number)d or more") % {"number": number},
            filters.min_ratings == number,
            _number(counts, f"k{number}"),
        )
        for number in offered
    ]
