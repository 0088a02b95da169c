"""The catalogue, narrowed down."""

from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.freshness import by_tag
from accounts.models.sight import is_signed_in
from accounts.requests import PageRequest
from accounts.views.keeping import kept_page
from config.keeping import Tags, kept
from films import browse as catalogue
from films.catalogue import Reading
from films.choices import Choices, resting_films
from films.counting import Counts, count, count_each
from films.models import Film
from films.narrowing import Narrowing
from films.orders import Leg
from films.paging import BadCursor, Slice
from films.picking import load, pick
from reviews import browsing
from reviews.blind import is_blind
from reviews.browsing import OWN_SORTS, PERSONAL, MemberFilters, counted_of, made_of, narrowing_for
from reviews.filling import filling, panel, sorts_for
from reviews.marks import attach_marks
from reviews.searches import saving
from reviews.views.finding import finding

BROWSE: Final = "films/browse.html"


@require_safe
@vary_on_headers("HX-Request")
def browse(request: PageRequest) -> HttpResponse:
    viewer = request.user
    mine = is_blind(viewer) or request.GET.get("sort") in OWN_SORTS or any(word in request.GET for word in PERSONAL)
    # In words: member 1 would be everybody who is signed in, for Python, since 1 == True.
    who = f"member {viewer.pk}" if mine else "members" if is_signed_in(viewer) else "visitors"
    key = ("browse", request.GET.urlencode(), who, bool(request.htmx), get_language())
    found: Found = kept(key, lambda made: made.tags, lambda: find(request, is_personal=mine))
    filters = found.filters
    if "" in request.GET.values() and not request.htmx and not found.context["notices"]:
        return redirect(filters.address())  # a form sends its empty fields too; the address is to be passed on

    def make() -> tuple[dict[str, Any], Tags]:
        if not is_signed_in(viewer):
            return found.context | {"films": found.films}, (*found.tags, by_tag(viewer.pk))
        films = [copy(film) for film in found.films]
        attach_marks(viewer, films)
        context = found.context | saving(viewer, filters) | finding(viewer, filters) | {"films": films}
        return context, (*found.tags, by_tag(viewer.pk))

    if not request.htmx:
        return kept_page(request, BROWSE, make)
    response = render(request, BROWSE, make()[0])
    response["HX-Push-Url"] = filters.address()
    return response


@dataclass(frozen=True, slots=True)
class Found:
    """What a page shows but for the reader's marks: the same for many readers, until something is written."""

    filters: MemberFilters
    films: list[Film]
    context: dict[str, Any]
    tags: Tags

    def __len__(self) -> int:
        """About how much it takes to keep it."""
        return len(self.context["panel"]) + 1000 * len(self.films)


def find(request: PageRequest, *, is_personal: bool) -> Found:
    reading = Reading(resting_films())
    choices = Choices.load(catalogue.named_in(request.GET), reading)
    filters, notices = MemberFilters.read(request.GET, choices)
    if not request.user.is_authenticated:
        filters = replace(filters, list_id=None)
    if filters.needs_member and not request.user.is_authenticated:
        notices.append(_("Log in to filter or sort by what you and the people you follow have watched."))
    legs = browsing.legs_for(filters, request.user)
    shown = _Shown(request, filters, narrowing_for(filters, request.user), legs, reading, is_personal)
    page = shown.page(notices)
    counts = shown.counts()
    context = {
        "found": max(counts.found, len(page)),
        "filters": filters,
        "notices": notices,
        "chips": [(label, rest.address()) for label, rest in filters.active()],
        "ways_out": [] if page.rows or counts.found or page.after else shown.ways_out(),
        "previous_url": filters.address(before=page.before) if page.before else "",
        "next_url": filters.address(after=page.after) if page.after else "",
        "all_url": MemberFilters(list_id=filters.list_id).address(),
        "sorts": sorts_for(filters, request.user),
        "panel": panel(filters, counts, request.user),
        **(filling(filters, counts, request.user) if request.htmx else {}),
    }
    return Found(filters, page.rows, context, made_of(filters, page, legs, is_personal=is_personal))


@dataclass(frozen=True, slots=True)
class _Shown:
    request: HttpRequest
    filters: MemberFilters
    narrowing: Narrowing
    legs: tuple[Leg, ...]
    reading: Reading
    is_personal: bool

    def page(self, notices: list[str]) -> Slice[Film]:
        where: dict[str, Any] = {name: self.request.GET.get(name, "") for name in ("after", "before")}
        try:
            picked = pick(self.reading, self.narrowing, self.legs, size=60, **where)
        except BadCursor as error:
            notices.append(str(error))
            picked = pick(self.reading, self.narrowing, self.legs, size=60)
        return load(picked)

    def counts(self) -> Counts:
        """What each choice of a filter would leave: the same for every page and order of these films."""
        viewer = self.request.user

        def make() -> Counts:
            instead = {kind: narrowing_for(rest, viewer) for kind, rest in self.filters.instead().items()}
            return count(self.reading, self.narrowing, instead)

        asked = replace(self.filters, sort="popular", list_id=None).query()
        key = ("counted", *asked, viewer.pk if self.is_personal else 0)
        return cast(Counts, kept(key, counted_of(self.filters, is_personal=self.is_personal), make))

    def ways_out(self) -> list[tuple[str, str, int]]:
        """For each filter its words, the address without it, and how many films that would leave; the most first."""
        active = self.filters.active()
        alternatives = [narrowing_for(rest, self.request.user) for _label, rest in active]
        counts = count_each(self.reading, alternatives)
        ways = [(label, rest.address(), n) for (label, rest), n in zip(active, counts, strict=True) if n]
        return sorted(ways, key=lambda way: -way[2])
