"""The filters and sorts of the catalogue, read from plain words in an address."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, Self

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.choices import Choices
from films.models import Availability, Film
from films.models.film import FIRST_YEAR, LAST_YEAR
from films.paging import Run

MOST_COUNTED: Final = 1000
MOST_GENRES: Final = 4

SORTS: Final = {
    "popular": gettext_lazy("Most popular"),
    "rating": gettext_lazy("Highest rated"),
    "newest": gettext_lazy("Newest"),
    "oldest": gettext_lazy("Oldest"),
    "title": gettext_lazy("Title"),
    "length": gettext_lazy("Shortest"),
}
LENGTHS: Final = {
    "short": (gettext_lazy("Under 90 minutes"), Q(runtime_minutes__lt=90)),
    "medium": (gettext_lazy("90 to 150 minutes"), Q(runtime_minutes__range=(90, 150))),
    "long": (gettext_lazy("Needs an intermission"), Q(runtime_minutes__gt=150)),
}
MIN_RATINGS: Final = ("4.5", "4", "3.5", "3")  # offered; an address may ask for any other in halves
CHOSEN: Final = ("country", "language", "service")


def runs_of(sort: str) -> tuple[Run, ...]:
    """How a sort pages: the films that have the key, then those that lack it, as popular as they are."""
    popular = Run(("popularity", "id"))
    enough = max(1, settings.RATINGS_FOR_AVERAGE)
    # "Not null" lets the index leap over all that nobody has rated.
    rated, unrated = Q(rating_average__isnull=False, rating_count__gte=enough), Q(rating_count__lt=enough)
    return {
        "popular": (popular,),
        "rating": (Run(("rating_average", "id"), where=rated), replace(popular, where=unrated)),
        "newest": (Run(("year", "id"), where=Q(year__isnull=False)), replace(popular, where=Q(year=None))),
        "oldest": (Run(("year", "id"), False, Q(year__isnull=False)), replace(popular, where=Q(year=None))),
        "title": (Run(("sort_title", "id"), False),),
        "length": (
            Run(("runtime_minutes", "id"), False, Q(runtime_minutes__isnull=False)),
            replace(popular, where=Q(runtime_minutes=None)),
        ),
    }[sort]


@dataclass(frozen=True)
class Filters:
    """What the reader narrows the catalogue down to. Empty is everything; of several genres a film has all."""

    choices: Choices = field(default_factory=Choices, repr=False, compare=False)
    genre: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    country: str = ""
    language: str = ""
    service: str = ""
    min_rating: str = ""
    length: str = ""
    sort: str = "popular"

    @classmethod
    def read(cls, query: QueryDict, choices: Choices) -> tuple[Self, list[str]]:
        """The filters of an address, and a sentence for each that makes no sense and is left out."""
        notices: list[str] = []
        genres = [_choose("genre", said, choices, notices) for said in query.getlist("genre")]
        first, last = _years(query, notices)
        filters = cls(
            choices=choices,
            genre=tuple(dict.fromkeys(filter(None, genres)))[:MOST_GENRES],
            first_year=first,
            last_year=last,
            **{kind: _choose(kind, query.get(kind, ""), choices, notices) for kind in CHOSEN},
            min_rating=_stars(query.get("min_rating", "").strip(), notices),
            length=_pick(query.get("length", ""), LENGTHS, notices),
            sort=_pick(query.get("sort", ""), SORTS, notices) or "popular",
        )
        return filters, notices

    def conditions(self) -> list[Q]:
        today, film = timezone.localdate(), OuterRef("pk")
        # By id: the planner knows how common a genre is, but not how common the one with a certain slug.
        genres = [self.choices.ids["genre", slug] for slug in self.genre]
        found = [Q(Exists(Film.genres.through.objects.filter(film=film, genre=genre))) for genre in genres]
        if self.first_year:
            found.append(Q(year__gte=self.first_year))
        if self.last_year:
            found.append(Q(year__lte=self.last_year))
        if self.country:
            found.append(Q(Exists(Film.countries.through.objects.filter(film=film, country=self.country))))
        if self.language:
            found.append(Q(Exists(Film.languages.through.objects.filter(film=film, language=self.language))))
        if self.service:
            running = Availability.objects.running(today).filter(
                film=film, service=self.choices.ids["service", self.service]
            )
            found.append(Q(Exists(running)))
        if self.min_rating:
            least = Decimal(self.min_rating) * 2  # the average is kept in half-stars
            found.append(Q(rating_average__gte=least, rating_count__gte=max(1, settings.RATINGS_FOR_AVERAGE)))
        if self.length:
            found.append(LENGTHS[self.length][1])
        return found

    def apply(self, films: QuerySet[Film]) -> QuerySet[Film]:
        return films.filter(*self.conditions())

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

    def active(self) -> list[tuple[str, Self]]:
        """Each filter that is on, in words, and what is left when it is taken off."""
        on = [
            (self.choices.genre[slug], replace(self, genre=tuple(other for other in self.genre if other != slug)))
            for slug in self.genre
        ]
        if self.period:
            on.append((self.period, replace(self, first_year=None, last_year=None)))
        for kind in CHOSEN:
            if word := getattr(self, kind):
                without: dict[str, Any] = {kind: ""}
                on.append((getattr(self.choices, kind)[word], replace(self, **without)))
        if self.min_rating:
            rated = _("Rated %(stars)s or more") % {"stars": in_figures(self.min_rating)}
            on.append((rated, replace(self, min_rating="")))
        if self.length:
            on.append((str(LENGTHS[self.length][0]), replace(self, length="")))
        return on

    def query(self) -> list[tuple[str, str]]:
        """The shortest query that says so again."""
        pairs = [("genre", slug) for slug in self.genre]
        pairs += [("from", str(self.first_year))] if self.first_year else []
        pairs += [("to", str(self.last_year))] if self.last_year else []
        pairs += [(kind, getattr(self, kind)) for kind in (*CHOSEN, "min_rating", "length") if getattr(self, kind)]
        return pairs + ([("sort", self.sort)] if self.sort != "popular" else [])

    def between(self, first: int, last: int) -> str:
        """The address of the same in other years."""
        return replace(self, first_year=first, last_year=last).address()

    def address(self, **more: str) -> str:
        query = urlencode([*self.query(), *more.items()])
        return reverse("films:browse") + (f"?{query}" if query else "")


def count(films: QuerySet[Film]) -> int:
    """How many, counted up to one more than MOST_COUNTED."""
    return films.order_by()[: MOST_COUNTED + 1].count()


def count_each(alternatives: Sequence[QuerySet[Film]], most: int = 100) -> list[int]:
    """How many each of some queries would find, up to one more than `most`, in one query."""
    if not alternatives:
        return []
    rows = [
        films.order_by().values_list(Value(str(number), output_field=TextField()))[: most + 1]
        for number, films in enumerate(alternatives)
    ]
    found = Counter(number for (number,) in (rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]))
    return [found[str(number)] for number in range(len(rows))]


def in_figures(stars: str) -> str:
    """4.5 as 4½."""
    return "½" if stars == "0.5" else stars.replace(".5", "½")


def decades() -> list[tuple[str, int, int]]:
    """Words and years, from this decade back; everything before 1930 is one."""
    latest = timezone.localdate().year // 10 * 10
    named = [(_("%(decade)ds") % {"decade": year}, year, year + 9) for year in range(latest, 1929, -10)]
    return [*named, (_("Before 1930"), FIRST_YEAR, 1929)]


def _choose(kind: str, said: str, choices: Choices, notices: list[str]) -> str:
    said = said.strip()
    found = choices.find(kind, said) if said else ""
    if said and not found:
        names = {
            "genre": _("genre"), "country": _("country"), "language": _("language"), "service": _("service"),
        }  # fmt: skip
        notices.append(
            _("No film here has the %(kind)s “%(said)s”, so it is left out.") % {"kind": names[kind], "said": said[:40]}
        )
    return found


def _pick(said: str, known: Mapping[str, object], notices: list[str]) -> str:
    if said and said not in known:
        notices.append(
            _("“%(said)s” is not one of %(known)s, so it is left out.") % {"said": said[:40], "known": ", ".join(known)}
        )
    return said if said in known else ""


def _stars(said: str, notices: list[str]) -> str:
    plain = said.removesuffix(".0")
    if said and not re.fullmatch(r"0\.5|[1-4](\.5)?|5", plain):
        notices.append(_("“%(said)s” is not a rating. Write 0.5, 1, 1.5 and so on up to 5.") % {"said": said[:40]})
        return ""
    return plain


def _years(query: QueryDict, notices: list[str]) -> tuple[int | None, int | None]:
    """`year=2017`, `year=1950-1975`, `decade=1990s`, or `from=1950` with `to=1975`; the first that is there."""
    if said := query.get("year", "").strip() or query.get("decade", "").strip():
        found = re.fullmatch(r"(\d{4})(s?)(?:\s*[-–]\s*(\d{4}))?", said, re.ASCII)
        if found and _is_year(found[1]) and _is_year(found[3] or found[1]):
            first, is_decade = int(found[1]), bool(found[2]) or not query.get("year", "").strip()
            first -= first % 10 if is_decade else 0
            return _span(first, int(found[3] or first + (9 if is_decade else 0)))
        notices.append(_("“%(said)s” is not a year of films. Write 2017, 1990s or 1950-1975.") % {"said": said[:40]})
    ends: list[int | None] = []
    for name in ("from", "to"):
        said = query.get(name, "").strip()
        ends.append(int(said) if _is_year(said) else None)
        if said and not _is_year(said):
            notices.append(
                _("“%(said)s” is not a year of films. Write four figures, from %(first)d on.")
                % {"said": said[:40], "first": FIRST_YEAR}
            )
    return _span(*ends)


def _is_year(said: str) -> bool:
    return bool(re.fullmatch(r"\d{4}", said, re.ASCII)) and FIRST_YEAR <= int(said) <= LAST_YEAR


def _span(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """The earlier year first, whichever way round they were written."""
    return (last, first) if first and last and last < first else (first, last)
