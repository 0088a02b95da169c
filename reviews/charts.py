"""The charts as one viewer sees them: without the films that they mute, and with scores covered that they hide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accounts.models.viewer import Viewer
from films.chart_words import figure, line
from films.charts import SCORED, Place, address
from films.charts import Scope as ChartScope
from films.models import Chart, ChartPlace, Film
from reviews.marks import attach_marks
from reviews.quiet import without_muted

IN_SHORT: Final = 6
SPARE: Final = 3  # for films that the viewer mutes


@dataclass(frozen=True)
class Ranked:
    """A film with its position; `says` is its figure in words, empty where that would tell a covered score."""

    film: Film
    position: int
    says: str


@dataclass(frozen=True)
class Glimpse:
    """A chart with the first of its films."""

    name: str
    title: str
    line: str
    url: str
    counted_at: datetime | None
    films: list[Ranked]


def ranked(viewer: Viewer, name: str, places: Iterable[Place]) -> list[Ranked]:
    """Two queries signed in, one signed out."""
    films = _films(viewer, (place.film for place in places))
    return _ranked(name, places, films)


def glimpses(viewer: Viewer) -> list[Glimpse]:
    """Every chart of all films in short. One query more than `ranked`."""
    charts = {chart.pk: chart for chart in Chart.objects.of_all_films()}
    rows = ChartPlace.objects.filter(chart__in=charts, position__lte=IN_SHORT + SPARE).order_by("chart", "position")
    places: dict[str, list[Place]] = {chart.name: [] for chart in charts.values()}
    for chart, position, film, number in rows.values_list("chart", "position", "film", "figure"):
        places[charts[chart].name].append(Place(position, film, number))
    films = _films(viewer, (place.film for some in places.values() for place in some))
    counted = {chart.name: chart.counted_at for chart in charts.values()}
    return [
        Glimpse(
            name=str(name),
            title=str(name.label),
            line=line(name),
            url=address(name, ChartScope()),
            counted_at=counted.get(name),
            films=_ranked(name, places.get(name, []), films)[:IN_SHORT],
        )
        for name in Chart.Name
    ]


def _films(viewer: Viewer, numbers: Iterable[int]) -> dict[int, Film]:
    wanted = set(numbers)
    if not wanted:
        return {}
    cards = without_muted(Film.objects.with_card(), viewer, members=(), films=("pk",))
    films = {film.pk: film for film in cards.filter(pk__in=wanted)}
    attach_marks(viewer, films.values())
    return films


def _ranked(name: str, places: Iterable[Place], films: dict[int, Film]) -> list[Ranked]:
    return [
        Ranked(film, place.position, "" if _is_covered(name, film) else figure(name, place.figure))
        for place in places
        if (film := films.get(place.film)) is not None
    ]


def _is_covered(name: str, film: Film) -> bool:
    return name in SCORED and getattr(film, "score_covered", False)
