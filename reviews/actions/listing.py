"""Making lists of films, changing what they say of themselves, liking and copying them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.legible import one_line
from accounts.models import CommentPolicy, Event, User
from accounts.webhooks.announcing import announce
from films.actions.holding import hold_films
from films.models import Film
from reviews.actions.covering import keep_spoiled, render_words
from reviews.actions.flagging import flag
from reviews.actions.holding_lists import hold_films_of, lock_list, lock_own_list
from reviews.actions.limiting import check_may_post, check_words, hold_posts
from reviews.actions.nearness import near_lists
from reviews.actions.notifying import notify
from reviews.actions.noting import note, unnote
from reviews.actions.quoting import quote_reported
from reviews.actions.subscribing import follow_by_writing
from reviews.browsing import MemberFilters
from reviews.lengths import too_long
from reviews.lists import entries_for, hush, is_for_everybody
from reviews.models import Activity, FilmList, ListEntry, ListLike, Notice, Posting
from reviews.models.film_list import LONGEST_DESCRIPTION, MOST_FOUND, new_link_key
from reviews.self_filling import as_entries, finds_of, found_by
from reviews.tags import clean_tags

SAME_POST: Final = timedelta(minutes=5)  # the same list made again within this time is one form sent twice
LONGEST_TITLE: Final = 120
# What stands in feeds: a list "by link" stands in no listing.
TOLD: Final = (FilmList.Visibility.PUBLIC, FilmList.Visibility.FOLLOWERS)


class StaleList(Exception):
    """The list was changed elsewhere since the form was opened. `film_list` is as it stands now."""

    def __init__(self, film_list: FilmList) -> None:
        super().__init__(_("This list was changed in another window since you opened it here."))
        self.film_list = film_list


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a list says of itself."""

    title: str
    description: str = ""
    is_ranked: bool = False
    visibility: str = FilmList.Visibility.PUBLIC
    tags: tuple[str, ...] = field(default=())
    comment_policy: str = ""
    most_found: int = MOST_FOUND  # of a list that fills itself

    def check(self) -> None:
        """Raise ValidationError, by field, for what cannot be stored."""
        errors: dict[str, list[str]] = {}
        if not (title := _named(self)):
            errors["title"] = [_("Give the list a name.")]
        elif len(title) > LONGEST_TITLE:
            errors["title"] = [_("Shorten the name to %(most)d characters or fewer.") % {"most": LONGEST_TITLE}]
        if told := too_long(self.description, LONGEST_DESCRIPTION):
            errors["description"] = [told]
        if self.visibility not in FilmList.Visibility.values:
            errors["visibility"] = [_("Choose who can see this.")]
        if self.comment_policy not in {"", *CommentPolicy.values}:
            errors["comment_policy"] = [_("Choose who may comment.")]
        if not 1 <= self.most_found <= MOST_FOUND:
            errors["most_found"] = [_("A list shows 1 to %(most)d films.") % {"most": MOST_FOUND}]
        if errors:
            raise ValidationError(errors)


@near_lists
@transaction.atomic
def make_list(
    *, member: User, details: Details, begins_with: Film | None = None, filters: MemberFilters | None = None
) -> FilmList:
    """Make a list; with `filters`, one that fills itself with what they find for everybody. The same name and words
    sent again within five minutes are the same list, as long as it has no film yet, or only `begins_with`, which
    whoever calls this puts on it.

    Raises ValidationError by field.
    """
    details.check()
    finds = "" if filters is None else finds_of(filters)
    hold_posts(member=member)
    begun = Q(film_count=0) if begins_with is None else Q(film_count=0) | Q(film_count=1, entries__film=begins_with)
    recent = FilmList.objects.filter(begun, member=member, created_at__gt=timezone.now() - SAME_POST)
    same = recent.filter(
        title=_named(details), description=details.description, visibility=details.visibility, finds=finds
    )
    if (twice := same.first()) is not None:
        return twice
    check_may_post(member=member, kind=Posting.Kind.LIST, words=f"{details.title}\n{details.description}")
    film_list = FilmList(member=member, finds=finds)
    _write(film_list, details)
    if finds:  # to one that is filled by hand the first film comes later
        tell_of_list(film_list)
    flag(text=film_list)
    follow_by_writing(member=member, subject=film_list)
    announce(Event.LIST_CHANGED, member=member, about=film_list.pk)
    return film_list


@near_lists
@transaction.atomic
def change_list(*, member: User, film_list: FilmList, details: Details, version: int | None = None) -> FilmList:
    """Only its own member does. With `version`, raises StaleList when it was changed since."""
    locked = lock_own_list(member=member, film_list=film_list)
    details.check()
    check_words(member=member, words=f"{details.title}\n{details.description}")
    if version is not None and version != locked.version:
        if _says(locked, details):  # the form was sent twice
            return locked
        raise StaleList(locked)
    locked.version += 1
    locked.updated_at = timezone.now()
    _write(locked, details)
    tell_of_list(locked)
    flag(text=locked)
    announce(Event.LIST_CHANGED, member=member, about=locked.pk)
    return locked


@near_lists
@transaction.atomic
def delete_list(*, member: User, film_list: FilmList) -> None:
    """With its notes, likes and comments. Lists that were made from it stay, without the credit, and so does what
    moderators have open about it, with a copy of the words."""
    try:
        locked = lock_own_list(member=member, film_list=film_list)
    except ValidationError:  # it is deleted already
        return
    quote_reported(member=member, text=locked)
    number = locked.pk
    locked.delete()
    announce(Event.LIST_DELETED, member=member, about=number, id=number)


@near_lists
@transaction.atomic
def renew_link(*, member: User, film_list: FilmList) -> FilmList:
    """Whoever has the old link sees nothing by it any more."""
    locked = lock_own_list(member=member, film_list=film_list)
    locked.link_key = new_link_key()
    locked.save(update_fields=["link_key"])
    return locked


@near_lists
@transaction.atomic
def like_list(*, member: User, film_list: FilmList, link_key: str = "") -> ListLike:
    """Raises PermissionDenied for one's own list and for one that the member may not see."""
    if film_list.member_id == member.pk:
        raise PermissionDenied(_("You cannot like your own list."))
    _require_sight(member, film_list, link_key)
    hold_posts(member=member)
    like, is_new = ListLike.objects.get_or_create(member=member, film_list=film_list)
    if is_new:
        check_may_post(member=member, kind=Posting.Kind.LIKE)
        key = f"list_liked:{film_list.pk}:{member.pk}"
        notify(members=[film_list.member], kind=Notice.LIST_LIKED, key=key, actor=member, film_list=film_list)
        if film_list.visibility in TOLD:
            note(member=member, kind=Activity.Kind.LIKED_LIST, film_list=film_list)
    return like


@near_lists
@transaction.atomic
def unlike_list(*, member: User, film_list: FilmList) -> None:
    ListLike.objects.filter(member=member, film_list=film_list).delete()
    unnote(member=member, kind=Activity.Kind.LIKED_LIST, film_list=film_list)


@near_lists
@transaction.atomic
def clone_list(*, member: User, film_list: FilmList, link_key: str = "", by_hand: bool = False) -> FilmList:
    """A list of the member's own with the same films in the same order, for their eyes only until they say otherwise.

    Of a list that fills itself the copy does so, too, or, `by_hand`, has the films that it finds for the member now. It
    keeps the credit. Words come along that the member may read and that were meant for everybody: what somebody told
    their followers is not to be told to all by a copy. Copied twice within five minutes, it is one copy.
    Raises PermissionDenied for a list that the member may not see.
    """
    _require_sight(member, film_list, link_key)
    hold_posts(member=member)
    copied = FilmList.objects.filter(member=member, cloned_from=film_list, version=1)
    recent = copied.filter(created_at__gt=timezone.now() - SAME_POST)
    twice = (recent.by_hand() if by_hand or not film_list.fills_itself else recent.exclude(finds="")).first()
    if twice is not None:
        return twice
    check_may_post(member=member, kind=Posting.Kind.LIST)
    found = _found_now(member, film_list) if by_hand and film_list.fills_itself else []
    hold_films_of(film_list)
    source = lock_list(film_list)
    clone = FilmList(
        member=member, cloned_from=source, title=source.title, is_ranked=source.is_ranked,
        visibility=FilmList.Visibility.PRIVATE, finds="" if by_hand else source.finds, most_found=source.most_found,
    )  # fmt: skip
    with_words = source.member_id == member.pk or is_for_everybody(source)
    if with_words:
        clone.description, clone.description_html = source.description, source.description_html
        clone.description_is_own = source.member_id == member.pk and source.description_is_own
        clone.tags = source.tags
    clone.save()
    keep_spoiled(clone, render_words(clone.description, kind="comment").films)
    _copy_entries(clone, found or hush(list(entries_for(member, source))), member, with_words=with_words)
    if source.member_id != member.pk:
        key = f"list_cloned:{clone.pk}"
        notify(members=[source.member], kind=Notice.LIST_CLONED, key=key, actor=member, film_list=source)
    clone.refresh_from_db()
    announce(Event.LIST_CHANGED, member=member, about=clone.pk)
    return clone


def _found_now(member: User, film_list: FilmList) -> list[ListEntry]:
    """The films that a list finds, held until the transaction ends: those that are merged away at this moment are not
    there."""
    entries = as_entries(film_list, found_by(member, film_list))
    held = hold_films(entry.film_id for entry in entries)
    return [entry for entry in entries if entry.film_id in held]


def _copy_entries(clone: FilmList, entries: Iterable[ListEntry], member: User, *, with_words: bool) -> None:
    """A note stays its writer's: who is kept from them is kept from it in the copy as well."""
    none = {"note": "", "note_html": "", "spoilers": False, "noted_by_id": None}
    copies = [
        ListEntry(
            film_list=clone, film_id=entry.film_id, position=entry.position, added_by=member,
            **({name: getattr(entry, name) for name in none} if with_words and entry.note else none),
        )
        for entry in entries
    ]  # fmt: skip
    ListEntry.objects.bulk_create(copies, batch_size=1000)
    for copy in copies:
        if "data-of=" in copy.note_html:  # a cover that names a film
            keep_spoiled(copy, render_words(copy.note, kind="comment").films)


def tell_of_list(film_list: FilmList) -> None:
    """Let the feeds have a line of it while others may see it and it has a film, or finds some; no line otherwise.

    Call in the transaction that changed either.
    """
    told = film_list.visibility in TOLD and film_list.removed_at is None
    if told and (film_list.fills_itself or film_list.entries.exists()):
        visibility = film_list.visibility
        note(member=film_list.member, kind=Activity.Kind.LISTED, visibility=visibility, film_list=film_list)
    else:
        unnote(member=film_list.member, kind=Activity.Kind.LISTED, film_list=film_list)
    if film_list.visibility not in TOLD:
        Activity.objects.filter(kind=Activity.Kind.LIKED_LIST, film_list=film_list).delete()


def _require_sight(member: User, film_list: FilmList, link_key: str) -> None:
    shown = FilmList.objects.visible_to(member, link_key=link_key).filter(pk=film_list.pk, removed_at=None)
    if not shown.exists():
        raise PermissionDenied(_("You cannot see this list."))


def _named(details: Details) -> str:
    return one_line(details.title)


def _says(film_list: FilmList, details: Details) -> bool:
    """Whether that is what it says of itself already."""
    names = ("description", "is_ranked", "visibility", "comment_policy", "most_found")
    here, said = ([getattr(each, name) for name in names] for each in (film_list, details))
    return film_list.title == _named(details) and here == said and tuple(film_list.tags) == clean_tags(details.tags)


def _write(film_list: FilmList, details: Details) -> None:
    if details.description != film_list.description:
        film_list.description_is_own = True
    film_list.title, film_list.description = _named(details), details.description
    words = render_words(details.description, kind="comment")
    film_list.description_html = words.rendered.html
    film_list.is_ranked, film_list.visibility = details.is_ranked, details.visibility
    film_list.tags, film_list.comment_policy = list(clean_tags(details.tags)), details.comment_policy
    film_list.most_found = details.most_found
    film_list.save()
    keep_spoiled(film_list, words.films)
