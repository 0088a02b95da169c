"""Saying what films contain, being told of it before one watches, and taking members' word into the catalogue."""

from collections.abc import Collection, Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.freshness import near_oneself
from accounts.models import User
from films import record
from films.actions.holding import hold_film
from films.actions.stating import settle_fact
from films.models import ContentNote, Film, FilmChange, Source
from reviews.actions.limiting import check_may_post, hold_posts
from reviews.actions.nearness import near_votes
from reviews.guidance import with_agreement
from reviews.models import Category, Caution, ContentCount, ContentVote, Level, Mark, Posting
from reviews.models.guidance import NO, YES, Subject
from reviews.trust import counts_from

AT_ONCE: Final = 500  # votes


@near_votes
@transaction.atomic
def say_what_it_contains(
    *, member: User, film: Film, levels: Mapping[str, int], notes: Mapping[str, bool]
) -> list[ContentVote]:
    """All that the member says of the film from now on, in place of what they said: a Level by Category, and whether
    notes are true by their slugs. What is not named they say nothing about. May be repeated.

    Taking back is free; for anything new the member must have marked the film as seen. Raises ValidationError, and
    LimitReached after too many films in a day.
    """
    hold_posts(member=member)
    film = hold_film(film)
    wanted = _subjects(levels, notes)
    mark = Mark.objects.select_for_update(no_key=True).filter(member=member, film=film, watched_at__isnull=False)
    is_seen = mark.first() is not None
    own = {vote.subject: vote for vote in ContentVote.objects.filter(member=member, film=film)}
    gone = [vote.pk for about, vote in own.items() if about not in wanted]
    changed = [vote for about, vote in own.items() if about in wanted and vote.answer != wanted[about]]
    new = {about: answer for about, answer in wanted.items() if about not in own}
    if changed or new:
        if not is_seen:
            raise ValidationError(_("Say that you have seen the film first: only then can you say what it contains."))
        check_may_post(member=member, kind=Posting.Kind.GUIDANCE)
    if gone:
        ContentVote.objects.filter(pk__in=gone).delete()
    for vote in changed:
        vote.answer, vote.updated_at = wanted[vote.subject], timezone.now()
    ContentVote.objects.bulk_update(changed, ["answer", "updated_at"])
    waits = counts_from(member)
    made = ContentVote.objects.bulk_create(
        ContentVote(member=member, film=film, category=category, note_id=note, answer=answer, waits_until=waits)
        for (category, note), answer in new.items()
    )
    return [*(vote for about, vote in own.items() if about in wanted), *made]


def count_votes_that_waited() -> None:
    """Those of members whose first day is over count from now on, some at a time."""
    waiting = ContentVote.objects.filter(waits_until__lte=timezone.now()).order_by("waits_until", "pk")
    while numbers := list(waiting.values_list("pk", flat=True)[:AT_ONCE]):
        ContentVote.objects.filter(pk__in=numbers).update(waits_until=None)


@near_oneself
@transaction.atomic
def choose_cautions(*, member: User, notes: Collection[ContentNote]) -> list[Caution]:
    """The member is told of these before they watch a film, and of no others. May be repeated."""
    hold_member(member)
    Caution.objects.filter(member=member).exclude(note__in=notes).delete()
    there = set(Caution.objects.filter(member=member).values_list("note", flat=True))
    Caution.objects.bulk_create(Caution(member=member, note=note) for note in notes if note.pk not in there)
    return list(Caution.objects.filter(member=member).select_related("note").order_by("note__name"))


@transaction.atomic
def take_members_word(*, curator: User, count: ContentCount) -> list[FilmChange]:
    """What members say that a film contains becomes a fact of the catalogue, which says that it came from their votes.

    Returns the change, or nothing where the film says so already. Raises PermissionDenied, and ValidationError where
    too few say so.
    """
    Film.objects.select_for_update(no_key=True).only("pk").get(pk=count.film_id)
    agreed = with_agreement(ContentCount.objects.filter(pk=count.pk)).select_related("note", "film").first()
    if agreed is None:
        raise ValidationError(_("Members do not agree on this any more."))
    film: Film = agreed.film
    there = record.read(film, "content_notes")
    value = sorted({*there, agreed.note.slug})
    return settle_fact(curator=curator, film=film, fact="content_notes", value=value, source=Source.MEMBERS)


def _subjects(levels: Mapping[str, int], notes: Mapping[str, bool]) -> dict[Subject, int]:
    """Raises ValidationError, of the field where one is wrong."""
    for category, level in levels.items():
        if category not in Category.values or level not in Level.values:
            raise ValidationError({"levels": [_("Choose one of the four levels.")]})
    numbers = dict(ContentNote.objects.filter(slug__in=notes).values_list("slug", "pk"))
    for slug in notes:
        if slug not in numbers:
            raise ValidationError({"notes": [_("There is no content note called “%(value)s”.") % {"value": slug}]})
    return {(category, None): int(level) for category, level in levels.items()} | {
        ("", numbers[slug]): YES if is_there else NO for slug, is_there in notes.items()
    }
