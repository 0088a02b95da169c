"""The charts as they are read: what each is called, by which rule it is made, and who stands where.

Places are kept as rows. A chart of two or three of genre, country and decade is what the others leave of the smallest
of them, in its order: exactly the films that lead it, and all of them where the smallest was kept whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple, Self

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from config.quoting import quoted
from films.models import Chart, ChartPlace, Film
from films.names import normalise

SHOWN: Final = 250
SCORED: Final = frozenset({Chart.Name.TOP, Chart.Name.GEMS, Chart.Name.DIVISIVE})  # their figures tell the score


class Place(NamedTuple):
    position: int
    film: int
    figure: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """A chart without its places."""

    pk: int
    least: int
    most: int | None
    film_count: int
    counted_at: datetime | None


@dataclass(frozen=True)
class Scope:
    """Which films a chart is of: those of a genre (its slug), a country (its code) and a decade. What is empty is not
    asked for.
    """

    genre: str = ""
    country: str = ""
    decade: int | None = None

    def keys(self) -> list[tuple[str, Any]]:
        said = ("genre", self.genre), ("country", self.country), ("decade", self.decade)
        return [(kind, word) for kind, word in said if word]

    def query(self) -> list[tuple[str, str]]:
        return [(kind, f"{word}s" if kind == "decade" else str(word)) for kind, word in self.keys()]


@dataclass
class Board:
    """All charts of one name: of all films and of each genre, country and decade."""

    name: str
    rows: dict[tuple[str, Any], Row] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)  # of genres
    genres: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    decades: list[int] = field(default_factory=list)

    @classmethod
    def load(cls, name: str) -> Self:
        """The chart of this name with its scopes, in one query. Scopes without films are left out."""
        board = cls(name)
        facts = ("pk", "least", "most", "film_count", "counted_at")
        scopes = ("genre", "genre__slug", "genre__name", "country", "country__name", "decade")
        charts = Chart.objects.filter(Q(film_count__gt=0) | Q(genre=None, country=None, decade=None), name=name)
        for *row, genre, slug, called, code, country, decade in charts.values_list(*facts, *scopes):
            key: tuple[str, Any] = ("", "")
            if genre:
                key, board.genres[slug], board.ids[slug] = ("genre", slug), called, genre
            elif code:
                key, board.countries[code] = ("country", code), country
            elif decade is not None:
                key = "decade", decade
                board.decades.append(decade)
            board.rows[key] = Row(*row)
        board.genres, board.countries = _by_name(board.genres), _by_name(board.countries)
        board.decades.sort(reverse=True)
        return board

    def read(self, said: QueryDict) -> tuple[Scope, list[str]]:
        """The scope that an address asks for, and a sentence for each part that is left out: what makes no sense, and
        a second genre, country or decade."""
        notices: list[str] = []
        genre = _choose(_first(said, "genre", _("genre"), notices), self.genres, _("genre"), notices)
        country = _choose(_first(said, "country", _("country"), notices), self.countries, _("country"), notices)
        asked = _first(said, "decade", _("decade"), notices)
        found = re.fullmatch(r"(\d{3})0s?", asked, re.ASCII)
        decade = int(found[1]) * 10 if found else None
        if asked and decade not in self.decades:
            notices.append(_left_out(_("decade"), asked))
            decade = None
        return Scope(genre, country, decade), notices

    def base(self, scope: Scope) -> Row | None:
        """The chart that the places are read from: the smallest of those that were asked for."""
        rows = [self.rows[key] for key in scope.keys() or [("", "")] if key in self.rows]
        return min(rows, key=lambda row: row.film_count, default=None)

    def places(self, scope: Scope) -> list[Place]:
        """The first 250, in one query."""
        base = self.base(scope)
        if base is None or not all(key in self.rows for key in scope.keys()):
            return []
        rows = ChartPlace.objects.filter(chart=base.pk).order_by("position")
        for key in scope.keys():
            if self.rows[key] is not base:
                rows = rows.filter(self._also(*key))
        found = rows.values_list("position", "film", "figure")[:SHOWN]
        if len(scope.keys()) > 1:
            return [Place(n, film, figure) for n, (_position, film, figure) in enumerate(found, 1)]
        return [Place(*row) for row in found]

    def _also(self, kind: str, word: Any) -> Q:
        film = OuterRef("film")
        if kind == "genre":
            return Q(Exists(Film.genres.through.objects.filter(film=film, genre=self.ids[word])))
        if kind == "country":
            return Q(Exists(Film.countries.through.objects.filter(film=film, country=word)))
        return Q(film__year__range=(word, word + 9))

    def in_words(self, scope: Scope) -> str:
        """Such as "Crime, France, 1960s"; empty for all films."""
        words = [self.genres.get(scope.genre, ""), self.countries.get(scope.country, "")]
        words += [_("%(decade)ds") % {"decade": scope.decade}] if scope.decade else []
        return ", ".join(filter(None, words))

    def active(self, scope: Scope) -> list[tuple[str, str]]:
        """Each part of the scope in words, with the address without it."""
        rests = {"genre": replace(scope, genre=""), "country": replace(scope, country="")}
        rests["decade"] = replace(scope, decade=None)
        alone = {kind: Scope(**{kind: word}) for kind, word in scope.keys()}
        return [(self.in_words(alone[kind]), address(self.name, rests[kind])) for kind in alone]


def address(name: str, scope: Scope, **more: str) -> str:
    """The shortest address that says so."""
    query = urlencode([*scope.query(), *more.items()])
    return reverse("films:chart", args=[name]) + (f"?{query}" if query else "")


def _by_name(choices: dict[str, str]) -> dict[str, str]:
    return dict(sorted(choices.items(), key=lambda choice: normalise(choice[1])))


def _first(said: QueryDict, name: str, kind: str, notices: list[str]) -> str:
    """A chart is of one of each kind."""
    words = list(dict.fromkeys(filter(None, map(str.strip, said.getlist(name)))))
    if len(words) > 1:
        notices.append(
            _("A chart goes by one %(kind)s at a time, so “%(said)s” is left out.")
            % {"kind": kind, "said": quoted(", ".join(words[1:]))}
        )
    return words[0] if words else ""


def _choose(said: str, known: Mapping[str, str], kind: str, notices: list[str]) -> str:
    """The slug or code of what was said, which may be the name as well."""
    if not said or said in known:
        return said
    key = normalise(said)
    found = next((word for word, name in known.items() if key and key in (normalise(word), normalise(name))), "")
    if not found:
        notices.append(_left_out(kind, said))
    return found


def _left_out(kind: str, said: str) -> str:
    return _("No film of this chart has the %(kind)s “%(said)s”, so it is left out.") % {
        "kind": kind, "said": quoted(said),
    }  # fmt: skip
