"""What a member reported, what was decided about them, evenings spent choosing a film, and screenings they come to."""

from typing import Any

from django.db.models import Q

from accounts.models import User
from reviews.exporters.films import Records
from reviews.exporters.rows import each, film_ref, site_url, with_film
from reviews.models import Appeal, CaseMessage, Coming, Decision, Evening, Pick, Report, Seat, Veto


def reports(member: User) -> Records:
    """What was reported is named by its kind: the words are somebody else's."""
    for report in each(Report.objects.filter(reporter=member).select_related("case__quotation").order_by("pk")):
        yield {
            "about": report.case.kind,
            "reason": report.reason,
            "message": report.message,
            "created_at": report.created_at,
            "closed_at": report.closed_at,
            "outcome": report.outcome,
        }


def messages(member: User) -> Records:
    """Between the member and moderators; not what these say among themselves."""
    mine = Q(reporter=member) | Q(by=member, from_moderator=False)
    answerable = Q(case__review__member=member) | Q(case__comment__member=member) | Q(case__film_list__member=member)
    answerable |= Q(case__tip__member=member) | Q(case__essay__member=member)
    about_me = Q(case__member=member) | Q(case__quotation__member=member) | answerable
    seen = mine | (about_me & Q(side=CaseMessage.Side.ANSWERABLE))
    for row in each(CaseMessage.objects.filter(seen).order_by("pk")):
        says = "moderators" if row.from_moderator else "you"
        yield {"case": row.case_id, "from": says, "body": row.body, "created_at": row.created_at}


def decisions(member: User) -> Records:
    appeals = {appeal.decision_id: appeal for appeal in Appeal.objects.filter(decision__member=member)}
    for decision in each(Decision.objects.filter(member=member).order_by("pk")):
        yield {
            "kind": decision.kind,
            "rule": decision.rule,
            "excerpt": decision.excerpt,
            "reason": decision.reason,
            "by": "program" if decision.by_program else "moderator",
            "made_at": decision.made_at,
            "until": decision.until,
            "reversed_at": decision.reversed_at,
            "appeal": _appeal(appeals.get(decision.pk)),
        }


def _appeal(appeal: Appeal | None) -> dict[str, Any] | None:
    if appeal is None:
        return None
    said = {"words": appeal.words, "made_at": appeal.made_at}
    return said | {"outcome": appeal.outcome, "answer": appeal.answer, "decided_at": appeal.decided_at}


def screenings(member: User) -> Records:
    """To which screenings of the house the member said they come, and the lines of their diary that came of it."""
    rows = Coming.objects.filter(member=member).select_related("screening").order_by("pk")
    for row in rows.prefetch_related("screening__programme__film", "lines"):
        yield {
            "screening": str(row.screening),
            "url": site_url(row.screening.get_absolute_url()),
            "starts_at": row.screening.starts_at,
            "place": row.screening.place,
            "guests": row.guests,
            "named": row.is_named,
            "said_at": row.said_at,
            "waiting_since": row.waiting_since,
            "viewings": [line.viewing_id for line in row.lines.all()],
        }


def evenings(member: User) -> Records:
    """Those of the last two days: older ones are deleted. What the others chose is theirs."""
    there = Evening.objects.filter(Q(host=member) | Q(seats__member=member)).distinct().order_by("pk")
    seats = {seat.evening_id: seat for seat in Seat.objects.filter(member=member).prefetch_related("services")}
    picks: dict[int, list[Any]] = {}
    vetoes: dict[int, list[Any]] = {}
    for pick in with_film(Pick.objects.filter(seat__member=member)):
        picks.setdefault(pick.seat_id, []).append({"film": film_ref(pick), "says": pick.says})
    for veto in with_film(Veto.objects.filter(seat__member=member).select_related("candidate"), "candidate__film"):
        vetoes.setdefault(veto.seat_id, []).append(film_ref(veto, veto.candidate.film))
    for evening in there:
        seat = seats.get(evening.pk)
        yield {
            "name": evening.name,
            "hosted": evening.host_id == member.pk,
            "started_at": evening.started_at,
            "services": [service.name for service in seat.services.all()] if seat else [],
            "shelf": bool(seat and seat.brings_shelf),
            "picks": picks.get(seat.pk, []) if seat else [],
            "struck_out": vetoes.get(seat.pk, []) if seat else [],
        }
