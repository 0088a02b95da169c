"""What members say is wrong with a film, and what curators make of it."""

from typing import Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.freshness import near_oneself
from accounts.legible import is_legible
from accounts.models import User
from films import record
from films.actions.holding import hold_film
from films.actions.permission import require
from films.actions.stating import settle_fact
from films.actions.storing import field_value
from films.models import Film, Suggestion
from films.models.film import FIRST_YEAR, LAST_YEAR, LONGEST_MINUTES, check_day
from films.models.outside import id_in
from films.models.trailer import where_trailers_are

MOST_WAITING: Final = 20
LONGEST: Final = 1000
LONGEST_ANSWER: Final = 500


class TooManyWaiting(ValidationError):
    """The member has as many suggestions waiting as anybody may have."""


def is_plain(fact: str) -> bool:
    """Whether a fact is one value, which a curator can take as the member wrote it."""
    return fact in record.FIELDS or fact.startswith("ids.")


@near_oneself
@transaction.atomic
def suggest_correction(*, member: User, film: Film, fact: str, value: str, note: str = "") -> Suggestion:
    """Say what a fact should be; `fact` is a key of films/record.py, or empty for something that has none.

    The same again while it waits is the one that waits. Raises ValidationError by field, TooManyWaiting.
    """
    value, note = _short("value", value), _short("note", note)
    if fact and not record.is_key(fact):
        raise ValidationError({"fact": [_("Choose what is wrong from the list.")]})
    if not is_legible(value):
        raise ValidationError({"value": [_("Write what it should say.")]})
    if is_plain(fact):
        _check(film, fact, value)
    kind = Suggestion.Kind.CORRECTION
    return _suggest(Suggestion(film=film, member=member, kind=kind, fact=fact, value=value, note=note))


@near_oneself
@transaction.atomic
def suggest_merge(*, member: User, film: Film, twin: Film, note: str = "") -> Suggestion:
    """Say that two films are one. From which of the two it is said makes no difference. Raises like the other."""
    if twin.pk == film.pk:
        raise ValidationError({"twin": [_("Name the other film: this one cannot be its own twin.")]})
    waiting = Suggestion.objects.filter(member=member, state=Suggestion.State.WAITING)
    turned = waiting.filter(kind=Suggestion.Kind.MERGE, film=twin, twin=film).first()
    if turned is not None:
        return turned
    kind = Suggestion.Kind.MERGE
    return _suggest(Suggestion(film=film, member=member, kind=kind, twin=twin, note=_short("note", note)))


@near_oneself
@transaction.atomic
def withdraw_suggestion(*, member: User, suggestion: Suggestion) -> bool:
    """Take back what has not been answered yet. Returns whether there was something to take back."""
    waiting = Suggestion.objects.filter(pk=suggestion.pk, member=member, state=Suggestion.State.WAITING)
    return bool(waiting.delete()[0])


@transaction.atomic
def accept_suggestion(*, curator: User, suggestion: Suggestion, answer: str = "", apply: bool = True) -> Suggestion:
    """Thank the member. A fact that is one value becomes what they wrote, unless `apply` says that it was done by hand.

    Lists of rows and merges are always done by hand. One that was answered already stays as it is.
    """
    require(curator, "films.change_film")
    locked = Suggestion.objects.select_for_update(of=("self",)).select_related("film").get(pk=suggestion.pk)
    if locked.state != Suggestion.State.WAITING:
        return locked
    if apply and locked.kind == Suggestion.Kind.CORRECTION and is_plain(locked.fact):
        value = _plain(locked.fact, locked.value)
        settle_fact(curator=curator, film=locked.film, fact=locked.fact, value=value)
    return _answer(locked, curator, Suggestion.State.ACCEPTED, answer)


@transaction.atomic
def refuse_suggestion(*, curator: User, suggestion: Suggestion, answer: str) -> Suggestion:
    """Leave the film as it is, and tell the member why. Raises ValidationError without an answer."""
    require(curator, "films.change_film")
    if not answer.strip():
        raise ValidationError({"answer": [_("Say why: the member reads it.")]})
    locked = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if locked.state != Suggestion.State.WAITING:
        return locked
    return _answer(locked, curator, Suggestion.State.REFUSED, answer)


def _suggest(new: Suggestion) -> Suggestion:
    member = User.objects.select_for_update(no_key=True).get(pk=new.member_id)  # one at a time, or the limit leaks
    if not member.is_active:
        raise PermissionDenied(_("Your account is suspended."))
    waiting = Suggestion.objects.filter(member=member, state=Suggestion.State.WAITING)
    same = waiting.filter(film=new.film, kind=new.kind, fact=new.fact, value=new.value, twin=new.twin).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_WAITING:
        sentence = _("%(number)d of your suggestions wait for a curator. Send more when some are answered.")
        raise TooManyWaiting(sentence % {"number": MOST_WAITING})
    new.film = hold_film(new.film)
    new.save(force_insert=True)
    return new


def _short(field: str, text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        told = _("Shorten this to %(most)s characters or fewer.") % {"most": intcomma(LONGEST)}
        raise ValidationError({field: [told]})
    return text


def _plain(fact: str, value: str) -> record.Json:
    return (
        id_in("film", fact.removeprefix("ids."), value)
        if fact.startswith("ids.")
        else record.plain(field_value(fact, value))
    )


def _check(film: Film, fact: str, value: str) -> None:
    """The value must be one that the fact can have, and another than it has."""
    try:
        if fact in record.FIELDS:
            cleaned = record.own_field(fact).clean(field_value(fact, value), film)
            if fact == "release_date":
                check_day(fact, cleaned)
        wanted = _plain(fact, value)
    except ValidationError as refusal:
        told = refusal.messages if fact.startswith("ids.") else [_how_to_write(fact)]
        raise ValidationError({"value": told}) from refusal
    if wanted == record.read(film, fact):
        raise ValidationError({"value": [_("It says so already.")]})


def _how_to_write(fact: str) -> str:
    """A fact of a film, for whoever wrote it in another way."""
    longest = record.own_field(fact).max_length if fact in record.FIELDS else None
    years = {"first": FIRST_YEAR, "last": LAST_YEAR}
    return {
        "year": _("Write a year from %(first)d to %(last)d, such as 2017.") % years,
        "release_date": _("Write the day as year-month-day, such as 2017-06-28."),
        "runtime_minutes": _("Write whole minutes, from 1 to %(most)d.") % {"most": LONGEST_MINUTES},
        "trailer_url": where_trailers_are(),
        "budget": _("Write a currency and a sum, such as USD 34,000,000."),
        "box_office": _("Write a currency and a sum, such as USD 34,000,000."),
    }.get(fact) or _("Shorten this to %(most)s characters or fewer.") % {"most": intcomma(longest or LONGEST)}


def _answer(suggestion: Suggestion, curator: User, state: Suggestion.State, answer: str) -> Suggestion:
    suggestion.state, suggestion.answer = state, answer.strip()[:LONGEST_ANSWER]
    suggestion.decided_by, suggestion.decided_at = curator, timezone.now()
    suggestion.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    return suggestion
