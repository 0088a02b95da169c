"""Screenings of the house as pages show them: by month, with who comes, and with what their audience made of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import JSONObject, Now
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from films.models import Film
from films.paging import Run
from reviews.blind import covered_among
from reviews.models import Coming, Mark, Review, ScreenedFilm, Screening, ScreeningLine
from reviews.quiet import without_muted
from reviews.voices import Voices, counted

# What comes, the soonest first; then what was, the latest first.
TO_COME: Final = Run(("starts_at", "id"), descending=False, where=Q(ends_at__gt=Now()))
OVER: Final = Run(("starts_at", "id"), where=Q(ends_at__lte=Now()))
NAMES_SHOWN: Final = 60
REVIEWS_SHOWN: Final = 10
ON_A_FILMS_PAGE: Final = 4
ON_THE_CALENDAR: Final = 24
FEWEST: Final = 5  # ratings from which on an audience's are told


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    is_over: bool
    screenings: list[Screening]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What those who logged a film by way of its screening, and show their rating to everybody, made of it."""

    film: Film
    voices: Voices

    @property
    def is_told(self) -> bool:
        return self.voices.count >= FEWEST


def with_cards(rows: list[Screening]) -> list[Screening]:
    """The rows with their films. Two queries, however many there are."""
    films = ScreenedFilm.objects.with_terms().prefetch_related(Prefetch("film", queryset=Film.objects.with_card()))
    prefetch_related_objects(rows, Prefetch("programme", queryset=films))
    return rows


def on_days(first: date, last: date, viewer: Viewer) -> list[Screening]:
    """Those that begin on these days and those between, where the house is, with their films: the soonest first, and no
    more than ON_THE_CALENDAR. Three queries, one where there are none.
    """
    zone = settings.HOUSE_TIME_ZONE
    begins, ends = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    rows = Screening.objects.visible_to(viewer).filter(starts_at__gte=begins, starts_at__lt=ends)
    return with_cards(list(rows.defer("words", "words_html").order_by("starts_at", "id")[:ON_THE_CALENDAR]))


def by_month(rows: Iterable[Screening]) -> list[Month]:
    """In the order of the rows."""
    months = groupby(rows, key=lambda row: (row.is_over, row.day.replace(day=1)))
    return [Month(first, is_over, list(shown)) for (is_over, first), shown in months]


def own_word(screening: Screening, viewer: Viewer) -> Coming | None:
    """What the viewer said, with `place`, from 1, on the waiting list. One query, none for a visitor."""
    if not is_signed_in(viewer):
        return None
    before = (
        Coming.objects.waiting()
        .order_by()
        .filter(
            Q(waiting_since__lt=OuterRef("waiting_since"))
            | Q(waiting_since=OuterRef("waiting_since"), pk__lte=OuterRef("pk")),
            screening=OuterRef("screening"),
        )
    )
    counted_before = before.values("screening").annotate(number=Count("pk")).values("number")
    return Coming.objects.filter(screening=screening, member=viewer).annotate(place=Subquery(counted_before)).first()


def programme_of(screening: Screening, viewer: Viewer) -> list[ScreenedFilm]:
    """The films with their cards, each with `viewing_id`, the line that the viewer logged of it here. Two queries."""
    rows = ScreenedFilm.objects.with_terms().filter(screening=screening)
    if is_signed_in(viewer):
        lines = ScreeningLine.objects.filter(film=OuterRef("pk"), coming__member=viewer)
        rows = rows.annotate(viewing_id=Subquery(lines.values("viewing")))
    return list(rows.prefetch_related(Prefetch("film", queryset=Film.objects.with_card())))


def named_at(screening: Screening, viewer: Viewer) -> list[Coming]:
    """Who comes, as far as they let others see it and this viewer may. One query."""
    rows = Coming.objects.named_to(viewer).filter(screening=screening).select_related("member")
    return list(rows.order_by("said_at", "id")[:NAMES_SHOWN])


def verdicts_on(screening: Screening, films: Iterable[Film], viewer: Any) -> list[Verdict]:
    """Of each film whose score is not covered from the viewer. One query, and that of the covers."""
    shown = list(films)
    covered = covered_among(viewer, [film.pk for film in shown])
    here = ScreeningLine.objects.filter(
        coming__screening=screening, coming__member=OuterRef("member"), film__film=OuterRef("film")
    )
    marks = Mark.objects.visible_to(None).counted().filter(Exists(here), film__in=shown)
    rows = list(marks.order_by().values_list("film", "half_stars").annotate(number=Count("pk")))
    verdicts = (
        Verdict(film, Voices("audience", counted((n, number) for pk, n, number in rows if pk == film.pk)))
        for film in shown
        if film.pk not in covered
    )
    return [each for each in verdicts if each.is_told]


def reviews_from(screening: Screening, viewer: Viewer) -> QuerySet[Review]:
    """What those wrote who logged it here, as far as others may see that they were there."""
    named = Coming.objects.named_to(viewer).filter(screening=screening)
    here = ScreeningLine.objects.filter(
        coming__in=named, coming__member=OuterRef("member"), film__film=OuterRef("film")
    )
    visible = Review.objects.visible_to(viewer).filter(film__screenings__screening=screening)
    rows: QuerySet[Review] = without_muted(visible, viewer).filter(Exists(here))
    return rows


def shown_here() -> ArraySubquery:
    """The screenings of a row of Film, the latest first, for `shown_to`."""
    rows = Screening.objects.filter(published_at__lte=Now(), called_off_at=None, programme__film=OuterRef("pk"))
    names = ("id", "starts_at", "ends_at", "place", "audience")
    newest = rows.order_by("-starts_at")[:ON_A_FILMS_PAGE]
    return ArraySubquery(newest.values(_row=JSONObject(**{name: name for name in names})))


def shown_to(viewer: Viewer, rows: Iterable[dict[str, Any]]) -> list[Screening]:
    """Of the rows of `shown_here`, what this viewer may see. No query."""
    times = ("starts_at", "ends_at")
    found = [Screening(**row | {name: parse_datetime(row[name]) for name in times}) for row in rows]
    return [one for one in found if is_signed_in(viewer) or one.audience == Screening.Audience.EVERYBODY]


def next_changes(screening: Screening) -> list[datetime]:
    """The times, still to come, from which on its page says something else."""
    now = timezone.now()
    times = (screening.published_at, screening.last_answer, screening.starts_at, screening.ends_at)
    return [moment for moment in times if moment and moment > now]


def screening_facts(screening: Screening, shown: Iterable[ScreenedFilm]) -> dict[str, Any]:
    """What a screening says of itself to search engines, in the vocabulary of schema.org."""
    state = "EventCancelled" if screening.is_called_off else "EventScheduled"
    films = list(shown)
    first = films[0] if films else None
    place = {"@type": "Place", "name": screening.place, "address": screening.address or screening.place}
    return {
        "@type": "ScreeningEvent",
        "name": str(screening),
        "url": settings.SITE_URL + screening.get_absolute_url(),
        "startDate": screening.local_start.isoformat(),
        "endDate": timezone.localtime(screening.ends_at, settings.HOUSE_TIME_ZONE).isoformat(),
        "eventStatus": f"https://schema.org/{state}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": place | ({"url": screening.link} if screening.link else {}),
        "organizer": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "maximumAttendeeCapacity": screening.seats,
        "inLanguage": first.language_id if first else None,
        "subtitleLanguage": first.subtitles_id if first else None,
        "workPresented": [
            {"@type": "Movie", "name": each.film.title, "url": settings.SITE_URL + each.film.get_absolute_url()}
            for each in films
        ],
    }
