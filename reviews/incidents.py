"""Incidents of films: what the flow of ratings looks like now, what an incident holds, and what holding it changes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final, NamedTuple

from django.db.models import Count, F, Min, QuerySet, Subquery, Window
from django.db.models.expressions import OuterRef
from django.db.models.functions import Lag
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from films.models import Film
from reviews.flow import AN_HOUR, ENDS, FEWEST, MOST, TIMES_USUAL, Figures, Given, Past, figures_of, is_stranger
from reviews.models import Incident, Mark
from reviews.voices import Voices, counted

LATELY: Final = 400  # earlier ratings from which the usual speed is taken
QUIET_FOR: Final = timedelta(hours=48)
ACCOUNTS_SHOWN: Final = 100


class Glance(NamedTuple):
    """What one small query tells of a film. `since`: no earlier rating is judged; `is_fast`: enough came since."""

    incident_id: int | None
    since: datetime
    is_fast: bool


def glance(film: Film, now: datetime) -> Glance:
    """Costs the same however often the film was rated: the index holds its ratings by their time."""
    incidents = Incident.objects.filter(film=OuterRef("pk")).order_by()
    fewest = _flow(OuterRef("pk")).values("rated_at")[FEWEST - 1 : FEWEST]
    number, at, ended = Film.objects.values_list(
        Subquery(incidents.open().values("pk")[:1]),
        Subquery(fewest),
        Subquery(incidents.exclude(ended_at=None).order_by("-ended_at").values("ended_at")[:1]),
    ).get(pk=film.pk)
    # What staff have decided about is not judged again.
    since = max(now - AN_HOUR, ended) if ended else now - AN_HOUR
    return Glance(number, since, at is not None and at > since)


def _flow(film: Any) -> QuerySet[Mark]:
    return Mark.objects.rated().filter(film=film).order_by("-rated_at")


def newest_of(film: Film, since: datetime, most: int = MOST) -> list[Given]:
    """The newest ratings since then that nothing holds, the newest first."""
    rows = _flow(film).filter(rated_at__gt=since, incident=None)
    columns = ("rated_at", "half_stars", "member__date_joined", "member__rating_count")
    return [
        Given(at, half_stars, is_stranger(joined, at, ratings))
        for at, half_stars, joined, ratings in rows.values_list(*columns)[:most]
    ]


def past_of(film: Film, since: datetime, newest: Iterable[Given]) -> Past:
    """How the film was rated before these came: all its counted ratings, and the speed of the last few hundred."""
    came = Counter(given.half_stars for given in newest)
    histogram = Film.objects.values_list("rating_histogram", flat=True).get(pk=film.pk)
    before = (
        _flow(film).filter(rated_at__lte=since).values("rated_at")[:LATELY].aggregate(n=Count("*"), at=Min("rated_at"))
    )
    hours = (since - before["at"]) / AN_HOUR if before["at"] else 0
    return Past(
        [max(0, count - came[n]) for n, count in enumerate(histogram, 1)],
        per_hour=before["n"] / max(hours, 1) if before["n"] else 0,
    )


def figures_now(film: Film, since: datetime) -> Figures:
    newest = newest_of(film, since)
    return figures_of(newest, past_of(film, since, newest))


@dataclass(frozen=True)
class Holding:
    """An incident with the ratings that it holds. Knows what lifting and confirming it would change."""

    incident: Incident
    held: Voices
    counted: Voices

    @property
    def if_lifted(self) -> Voices:
        return self.counted + self.held

    @property
    def stays_out(self) -> Voices:
        """When it is confirmed: only what lies where the ratings piled up."""
        return self.held.only(ENDS[end_of(self.incident)])

    @property
    def if_confirmed(self) -> Voices:
        return self.if_lifted - self.stays_out

    @property
    def sentences(self) -> list[str]:
        return list(said(self.incident.seen))


def end_of(incident: Incident) -> str:
    """Where the ratings piled up: a key of ENDS."""
    return incident.seen.get("end") or "all"


def counted_of(film: Film) -> Voices:
    return Voices("counted", list(film.rating_histogram))


def with_open_incident(films: Any) -> Any:
    """Films that know the id and the day of their open incident, `incident_id` and `incident_opened_at`, or None."""
    there = Incident.objects.open().filter(film=OuterRef("pk")).order_by()
    return films.annotate(
        incident_id=Subquery(there.values("pk")[:1]), incident_opened_at=Subquery(there.values("opened_at")[:1])
    )


def held_by(incidents: Iterable[Incident]) -> dict[int, Voices]:
    """What each of these incidents holds, in one query; ratings of members who are suspended are not among it."""
    incidents = list(incidents)
    if not incidents:
        return {}
    marks = Mark.objects.rated().filter(incident__in=[incident.pk for incident in incidents], set_aside=False)
    rows: dict[int, list[tuple[int, int]]] = {}
    for number, half_stars, count in marks.values_list("incident", "half_stars").annotate(n=Count("pk")).order_by():
        rows.setdefault(number, []).append((half_stars, count))
    return {incident.pk: Voices("held", counted(rows.get(incident.pk, []))) for incident in incidents}


def holdings(film: Film, incidents: Iterable[Incident]) -> list[Holding]:
    chosen = list(incidents)
    held = held_by(chosen)
    return [Holding(incident, held[incident.pk], counted_of(film)) for incident in chosen]


@dataclass(frozen=True)
class DryRun:
    """What would be held if an incident were opened: all that counts and was rated since then."""

    film: Film
    since: datetime
    figures: Figures
    counted: Voices
    held: Voices
    members: list[Mark]

    @property
    def if_held(self) -> Voices:
        return self.counted - self.held


def dry_run(film: Film, since: datetime) -> DryRun:
    """Changes nothing."""
    marks = Mark.objects.counted().filter(film=film, rated_at__gte=since)
    rows = marks.values_list("half_stars").annotate(n=Count("pk")).order_by()
    newest = marks.select_related("member").order_by("-rated_at")
    return DryRun(
        film=film, since=since, figures=figures_now(film, since), counted=counted_of(film),
        held=Voices("held", counted(rows)), members=list(newest[:ACCOUNTS_SHOWN]),
    )  # fmt: skip


def is_quiet(incident: Incident, now: datetime) -> bool:
    """Two days long, no hour in which ratings of the film came as fast as is judged: it may be lifted."""
    if not incident.is_open or now - incident.opened_at < QUIET_FOR:
        return False
    many = ceil(max(FEWEST, TIMES_USUAL * (incident.seen.get("usual_per_hour") or 0)))
    lately = Mark.objects.rated().filter(film=incident.film_id, rated_at__gt=now - QUIET_FOR)
    # So many ratings are within an hour where the first of them is not an hour older than the last.
    runs = lately.annotate(first=Window(Lag("rated_at", many - 1), order_by="rated_at"))
    return not runs.filter(first__gt=F("rated_at") - AN_HOUR).exists()


def said(seen: dict[str, Any]) -> Iterator[str]:
    """The figures of an incident, in sentences."""
    if not seen.get("number"):
        yield _("Moderators opened it by hand.")
        return
    yield ngettext(
        "Ratings within %(minutes)s minute: %(number)d; the film usually gets %(usual)s in an hour.",
        "Ratings within %(minutes)s minutes: %(number)d; the film usually gets %(usual)s in an hour.",
        round(seen["minutes"]),
    ) % {
        "number": seen["number"],
        "minutes": number_format(seen["minutes"], 0),
        "usual": number_format(seen["usual_per_hour"], 1),
    }
    for end, words in (
        ("low", _("%(share)d %% gave ½ or 1 star; before, %(before)d %% did.")),
        ("high", _("%(share)d %% gave 4½ or 5 stars; before, %(before)d %% did.")),
    ):
        if seen["end"] in {end, "both"}:
            yield words % {"share": round(100 * seen[end]), "before": round(100 * seen[f"{end}_before"])}
    yield _("%(share)d %% came from accounts younger than a week, or that have rated nothing else.") % {
        "share": round(100 * seen["strangers"])
    }
