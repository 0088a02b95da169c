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
from films.models.film import FIRST_YEAR
from films.paging import Run
from films.periods import years_of

MOST_COUNTED: Final = 1000
MOST_GENRES: Final = 4
MOST_NOTES: Final = 20

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
# Of these several may be chosen, up to so many.
SEVERAL: Final = {"genre": MOST_GENRES, "without": MOST_NOTES, "access": MOST_NOTES}
CHOSEN: Final = ("country", "language", "service", "company", "franchise")


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
    """What the reader narrows the catalogue down to. Empty is everything; of several genres a film has all.

    `without` are content notes, none of which a film has; `access` accessibility features, all of which it has.
    """

    choices: Choices = field(default_factory=Choices, repr=False, compare=False)
    genre: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    country: str = ""
    language: str = ""
    service: str = ""
    company: str = ""
    franchise: str = ""
    without: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    min_rating: str = ""
    length: str = ""
    sort: str = "popular"

    @classmethod
    def read(cls, query: QueryDict, choices: Choices) -> tuple[Self, list[str]]:
        """The filters of an address, and a sentence for each that makes no sense and is left out."""
        notices: list[str] = []
        said: dict[str, Any] = {kind: _choose_several(kind, query.getlist(kind), choices, notices) for kind in SEVERAL}
        said |= {kind: _choose(kind, query.get(kind, ""), choices, notices) for kind in CHOSEN}
        first, last = years_of(query, notices)
        filters = cls(
            choices=choices,
            **said,
            first_year=first,
            last_year=last,
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
        found += self._belonging() + self._noted()
        if self.min_rating:
            least = Decimal(self.min_rating) * 2  # the average is kept in half-stars
            found.append(Q(rating_average__gte=least, rating_count__gte=max(1, settings.RATINGS_FOR_AVERAGE)))
        if self.length:
            found.append(LENGTHS[self.length][1])
        return found

    def _belonging(self) -> list[Q]:
        film, found = OuterRef("pk"), []
        if self.company:
            company = self.choices.ids["company", self.company]
            found.append(Q(Exists(Film.companies.through.objects.filter(film=film, company=company))))
        if self.franchise:
            found.append(Q(franchise=self.choices.ids["franchise", self.franchise]))
        return found

    def _noted(self) -> list[Q]:
        film = OuterRef("pk")
        features = [self.choices.ids["access", slug] for slug in self.access]
        found = [
            Q(Exists(Film.access_features.through.objects.filter(film=film, accessfeature=feature)))
            for feature in features
        ]
        if notes := [self.choices.ids["without", slug] for slug in self.without]:
            found.append(Q(~Exists(Film.content_notes.through.objects.filter(film=film, contentnote__in=notes))))
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
        on = [(self.choices.genre[slug], self._less("genre", slug)) for slug in self.genre]
        if self.period:
            on.append((self.period, replace(self, first_year=None, last_year=None)))
        for kind in CHOSEN:
            if word := getattr(self, kind):
                without: dict[str, Any] = {kind: ""}
                on.append((getattr(self.choices, kind)[word], replace(self, **without)))
        on += [
            (_("Without: %(note)s") % {"note": self.choices.without[slug]}, self._less("without", slug))
            for slug in self.without
        ]
        on += [(self.choices.access[slug], self._less("access", slug)) for slug in self.access]
        if self.min_rating:
            rated = _("Rated %(stars)s or more") % {"stars": in_figures(self.min_rating)}
            on.append((rated, replace(self, min_rating="")))
        if self.length:
            on.append((str(LENGTHS[self.length][0]), replace(self, length="")))
        return on

    def _less(self, kind: str, slug: str) -> Self:
        """The same with one of several taken off."""
        rest: dict[str, Any] = {kind: tuple(other for other in getattr(self, kind) if other != slug)}
        return replace(self, **rest)

    def query(self) -> list[tuple[str, str]]:
        """The shortest query that says so again."""
        pairs = [(kind, slug) for kind in SEVERAL for slug in getattr(self, kind)]
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
            "company": _("company"), "franchise": _("franchise"), "without": _("content note"),
            "access": _("accessibility feature"),
        }  # fmt: skip
        notices.append(
            _("No film here has the %(kind)s “%(said)s”, so it is left out.") % {"kind": names[kind], "said": said[:40]}
        )
    return found


def _choose_several(kind: str, said: list[str], choices: Choices, notices: list[str]) -> tuple[str, ...]:
    found = (_choose(kind, word, choices, notices) for word in said)
    return tuple(dict.fromkeys(filter(None, found)))[: SEVERAL[kind]]


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
