"""Writing, editing, deleting and liking essays."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.legible import is_legible, one_line
from accounts.models import CommentPolicy, Event, User
from accounts.webhooks.announcing import announce
from films.actions.holding import hold_films
from films.models import Film, Person
from reviews.actions.announcing import keep_mentions, tell_of_essay
from reviews.actions.covering import keep_spoiled, render_words
from reviews.actions.flagging import flag
from reviews.actions.limiting import check_may_post, check_words, hold_posts
from reviews.actions.notifying import notify, untell
from reviews.actions.noting import note, unnote
from reviews.actions.quoting import quote_reported
from reviews.actions.subscribing import follow_by_writing
from reviews.essays import led_to
from reviews.lengths import too_long
from reviews.members_named import Naming
from reviews.models import Activity, Essay, EssayLike, Notice, Posting
from reviews.models.essay import LONGEST_ESSAY, LONGEST_TITLE, MOST_FILMS
from reviews.models.visibility import Visibility

MOST_DRAFTS: Final = 100  # of one member; nobody else sees them, so nothing else ends their number
SAME_POST: Final = timedelta(minutes=5)  # the same words again within this time are one form sent twice


class StaleEssay(Exception):
    """The essay was changed elsewhere since the form was opened. `essay` is as it stands now."""

    def __init__(self, essay: Essay) -> None:
        super().__init__(_("This essay was changed in another window since you opened it here."))
        self.essay = essay


@dataclass(frozen=True, kw_only=True)
class Composition:
    """What a member wrote, before it is stored. Films and people: those that they chose, at most MOST_FILMS of each;
    those whose pages the text leads to come to them by themselves, as far as there is room.
    """

    title: str
    body: str
    films: tuple[Film, ...] = ()
    people: tuple[Person, ...] = ()
    spoilers: bool = False
    visibility: str = Visibility.PUBLIC
    comment_policy: str = ""  # empty: as the member has it everywhere

    @property
    def words(self) -> str:
        return f"{self.title}\n{self.body}"

    def check(self) -> None:
        """Raise ValidationError, by field, for what cannot be stored."""
        errors: dict[str, list[str]] = {}
        if not (title := one_line(self.title)):
            errors["title"] = [_("Give the essay a title.")]
        elif told := too_long(title, LONGEST_TITLE):
            errors["title"] = [told]
        if not is_legible(self.body):
            errors["body"] = [_("Write something first: one sentence is enough.")]
        elif told := too_long(self.body, LONGEST_ESSAY):
            errors["body"] = [told]
        for name, chosen in (("films", self.films), ("people", self.people)):
            if len(set(chosen)) > MOST_FILMS:
                errors[name] = [_("An essay is about %(most)d of them at most. Take some off.") % {"most": MOST_FILMS}]
        if self.visibility not in Visibility.values:
            errors["visibility"] = [_("Choose who can see this.")]
        if self.comment_policy not in {"", *CommentPolicy.values}:
            errors["comment_policy"] = [_("Choose who may comment.")]
        if errors:
            raise ValidationError(errors)


@transaction.atomic
def write_essay(
    *,
    member: User,
    composition: Composition,
    essay: Essay | None = None,
    version: int | None = None,
    publish: bool = True,
) -> Essay:
    """A new essay, or the member's own changed. Without `publish`, a new one or a draft is kept for the member alone;
    what is published already stays so.

    The same words sent twice within five minutes are one essay. Raises ValidationError by field, LimitReached,
    PermissionDenied and, with `version`, StaleEssay when it was changed since, to something else.
    """
    composition.check()
    hold_posts(member=member)
    hold_films(film.pk for film in composition.films)
    if essay is None:
        if (twice := _just_written(member, composition, publish=publish)) is not None:
            return twice
        row = Essay(member=member)
    else:
        row = _own(member, essay)
        if version is not None and version != row.version:
            if _says(row, composition) and (row.published_at is not None or not publish):
                return row  # the form was sent twice
            raise StaleEssay(row)
        row.version += 1
    appears = publish and row.published_at is None
    row.updated_at = timezone.now()
    if appears:
        check_may_post(member=member, kind=Posting.Kind.ESSAY, words=composition.words)
        row.published_at = row.updated_at
    elif row.published_at is not None:
        check_words(member=member, words=composition.words)
    elif row.pk is None:
        _check_room_for_draft(member)
    naming = Naming()
    store_essay(row, composition, naming)
    if row.published_at is not None:
        _tell(row, naming.members, appears=appears)
    return row


def _just_written(member: User, composition: Composition, *, publish: bool) -> Essay | None:
    since = timezone.now() - SAME_POST
    state = {"published_at__gt": since} if publish else {"published_at": None, "updated_at__gt": since}
    words = {"title": one_line(composition.title), "body": composition.body}
    return Essay.objects.filter(member=member, **words, **state).first()


def _check_room_for_draft(member: User) -> None:
    hold_member(member)  # so that there are never too many
    if Essay.objects.drafts_of(member).count() >= MOST_DRAFTS:
        raise ValidationError(
            _("You have %(most)d drafts, and there is no room for more. Post one or throw one away first.")
            % {"most": MOST_DRAFTS},
            code="drafts",
        )


def _own(member: User, essay: Essay) -> Essay:
    """The member's essay as it stands, held. Raises PermissionDenied; ValidationError when it was deleted."""
    if essay.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s essay."))
    rows = Essay.objects.select_for_update(no_key=True, of=("self",)).select_related("member")
    row = rows.filter(pk=essay.pk).first()
    if row is None:
        raise ValidationError(_("This essay was deleted in another window. Keep your words, and post them anew."))
    return row


def _says(row: Essay, composition: Composition) -> bool:
    """Whether that is what it says already."""
    covered = composition.spoilers or row.spoilers_locked_at is not None
    here = (row.title, row.body, row.spoilers, row.visibility, row.comment_policy)
    said = (one_line(composition.title), composition.body, covered, composition.visibility, composition.comment_policy)
    if here != said:
        return False
    spoilt = [named.film for named in row.spoiled_films.select_related("film")]
    films, people = _about(composition, spoilt)
    same_films = {film.pk for film in films} == {*row.films.values_list("pk", flat=True)}
    return same_films and {person.pk for person in people} == {*row.people.values_list("pk", flat=True)}


def store_essay(row: Essay, composition: Composition, naming: Naming | None = None) -> None:
    """Store a row with what was written, in a transaction. `naming`: knows afterwards whom the text names; without it
    it names nobody.
    """
    rendered, spoilt = render_words(composition.body, kind="essay", mentions=naming)
    row.title, row.body, row.body_html = one_line(composition.title), composition.body, rendered.html
    row.headings, row.excerpt = [asdict(heading) for heading in rendered.headings], rendered.excerpt
    row.word_count = len(composition.body.split())
    row.spoilers = composition.spoilers or row.spoilers_locked_at is not None
    row.visibility, row.comment_policy = composition.visibility, composition.comment_policy
    row.save()
    keep_spoiled(row, spoilt)
    films, people = _about(composition, spoilt)
    held = hold_films(film.pk for film in films)  # without those that are gone by now
    row.films.set([film for film in films if film.pk in held])
    row.people.set(people)


def _about(composition: Composition, spoilt: Iterable[Film]) -> tuple[list[Film], list[Person]]:
    """The films and people that were chosen, those of the covers, and those to whom the text leads."""
    films, people = led_to(composition.body)
    every = (dict.fromkeys([*composition.films, *spoilt, *films]), dict.fromkeys([*composition.people, *people]))
    return list(every[0])[:MOST_FILMS], list(every[1])[:MOST_FILMS]


def _tell(row: Essay, named: list[User], *, appears: bool) -> None:
    """Who hears of a published essay: its writer's programs, those who follow its writer once, and those whom it names
    once each.
    """
    if appears:
        follow_by_writing(member=row.member, subject=row)
        note(member=row.member, kind=Activity.Kind.WROTE_ESSAY, essay=row, visibility=row.visibility)
    tell_of_essay(row, keep_mentions(row, named))
    flag(text=row)
    announce(Event.ESSAY_POSTED if appears else Event.ESSAY_CHANGED, member=row.member, about=row.pk)


@transaction.atomic
def delete_essay(*, member: User, essay: Essay) -> None:
    """Delete an essay or a draft with its comments and likes; once gone, it is gone. What moderators have open about
    them stays, with a copy of the words.
    """
    try:
        row = _own(member, essay)
    except ValidationError:  # it is deleted already
        return
    quote_reported(member=member, text=row)
    number = row.pk
    row.delete()
    if row.published_at is not None:
        announce(Event.ESSAY_DELETED, member=member, about=number, id=number)


@transaction.atomic
def like_essay(*, member: User, essay: Essay) -> EssayLike:
    """The writer is told. Raises PermissionDenied for one's own essay and for one that the member may not read."""
    if essay.member_id == member.pk:
        raise PermissionDenied(_("You cannot like your own essay."))
    if not Essay.objects.visible_to(member).filter(pk=essay.pk).exists():
        raise PermissionDenied(_("You cannot like this essay."))
    hold_posts(member=member)
    like, is_new = EssayLike.objects.get_or_create(member=member, essay=essay)
    if is_new:
        check_may_post(member=member, kind=Posting.Kind.LIKE)
        note(member=member, kind=Activity.Kind.LIKED_ESSAY, essay=essay)
        notify(
            members=[essay.member], kind=Notice.ESSAY_LIKED, key=_liked(member, essay), actor=member, essay=essay
        )  # fmt: skip
    return like


@transaction.atomic
def unlike_essay(*, member: User, essay: Essay) -> None:
    """May be repeated."""
    EssayLike.objects.filter(member=member, essay=essay).delete()
    unnote(member=member, kind=Activity.Kind.LIKED_ESSAY, essay=essay)
    untell(member=essay.member, key=_liked(member, essay))


def _liked(member: User, essay: Essay) -> str:
    return f"{Notice.ESSAY_LIKED}:{essay.pk}:{member.pk}"
