"""What documents state of films: noted, then accepted into the catalogue by a curator, or refused."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from films.actions import record_facts
from films.actions.crediting import Fact
from films.models import Availability, Award, Country, Credit, Film, Job, OutsideScore, Person, Service, Source
from films.names import normalise
from films.survivors import film_numbered, person_numbered
from reviews.documents.reader import Understanding
from reviews.models import Document, Finding

type Facts = dict[str, Any]
type Statement = tuple[str, str, Facts, bool]  # kind, in words, in figures, and whether the catalogue has it
LONGEST: Final = 400


def note_findings(*, document: Document, understanding: Understanding) -> list[Finding]:
    """Store what the text states. What the catalogue has already counts as accepted; returns what waits."""
    now = timezone.now()
    findings = [
        Finding(
            document=document,
            kind=kind,
            says=says[:LONGEST],
            facts=facts,
            state=Finding.State.ACCEPTED if is_known else Finding.State.WAITING,
            decided_at=now if is_known else None,
        )
        for state in (_credits, _leavings, _awards, _scores)
        for kind, says, facts, is_known in state(understanding)
    ]
    return [finding for finding in Finding.objects.bulk_create(findings) if finding.state == Finding.State.WAITING]


@transaction.atomic
def accept_finding(*, curator: User, finding: Finding) -> Finding:
    """Put a finding into the catalogue. Accepting it twice changes nothing. Raises ValidationError."""
    locked = Finding.objects.select_for_update(of=("self",)).select_related("document").get(pk=finding.pk)
    if locked.state == Finding.State.ACCEPTED:
        return locked
    film = _film(locked)
    if film is None:
        raise ValidationError(_("The film it speaks of is not in the catalogue any more."))
    kept, dropped = APPLY[locked.kind](film, locked.facts)
    record_facts(curator=curator, film=film, kept=kept, dropped=dropped, source=Source.DOCUMENT)
    return _decide(locked, curator, Finding.State.ACCEPTED)


@transaction.atomic
def refuse_finding(*, curator: User, finding: Finding) -> Finding:
    """Keep a finding out of the catalogue. One that was accepted stays accepted."""
    if not curator.has_perm("films.change_film"):
        raise PermissionDenied(_("Only curators do this."))
    locked = Finding.objects.select_for_update().get(pk=finding.pk)
    return locked if locked.state == Finding.State.ACCEPTED else _decide(locked, curator, Finding.State.REFUSED)


def _decide(finding: Finding, curator: User, state: Finding.State) -> Finding:
    finding.state, finding.decided_by, finding.decided_at = state, curator, timezone.now()
    finding.save(update_fields=["state", "decided_by", "decided_at"])
    return finding


def _film(finding: Finding) -> Film | None:
    wanted = finding.facts.get("film")
    return film_numbered(wanted) if wanted else finding.document.film


def _credits(understanding: Understanding) -> Iterator[Statement]:
    about = understanding.film.film
    for credit in understanding.credits:
        if about is None:
            continue
        name = credit.person.name if credit.person else credit.name
        if credit.character:
            says = _("%(name)s plays %(character)s in %(film)s.")
        else:
            says = _("%(film)s: %(job)s, %(name)s.")
        yield (
            Finding.Kind.CREDIT,
            says % {"name": name, "character": credit.character, "film": about, "job": Job(credit.job).label},
            {
                "film": about.id,
                "person": credit.person.id if credit.person else None,
                "name": name,
                "job": str(credit.job),
                "character": credit.character,
            },
            credit.is_known,
        )


def _leavings(understanding: Understanding) -> Iterator[Statement]:
    for leaving in understanding.leaving:
        if leaving.film is None:
            continue
        known = Availability.objects.filter(film=leaving.film.id, service__name=leaving.service, ends_on=leaving.day)
        day = date_format(leaving.day, "DATE_FORMAT") if leaving.day else f"“{leaving.said}”"
        yield (
            Finding.Kind.LEAVING,
            _("%(film)s leaves %(service)s on %(day)s.")
            % {"film": leaving.film, "service": leaving.service, "day": day},
            {
                "film": leaving.film.id,
                "service": leaving.service,
                "day": leaving.day.isoformat() if leaving.day else None,
                "said": leaving.said,
                "country": leaving.region,
            },
            leaving.day is not None and known.exists(),
        )


def _awards(understanding: Understanding) -> Iterator[Statement]:
    about = understanding.film.film
    for award in understanding.awards:
        if about is None:
            continue
        outcome = Award.Outcome.WON if award.won else Award.Outcome.NOMINATED
        yield (
            Finding.Kind.AWARD,
            f"{about}: {award.award} {award.year or ''}, {award.category}, {outcome.label.lower()}",
            {
                "film": about.id,
                "award": award.award,
                "category": award.category,
                "year": award.year,
                "outcome": outcome.value,
                "lost_to": award.lost_to,
                "lost_to_film": award.lost_to_film.id if award.lost_to_film else None,
            },
            _is_known_award(about.id, award.award, award.category, award.year, award.lost_to),
        )


def _same_awards(film: int, award: str, category: str, year: int | None) -> list[Award]:
    """Rows of the same prize: texts say "best editing" where the list says "Film Editing"."""
    words = set(normalise(category).split()) - {"best"}
    rows = Award.objects.filter(film=film, award__iexact=award)
    rows = rows.filter(year=year) if year else rows
    return [row for row in rows if words <= set(normalise(row.category).split()) | {"film"}]


def _is_known_award(film: int, award: str, category: str, year: int | None, lost_to: str) -> bool:
    same = _same_awards(film, award, category, year)
    return bool(same) and not (lost_to and any(not row.lost_to and row.outcome == "nominated" for row in same))


def _scores(understanding: Understanding) -> Iterator[Statement]:
    about = understanding.film.film
    for score in understanding.scores:
        if about is None:
            continue
        known = OutsideScore.objects.filter(film=about.id, source=score.source, value=score.value, scale=score.scale)
        yield (
            Finding.Kind.SCORE,
            _("%(film)s: %(value)s of %(scale)s at %(source)s.")
            % {"film": about, "value": score.value, "scale": score.scale, "source": score.source},
            {
                "film": about.id,
                "source": score.source,
                "value": str(score.value),
                "scale": score.scale,
                "as_of": understanding.date.isoformat() if understanding.date else None,
            },
            known.exists(),
        )


type Change = tuple[list[Fact], list[Fact]]


def _credit(film: Film, facts: Facts) -> Change:
    """A character fills the gap in a credit that has none; anything else is a credit more."""
    person = person_numbered(facts["person"]) if facts["person"] else None
    person = person or Person.objects.filter(search_text=normalise(facts["name"])).first() or Person(name=facts["name"])
    rows = Credit.objects.filter(film=film, job=facts["job"])
    if person.pk is not None:
        mine = list(rows.filter(person=person))
        if any(row.character == facts["character"] for row in mine) or (mine and not facts["character"]):
            return [], []
        if (empty := next((row for row in mine if not row.character), None)) is not None:
            empty.character = facts["character"]
            empty.clean_fields()
            return [empty], []
    last = rows.aggregate(last=Max("position"))["last"] or 0
    return [Credit(film=film, person=person, job=facts["job"], character=facts["character"], position=last + 1)], []


def _leaving(film: Film, facts: Facts) -> Change:
    if not facts["day"]:
        raise ValidationError(_("The text does not say which day it means. Enter it on the film’s page."))
    day = date.fromisoformat(facts["day"])
    service = Service.objects.filter(name__iexact=facts["service"]).first() or Service.objects.create(
        name=facts["service"], slug=slugify(facts["service"].replace("+", " plus"))[:60]
    )
    country = Country.objects.filter(code=facts["country"]).first() if facts["country"] else None
    rows = Availability.objects.filter(film=film, service=service, country=country, kind=Availability.Kind.STREAM)
    if rows.filter(ends_on=day).exists():
        return [], []
    row = rows.filter(ends_on=None).order_by("-starts_on").first() or Availability(
        film=film, service=service, country=country, kind=Availability.Kind.STREAM
    )
    if row.starts_on is not None and row.starts_on > day:
        raise ValidationError(_("It came to the service after that day."))
    row.ends_on = day
    row.clean_fields(exclude=["film"])
    return [row], []


def _award(film: Film, facts: Facts) -> Change:
    same = _same_awards(film.pk, facts["award"], facts["category"], facts["year"])
    winner = film_numbered(facts["lost_to_film"]) if facts["lost_to_film"] else None
    lost = {"lost_to": facts["lost_to"], "lost_to_film_id": winner.pk if winner else None}
    if same:
        open_ = [row for row in same if facts["lost_to"] and not row.lost_to and row.outcome == Award.Outcome.NOMINATED]
        for row in open_:
            row.lost_to, row.lost_to_film_id = lost["lost_to"], lost["lost_to_film_id"]
        return list(open_), []
    if not facts["year"]:
        raise ValidationError(_("The text does not say of which year the prize is. Enter it on the film’s page."))
    row = Award(
        film=film,
        award=facts["award"],
        category=facts["category"],
        year=facts["year"],
        outcome=facts["outcome"],
        **(lost if facts["outcome"] == Award.Outcome.NOMINATED else {}),
    )
    row.clean_fields(exclude=["film"])
    return [row], []


def _score(film: Film, facts: Facts) -> Change:
    row = OutsideScore.objects.filter(film=film, source=facts["source"]).first() or OutsideScore(
        film=film, source=facts["source"]
    )
    row.value, row.scale = Decimal(facts["value"]), Decimal(facts["scale"])
    row.as_of = date.fromisoformat(facts["as_of"]) if facts["as_of"] else None
    row.clean_fields(exclude=["film"])
    return [row], []


APPLY: Final[dict[str, Callable[[Film, Facts], Change]]] = {
    Finding.Kind.CREDIT: _credit,
    Finding.Kind.LEAVING: _leaving,
    Finding.Kind.AWARD: _award,
    Finding.Kind.SCORE: _score,
}
