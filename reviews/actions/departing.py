"""A member deletes their account. All of it is out of sight at once; a job then deletes it row by row (erasing.py)."""

from datetime import timedelta
from typing import Any, Final

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from accounts.departing import close_doors, empty_account, refuse_last_administrator, retire_names
from accounts.mail import verified_address
from accounts.models import User
from config.jobs import enqueue
from config.paths import path
from reviews.actions.exporting import remove
from reviews.actions.learning import learn_soon
from reviews.models import (
    Case,
    Comment,
    Decision,
    Departure,
    Essay,
    Export,
    FilmList,
    Mention,
    Player,
    Review,
    SettingAside,
)

# For somebody whom very many follow or name: each of both is one statement.
PATIENCE: Final = "60s"
# A job that was lost is asked for again after this.
LOST_AFTER: Final = timedelta(minutes=10)


@transaction.atomic
def delete_account(*, member: User) -> Departure:
    """Nobody sees anything of the member any more, on any page, and nobody can come in as them; their names are taken
    for good. Everything that is theirs is deleted by the job that is asked for here, in the same transaction.

    Asked twice at once, it is done once. Raises ValidationError for the last administrator.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}'")
    refuse_last_administrator(member)
    locked = User.objects.select_for_update().get(pk=member.pk)
    if (twice := Departure.objects.filter(account=locked.pk).first()) is not None:
        return twice
    departure = Departure.objects.create(**_figures(locked), address=verified_address(locked) or locked.email)
    if locked.lends_taste and not locked.is_private:
        learn_soon()
    for export in Export.objects.filter(member=locked):
        remove(export)
    _unlink_names(locked)
    close_doors(locked)
    Player.objects.filter(member=locked).delete()
    retire_names(locked)
    empty_account(locked)
    SettingAside.objects.filter(member=locked).delete()  # what still counts is deleted
    _forget_in_log(locked)
    ask_to_erase(departure)
    return departure


def ask_to_erase(departure: Departure) -> None:
    enqueue("reviews.erase_account", once=f"erase_account:{departure.pk}", departure=departure.pk)


@transaction.atomic
def take_up_departures() -> None:
    """Ask again for what a lost job left."""
    for departure in Departure.objects.unfinished().filter(left_at__lt=timezone.now() - LOST_AFTER):
        ask_to_erase(departure)


def what_goes(member: User) -> dict[str, int]:
    """How much of each kind is deleted with the account."""
    under = Q(review__member=member) | Q(film_list__member=member) | Q(essay__member=member)
    others = Comment.objects.filter(under).exclude(member=member)
    return {
        "films": member.marks.said_something().count(),
        "viewings": member.viewings.count(),
        "reviews": member.reviews.count(),
        "essays": member.essays.count(),
        "notes": member.private_notes.count(),
        "voted": member.content_votes.values("film").distinct().count(),
        "copies": member.owned_copies.count(),
        "tips": member.tips_given.count(),
        "comments": member.comments.count(),
        "lists": member.lists.count(),
        "others": others.count(),
    }


def _figures(member: User) -> dict[str, Any]:
    about = Q(member=member) | Q(review__member=member) | Q(comment__member=member) | Q(film_list__member=member)
    about |= Q(tip__member=member) | Q(essay__member=member)
    return {
        "account": member.pk,
        "joined_in": member.date_joined.date().replace(day=1),
        "ratings": member.rating_count,
        "reviews": member.reviews.published().count(),
        "comments": member.comments.count(),
        "lists": member.lists.count(),
        "decisions": Decision.objects.filter(member=member).count(),
        "open_cases": Case.objects.open().filter(about | Q(quotation__member=member)).count(),
    }


def _unlink_names(member: User) -> None:
    """What others wrote names the member as they wrote it, without a link to a page that is gone."""
    names = [member.username, *member.former_usernames.values_list("username", flat=True)]
    for name in names:
        link = rf'<a class="mention" href="{path("reviews:member", name)}">(@[^<]*)</a>'
        plain = Func(F("body_html"), Value(link), Value(r"\1"), Value("gi"), function="regexp_replace")
        for model, key in ((Review, "review"), (Comment, "comment"), (Essay, "essay")):
            named = Mention.objects.filter(member=member, **{f"{key}__isnull": False}).values(key)
            model.objects.filter(pk__in=named).update(body_html=plain)


def _forget_in_log(member: User) -> None:
    """The staff's log keeps what was done to the account and to its texts, without what these were called."""
    for model, rows in (
        (User, [member.pk]),
        (Review, member.reviews.values_list("pk", flat=True)),
        (FilmList, member.lists.values_list("pk", flat=True)),
        (Essay, member.essays.values_list("pk", flat=True)),
    ):
        numbers = [str(number) for number in rows]
        kind = ContentType.objects.get_for_model(model)
        LogEntry.objects.filter(content_type=kind, object_id__in=numbers).update(object_repr="–")
