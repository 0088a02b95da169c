"""Telling members that films of their watchlists leave a service soon."""

from datetime import date, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject
from django.utils import timezone

from films.models import Availability
from reviews.actions.notifying import mail_soon, ring_soon
from reviews.leaving import THIS_WEEK, leaving_for_watchlists
from reviews.models import FilmMute, Mailing, Mark, Notice, NoticeChoice, Notification
from reviews.notices import DEFAULTS

COLUMNS: Final = ("member_id", "kind", "key", "film_id", "details", "created_at", "is_on_site", "mailing", "push")


@transaction.atomic
def tell_of_leaving(on: date | None = None) -> int:
    """Tell each member once of each film, service and last day within a week. Returns how many lines that were.

    One statement, whatever the number of members: the rows never leave the database.
    """
    day = on or timezone.localdate()
    table = connection.ops.quote_name(Notification._meta.db_table)
    query, params = _to_tell(day).query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(COLUMNS)}) {query} ON CONFLICT (member_id, key) DO NOTHING",
            params,
        )
        told = cursor.rowcount
    if told:
        mail_soon()
        ring_soon()
    return told


def _to_tell(day: date) -> QuerySet[Mark, tuple[object, ...]]:
    """The rows, by the order of COLUMNS."""
    place, kind = "film__availability", Value(Notice.LEAVING.value)
    soon = Availability.objects.leaving(day).filter(ends_on__lte=day + timedelta(days=THIS_WEEK))
    chosen = NoticeChoice.objects.filter(member=OuterRef("member"), kind=Notice.LEAVING)
    usual = DEFAULTS[Notice.LEAVING]
    last_day = Cast(f"{place}__ends_on", TextField())
    muted = FilmMute.objects.filter(member=OuterRef("member"), film=OuterRef("film"))
    rows = leaving_for_watchlists(day).filter(~Exists(muted), **{f"{place}__in": soon})
    told = rows.annotate(
        told_kind=kind,
        told_key=Concat(kind, Value(":"), "film", Value(":"), f"{place}__service", Value(":"), last_day,
                        output_field=TextField()),
        told_details=JSONObject(service=F(f"{place}__service__name"), ends_on=last_day),
        told_at=Value(timezone.now()),
        told_on_site=Coalesce(Subquery(chosen.values("on_site")), Value(usual.on_site)),
        told_by_mail=Coalesce(Subquery(chosen.values("mailing")), Value(usual.mailing)),
        told_push=Coalesce(Subquery(chosen.values("push")), Value(usual.push)),
    )  # fmt: skip
    wanted = Q(told_on_site=True) | Q(told_push=True) | ~Q(told_by_mail=Mailing.NEVER)
    return told.filter(wanted).values_list(
        "member", "told_kind", "told_key", "film", "told_details", "told_at",
        "told_on_site", "told_by_mail", "told_push",
    )  # fmt: skip
