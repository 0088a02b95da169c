"""What an import brings of the copies of films that a member owns."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from accounts.actions import hold_member
from accounts.models import User
from reviews.actions.import_ledger import Ledger
from reviews.models import Import, ImportChange, ImportRow, OwnedCopy
from reviews.models.owned_copy import MOST_COPIES, MOST_OF_A_FILM
from reviews.owning import since_in
from reviews.standing import Standing


def bring_copies(importing: Import, member: User, rows: QuerySet[ImportRow], ledger: Ledger) -> list[int]:
    """Their films are held. Returns which rows were taken in; not those for which there was no room."""
    if not (films := set(rows.values_list("film", flat=True))):
        return []
    hold_member(member)  # as whoever puts a copy on the shelf does
    standing = Standing(member, films)
    # Those that are here already, too: each of them says one of the member's copies, and the next one another.
    of_them = importing.rows.filter(kind=ImportRow.Kind.COPY, film__in=films, settled_at=None)
    wanted = list(of_them.exclude(verdict=ImportRow.Verdict.UNREADABLE).order_by("id"))
    standing.judge(wanted)
    there = Counter({film: len(copies) for film, copies in standing.copies.items()})
    room = MOST_COPIES - OwnedCopy.objects.filter(member=member).count()
    made, taken = list[OwnedCopy](), list[int]()
    for row in wanted:
        if not standing.takes(row, importing.rule) or len(made) >= room or there[row.about] >= MOST_OF_A_FILM:
            continue
        there[row.about] += 1
        made.append(_new(member, row, row.circumstances or {}))
        taken.append(row.pk)
    OwnedCopy.objects.bulk_create(made, batch_size=1000)
    ledger.note(ImportChange.Kind.COPY, made)
    return taken


def _new(member: User, row: ImportRow, said: Mapping[str, str]) -> OwnedCopy:
    at = row.at or timezone.now()
    since, is_year = since_in(said["since"])
    return OwnedCopy(
        member=member, film_id=row.about, kind=said["kind"], cut=said["cut"], details=said["details"],
        since=since, since_is_year=is_year, lent_to=said["lent_to"],
        lent_on=parse_date(said["lent_on"]) if said["lent_on"] else None,
        created_at=parse_datetime(said["created_at"]) or at, updated_at=at,
    )  # fmt: skip
