"""Which film of the catalogue a row is about. Never a best guess: what is not certain is for the member to say.

Certain are another catalogue's ids, and a title with the year of exactly one film: its title, its original title or
one that it has elsewhere, however that is spaced, accented or punctuated. Articles count here ("Host" is not "The
Host"), and so does the year; a film beside either is offered, not taken. Of a file that never says a year a title is
certain by itself, where one film alone has it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Final, NamedTuple

from django.db import connection

from films.asking import quoted
from films.models import AlternativeTitle, Film, FilmId, Merge
from films.models.keys import TIERS
from films.names import AND, normalise
from films.numerals import in_figures, squeezed
from films.survivors import retired_ids
from reviews.models import ImportRow

AT_ONCE: Final = 300  # titles in one query
MOST_CANDIDATES: Final = 12
# Title by title: for many of them in one condition PostgreSQL would read the whole table instead of its indexes.
# Put together of these words alone (S608); titles are its parameters.
ON_A_TIER: Final = "SELECT id FROM films_filmkeys WHERE tier = {} AND keys @@ a.asked::tsquery"
CALLED: Final = "SELECT DISTINCT id FROM unnest(%s::text[]) AS a(asked) CROSS JOIN LATERAL ({}) AS found".format(  # noqa: S608
    " UNION ALL ".join(map(ON_A_TIER.format, TIERS))
)


class Named(NamedTuple):
    """How a row names its film."""

    imdb: str
    tmdb: str
    title: str
    year: int | None

    @classmethod
    def of(cls, row: ImportRow) -> "Named":
        return cls(row.imdb, row.tmdb, row.title, row.year)

    def __str__(self) -> str:
        return f"{self.imdb}|{self.tmdb}|{self.year or ''}|{self.title}"[:350]


@dataclass(frozen=True)
class Answer:
    """A film, or those that it may be."""

    film: int | None = None
    candidates: tuple[int, ...] = ()

    @property
    def verdict(self) -> str:
        """What is said of the row if no film was found."""
        return ImportRow.Verdict.AMBIGUOUS if self.candidates else ImportRow.Verdict.UNKNOWN


@dataclass
class _Film:
    year: int | None
    popularity: int
    exact: set[str] = field(default_factory=set)  # its titles as they are compared
    loose: set[str] = field(default_factory=set)  # and without articles


def spelt(title: str) -> str:
    """A title as it is compared: without case, accents, punctuation, spaces and "and", with numbers in figures."""
    return AND.sub(" ", in_figures(normalise(title))).replace(" ", "")


def find_films(names: Collection[Named], *, title_alone: bool = False) -> dict[Named, Answer]:
    """For each the film or those that it may be: a few queries for every 300 titles.

    `title_alone`: their file says no years, so that a title alone names the one film that has it.
    """
    by_id = _by_ids(names)
    answers: dict[Named, Answer] = {}
    others: list[Named] = []
    for name in names:
        films = {by_id[key] for key in _keys(name) if key in by_id}
        if len(films) == 1:
            answers[name] = Answer(films.pop())
        elif films:
            answers[name] = Answer(candidates=tuple(sorted(films)))
        else:
            others.append(name)
    titled = sorted({name.title for name in others if name.title})
    by_title: dict[str, list[Named]] = defaultdict(list)
    for name in others:
        by_title[name.title].append(name)
    for titles in batched(titled, AT_ONCE):
        asked = [name for title in titles for name in by_title[title]]
        answers |= _by_titles(asked, title_alone=title_alone)
    return {name: answers.get(name, Answer()) for name in names}


def _keys(name: Named) -> list[tuple[str, str]]:
    return [(source, value) for source, value in (("imdb", name.imdb), ("tmdb", name.tmdb)) if value]


def _by_ids(names: Iterable[Named]) -> dict[tuple[str, str], int]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for source, value in _keys(name):
            wanted[source].add(value)
    found: dict[tuple[str, str], int] = {}
    for source, values in wanted.items():
        retired = retired_ids(Merge.Kind.FILM, source)
        found |= {(source, value): retired[value] for value in values & retired.keys()}
        rows = FilmId.objects.filter(source=source, value__in=values).values_list("value", "film")
        found |= {(source, value): film for value, film in rows}
    return found


def _by_titles(asked: Sequence[Named], *, title_alone: bool) -> dict[Named, Answer]:
    keys = {squeezed(normalise(name.title)) for name in asked} - {""}
    films = _films_called(keys)
    named: dict[str, list[int]] = defaultdict(list)
    for number, film in films.items():
        for key in film.loose:
            named[key].append(number)
    ids: dict[tuple[int, str], str] = {
        (film, source): value
        for film, source, value in FilmId.objects.filter(film__in=films, source__in=["imdb", "tmdb"]).values_list(
            "film", "source", "value"
        )
    }
    answers = {}
    for name in asked:
        near = [
            number for number in named.get(squeezed(normalise(name.title)), ())
            if all(ids.get((number, source), value) == value for source, value in _keys(name))
        ]  # fmt: skip
        answers[name] = _decide(name, {number: films[number] for number in near}, title_alone=title_alone)
    return answers


def _decide(name: Named, films: dict[int, _Film], *, title_alone: bool) -> Answer:
    """Which film a row means, out of films that have its title (articles aside). No id told them apart."""
    title = spelt(name.title)
    called = [number for number, film in films.items() if title in film.exact]
    certain = [number for number in called if name.year and films[number].year == name.year]
    if title_alone and name.year is None:
        certain = called
    if len(certain) == 1:
        return Answer(certain[0])
    near = [
        number for number, film in films.items()
        if name.year is None or film.year is None or abs(film.year - name.year) <= 1
    ]  # fmt: skip
    near.sort(key=lambda number: (films[number].year != name.year, -films[number].popularity))
    return Answer(candidates=tuple(near[:MOST_CANDIDATES]))


def _films_called(keys: Collection[str]) -> dict[int, _Film]:
    asked = [quoted("=" + key) for key in sorted(keys) if len(key) < 1000]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(CALLED, [asked])
        numbers = [number for (number,) in cursor.fetchall()]
    films: dict[int, _Film] = {}
    rows = Film.objects.filter(pk__in=numbers).values_list("pk", "title", "original_title", "year", "popularity")
    for pk, title, original, year, popularity in rows:
        films[pk] = _Film(year, popularity)
        _add(films[pk], title, original)
    for pk, title in AlternativeTitle.objects.filter(film__in=films).values_list("film", "title"):
        _add(films[pk], title)
    return films


def _add(film: _Film, *titles: str) -> None:
    film.exact |= {spelt(title) for title in titles} - {""}
    film.loose |= {squeezed(normalise(title)) for title in titles} - {""}
