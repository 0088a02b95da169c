"""An evening as those see it who have its link: how far it has come, who sits there, what is left to choose from."""

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from accounts.models import Block, User
from accounts.models.sight import is_signed_in, not_apart
from accounts.models.viewer import Viewer
from films.models import Availability, Service
from reviews.guidance import with_warnings
from reviews.models import (
    Attendance,
    Candidate,
    Draw,
    Evening,
    EveningStep,
    Mark,
    OwnedCopy,
    Pick,
    Ready,
    Seat,
    ShownOut,
    Veto,
)
from reviews.models.tonight import MOST_DRAWS, MOST_SEATS

MOST_STRIKES: Final = 3
FEWEST_PEOPLE: Final = 2
# One sentence for all of it: who blocks whom, or was shown out, and whether there is such a link, stays unsaid.
CLOSED: Final = gettext_lazy(
    "There is no seat for you here: this evening is full, has gone on without you, or is over."
)


class Phase(TextChoices):
    """How far an evening has come."""

    CHOOSING = "choosing", gettext_lazy("Choosing")
    STRIKING = "striking", gettext_lazy("Striking out")
    DRAWN = "drawn", gettext_lazy("Drawn")


@dataclass(frozen=True)
class Sitting:
    """An evening with the place in it of whoever asks: `seat_id` is None for who has none (yet)."""

    evening: Evening
    phase: Phase
    seat_id: int | None
    taken: int  # seats, those of suspended members among them
    draws: int

    @property
    def is_host(self) -> bool:
        return self.seat_id is not None and self.evening.host_seat == self.seat_id  # type: ignore[attr-defined]

    @property
    def may_draw_again(self) -> bool:
        return 0 < self.draws < MOST_DRAWS


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a guest's secret. 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sitting_at(key: str, viewer: Any, secret: str = "") -> Sitting | None:
    """In one query; None where no such evening runs. A member's own seat counts before one taken as a guest."""
    mine = Q(secret_digest=digest(secret)) if secret else Q(pk=None)
    if is_signed_in(viewer):
        mine |= Q(member=viewer.pk)
    here = Seat.objects.filter(evening=OuterRef("pk")).order_by()
    steps = EveningStep.objects.filter(evening=OuterRef("pk"), kind=EveningStep.Kind.SHORTLIST)
    rows = Evening.objects.running().filter(not_apart(viewer, "host"), key=key).select_related("host", "country")
    evening = rows.annotate(
        my_seat=Subquery(here.filter(mine).order_by(F("member").asc(nulls_last=True)).values("pk")[:1]),
        host_seat=Subquery(here.filter(member=OuterRef("host")).values("pk")[:1]),
        taken=_number(here, "evening"),
        draw_count=_number(Draw.objects.filter(evening=OuterRef("pk")).order_by(), "evening"),
        has_shortlist=Exists(steps),
    ).first()
    if evening is None:
        return None
    phase = Phase.DRAWN if evening.draw_count else Phase.STRIKING if evening.has_shortlist else Phase.CHOOSING
    return Sitting(evening, phase, evening.my_seat, evening.taken, evening.draw_count)


def _number(rows: QuerySet[Any], group: str) -> Coalesce:
    counted = rows.values(group).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def has_room_for(sitting: Sitting, viewer: Viewer, secret: str = "") -> bool:
    """Whether whoever has no seat may take one. At most one query."""
    if sitting.phase != Phase.CHOOSING or sitting.taken >= MOST_SEATS:
        return False
    return not is_barred(sitting.evening, viewer, secret)


def is_barred(evening: Evening, viewer: Any, secret: str = "") -> bool:
    """Whether somebody was shown out, or a member is apart from somebody who sits there."""
    if not secret and not is_signed_in(viewer):
        return False
    who = Q(secret_digest=digest(secret)) if secret else Q(pk=None)
    if is_signed_in(viewer):
        who |= Q(member=viewer.pk)
    barred = Q(Exists(ShownOut.objects.filter(who, evening=OuterRef("pk"))))
    if is_signed_in(viewer):
        barred |= Q(Exists(Seat.objects.filter(Block.between(viewer), evening=OuterRef("pk"))))
    return Evening.objects.filter(barred, pk=evening.pk).exists()


def phase_of(evening: Evening) -> Phase:
    """Asked anew, for whoever holds the evening."""
    if Draw.objects.filter(evening=evening).exists():
        return Phase.DRAWN
    made = EveningStep.objects.filter(evening=evening, kind=EveningStep.Kind.SHORTLIST)
    return Phase.STRIKING if made.exists() else Phase.CHOOSING


def round_of(phase: str) -> Ready.Round:
    return Ready.Round.CHOOSING if phase == Phase.CHOOSING else Ready.Round.STRIKING


def table_of(sitting: Sitting, viewer: Viewer) -> list[Seat]:
    """Who sits there, as this viewer may see it, each with `is_ready` for this round. One query."""
    done = Ready.objects.filter(seat=OuterRef("pk"), round=round_of(sitting.phase))
    rows = Seat.objects.present().visible_to(viewer).filter(evening=sitting.evening)
    return list(rows.select_related("member").annotate(is_ready=Exists(done)))


def shortlist_of(evening: Evening) -> list[Candidate]:
    """In its order, with their films; each with `struck_by` (a seat's id, or None), `is_seen`, and `is_brought`. One
    query."""
    said = Pick.objects.filter(film=OuterRef("film"), seat__evening=evening, says=Pick.Says.SEEN)
    marked = Mark.objects.watched().filter(film=OuterRef("film"), member__seats__evening=evening)
    struck = Veto.objects.filter(candidate=OuterRef("pk")).values("seat")[:1]
    rows = Candidate.objects.filter(evening=evening).annotate(
        struck_by=Subquery(struck), is_seen=Exists(said) | Exists(marked), is_brought=Exists(brought_to(evening))
    )
    return list(rows.select_related("film").defer(*_unshown("film")))


def shortlist_for(viewer: Viewer, evening: Evening) -> list[Candidate]:
    """The same for one at the table: each film also with `warned`, of which nobody else learns. Two queries."""
    shortlist = shortlist_of(evening)
    for one, film in zip(shortlist, with_warnings(viewer, [one.film for one in shortlist]), strict=True):
        one.film = film
    return shortlist


def brought_to(evening: Evening) -> QuerySet[OwnedCopy]:
    """Of the `film` of a row around it, copies that stand on a shelf which somebody there brings.

    Whose they are is nobody's to know: of it the others see whether there is any.
    """
    owners = Seat.objects.present().filter(evening=evening, brings_shelf=True).values("member")
    return OwnedCopy.objects.at_hand().filter(film=OuterRef("film"), member__in=owners)


def wishes_of(evening: Evening) -> Counter[int]:
    """How many of those who sit there want each film of the shortlist. Two queries."""
    here, films = Seat.objects.present().filter(evening=evening), evening.shortlist.values("film")
    said = Pick.objects.filter(says=Pick.Says.WANT, seat__in=here, film__in=films).values_list("seat", "film")
    marked = Mark.objects.in_watchlist().filter(member__seats__in=here, film__in=films)
    return Counter(film for _seat, film in {*said, *marked.values_list("member__seats", "film")})


def draws_of(evening: Evening) -> list[Draw]:
    """In their order, with their films; each with `is_brought`. One query."""
    rows = Draw.objects.filter(evening=evening).select_related("seat__member", "film")
    return list(rows.annotate(is_brought=Exists(brought_to(evening))).defer(*_unshown("film")))


def picks_of(seat_id: int) -> list[Pick]:
    """What one person said, the newest first, with the films."""
    rows = Pick.objects.filter(seat=seat_id).order_by("-made_at", "-pk")
    return list(rows.select_related("film").defer(*_unshown("film")))


def watchlist_size(member: Any) -> int:
    return Mark.objects.in_watchlist().filter(member=member).count()


def strikes_for(people: int, films: int) -> int:
    """How many films each may strike out, so that one is left whatever all of them do."""
    return max(0, min(MOST_STRIKES, (films - 1) // people)) if people else 0


def strikes_left(sitting: Sitting, people: int, shortlist: list[Candidate]) -> int:
    """How many films the one who asks may still strike out."""
    mine = sum(one.struck_by == sitting.seat_id for one in shortlist)  # type: ignore[attr-defined]
    return max(0, strikes_for(people, len(shortlist)) - mine)


def attendances_of(evening: Evening, viewer: Viewer) -> QuerySet[Attendance]:
    """Who logged what was drawn and may be named to this viewer: themselves, and those who allow it."""
    named = Q(is_named=True) & not_apart(viewer, "seat__member")
    if is_signed_in(viewer):
        named |= Q(seat__member=viewer)
    rows = Attendance.objects.filter(named, draw__evening=evening).order_by("seat__number")
    return rows.select_related("seat__member", "viewing")


def evenings_of(member: User) -> QuerySet[Evening]:
    """Those that run and at which the member sits, the newest first."""
    rows = Evening.objects.running().filter(not_apart(member, "host"), seats__member=member).select_related("host")
    return rows.order_by("-started_at", "-pk")


def results_of(member: User, most: int) -> list[Attendance]:
    """What the member watched and logged on evenings, the newest first, each with its `company`: who was there too
    and lets that be seen; and with what the host called it, unless they are apart now. Two queries."""
    apart = Block.between(member, "draw__evening__host")
    rows = Attendance.objects.filter(seat__member=member).annotate(is_apart=apart).order_by("-pk")
    results: list[Any] = list(
        rows.select_related("draw__evening", "draw__film", "viewing").defer(*_unshown("draw__film"))[:most]
    )
    others = Attendance.objects.filter(
        not_apart(member, "seat__member"), is_named=True, draw__in=[one.draw_id for one in results]
    )
    there = list(others.exclude(seat__member=member).select_related("seat__member"))
    for one in results:
        one.called = "" if one.is_apart else one.draw.evening.name
        one.company = [other.seat.member for other in there if other.draw_id == one.draw_id]
    return results


def services_at(sitting: Sitting) -> list[Any]:
    """All that have films, each with `is_mine`, and `is_anyones` at this table. One query."""
    through = Seat.services.through.objects.filter(service=OuterRef("pk"))
    mine, anyones = through.filter(seat=sitting.seat_id), through.filter(seat__evening=sitting.evening)
    films = Availability.objects.filter(service=OuterRef("pk"))
    return list(Service.objects.filter(Exists(films)).annotate(is_mine=Exists(mine), is_anyones=Exists(anyones)))


def _unshown(film: str) -> list[str]:
    return [f"{film}__{name}" for name in ("search_text", "synopsis")]
