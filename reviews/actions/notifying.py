"""Telling members of what concerns them: the only writer of notifications."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Block, Mute, User
from config.jobs import enqueue
from config.writes import note, only
from reviews.models import FilmMute, Mailing, Mark, NoticeChoice, Notification
from reviews.notices import DEFAULTS, told_tag, ways_of

COLUMNS: Final = ("member_id", "kind", "key", "film_id", "details", "created_at", "is_on_site", "mailing", "push")


class NotInTransaction(Exception):
    """Somebody would be told of what may never have happened."""


def notify(
    *,
    members: Iterable[User],
    kind: str,
    key: str,
    actor: User | None = None,
    details: dict[str, Any] | None = None,
    **about: Any,
) -> int:
    """Tell each of these members once: `key` says of what, such as "comment:12". Returns how many were told now.

    `about` is what the notice is of: review, comment, film_list, essay, film, case, decision, appeal, incident. Nobody
    hears of themselves, of members from whom a block keeps them apart, of members or films that they mute, nor of
    kinds that they switched off. Runs in the transaction of the act. Raises NotInTransaction.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"notify({kind!r}) belongs into the transaction of what it tells of")
    wanted = {member.pk: member for member in members if member.is_active}
    if actor is not None:
        wanted.pop(actor.pk, None)
        for number in _apart_from(actor, wanted):
            wanted.pop(number, None)
    if (film := about.get("film")) is not None:
        for number in FilmMute.objects.filter(film=film, member__in=wanted).values_list("member", flat=True):
            wanted.pop(number, None)
    ways = ways_of(wanted, kind)
    rows = [
        Notification(
            member_id=number, kind=kind, key=key, actor=actor, details=details or {},
            is_on_site=way.on_site, mailing=way.mailing, push=way.push, **about,
        )
        for number, way in ways.items()
        if way.is_any
    ]  # fmt: skip
    before = Notification.objects.filter(member__in=wanted, key=key).count()
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        note_told(row.member_id for row in rows)
    if any(row.mailing == Mailing.NOW for row in rows):
        mail_soon()
    if any(row.push for row in rows):
        ring_soon()
    return Notification.objects.filter(member__in=wanted, key=key).count() - before


def notify_of_films(kind: str, marks: QuerySet[Mark]) -> int:
    """Tell the members of these marks of their films, each once: `told_key` says of what, `told_details` what else the
    sentence needs. Returns how many lines that were.

    One statement, whatever the number of members: the rows never leave the database. Who mutes the film, or can not
    come in, is left out by whoever picks the marks. Within a transaction.
    """
    chosen, usual = NoticeChoice.objects.filter(member=OuterRef("member"), kind=kind), DEFAULTS[kind]
    told = marks.annotate(
        told_kind=Value(kind),
        told_at=Value(timezone.now()),
        told_on_site=Coalesce(Subquery(chosen.values("on_site")), Value(usual.on_site)),
        told_by_mail=Coalesce(Subquery(chosen.values("mailing")), Value(usual.mailing)),
        told_push=Coalesce(Subquery(chosen.values("push")), Value(usual.push)),
    )
    wanted = Q(told_on_site=True) | Q(told_push=True) | ~Q(told_by_mail=Mailing.NEVER)
    rows = told.filter(wanted).values_list(
        "member", "told_kind", "told_key", "film", "told_details", "told_at",
        "told_on_site", "told_by_mail", "told_push",
    )  # fmt: skip
    table = connection.ops.quote_name(Notification._meta.db_table)
    query, params = rows.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(COLUMNS)}) {query} ON CONFLICT (member_id, key) DO NOTHING",
            params,
        )
        number = cursor.rowcount
    if number:
        mail_soon()
        ring_soon()
    return number


def note_told(member_ids: Iterable[int]) -> None:
    """These members were told something, or have read it: once that is committed, they are counted anew."""
    with only(*map(told_tag, member_ids)):
        note(connection)


def mail_soon() -> None:
    """Have the mails that are to go at once sent when this transaction has committed. One job does it for everybody."""
    enqueue("reviews.mail_at_once", once="mail_at_once")


def ring_soon() -> None:
    """Have the members' devices ring for what they are to ring for, likewise."""
    enqueue("reviews.ring_devices", once="ring_devices")


def untell(*, member: User, key: str) -> None:
    """Take back what a member was told, as long as they have neither read it nor had a mail of it."""
    Notification.objects.filter(member=member, key=key, read_at=None, mailed_at=None).delete()
    note_told([member.pk])


def forget_told(*, member: User, keys: Iterable[str]) -> None:
    """What the member was asked, and has answered: whoever asks anew is told of anew."""
    if Notification.objects.filter(member=member, key__in=list(keys)).delete()[0]:
        note_told([member.pk])


def _apart_from(actor: User, members: dict[int, User]) -> set[int]:
    """Those of the members who block the actor, whom the actor blocks, or who mute the actor."""
    blocks = Block.objects.filter(Q(blocker=actor, blocked__in=members) | Q(blocked=actor, blocker__in=members))
    apart = {number for pair in blocks.values_list("blocker", "blocked") for number in pair}
    return apart | set(Mute.objects.filter(muted=actor, muter__in=members).values_list("muter", flat=True))
