"""Following members, and who may follow whom: a private account is asked first."""

from contextlib import nullcontext
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import follow, hold_both, refuse_across_block, unfollow
from accounts.freshness import by_tag
from accounts.models import CommentPolicy, Event, Follow, FollowRequest, Licence, ShelfPolicy, TipPolicy, User
from accounts.webhooks.announcing import announce
from config.writes import only
from reviews.actions.learning import learn_soon
from reviews.actions.limiting import check_may_post, hold_posts
from reviews.actions.nearness import near_both
from reviews.actions.notifying import forget_told, notify, untell
from reviews.actions.noting import note, note_followers
from reviews.models import Activity, Notice, Posting

# Of what one chooses about oneself, what others come to see; the rest is learnt from or shown later.
SEEN_BY_OTHERS: Final = frozenset({"is_private", "comment_policy", "licence"})
CHOICES: Final = (
    "is_private", "comment_policy", "tip_policy", "shelf_policy", "hides_scores", "wants_recommendations",
    "lends_taste", "licence", "opens_ratings",
)  # fmt: skip


@near_both
@transaction.atomic
def follow_member(*, member: User, other: User) -> Follow | FollowRequest:
    """Follow the other, or ask to where their account is private.

    Raises PermissionDenied where one of the two blocks the other, ValidationError for oneself.
    """
    if member.pk == other.pk:
        raise ValidationError(_("You cannot follow yourself."), code="self")
    hold_posts(member=member)
    member, other = hold_both(member, other)
    refuse_across_block(member, other)
    if (standing := Follow.objects.filter(follower=member, followed=other).first()) is not None:
        return standing
    if other.is_private:
        asked, is_new = FollowRequest.objects.get_or_create(follower=member, followed=other)
        if is_new:
            check_may_post(member=member, kind=Posting.Kind.FOLLOW)
            notify(members=[other], kind=Notice.FOLLOW_REQUEST, key=_asked_key(member), actor=member)
        return asked
    check_may_post(member=member, kind=Posting.Kind.FOLLOW)
    made = follow(member=member, other=other)
    note(member=member, kind=Activity.Kind.FOLLOWED, other=other)
    notify(members=[other], kind=Notice.FOLLOW, key=f"follow:{member.pk}", actor=member)
    announce(Event.FOLLOWER_ADDED, member=other, about=member.pk)
    return made


@near_both
@transaction.atomic
def unfollow_member(*, member: User, other: User) -> None:
    """Stop following, or asking to. The line in the feed goes with the follow (migration 0009)."""
    unfollow(member=member, other=other)
    if FollowRequest.objects.filter(follower=member, followed=other).delete()[0]:
        untell(member=other, key=_asked_key(member))


@near_both
@transaction.atomic
def accept_request(*, member: User, other: User) -> Follow:
    """Let the other, who asked, follow the member; accepted once, it stays accepted.

    Raises ValidationError where nobody asked, PermissionDenied where one of the two blocks the other.
    """
    member, other = hold_both(member, other)
    asked = FollowRequest.objects.filter(follower=other, followed=member)
    standing = Follow.objects.filter(follower=other, followed=member).first()
    if not asked.exists():
        if standing is not None:
            return standing
        raise ValidationError(_("This request is not here any more: it was taken back or answered."), code="gone")
    made = follow(member=other, other=member)
    asked.delete()
    forget_told(member=member, keys=[_asked_key(other)])
    note(member=other, kind=Activity.Kind.FOLLOWED, other=member)
    _tell_accepted(member, [other])
    announce(Event.FOLLOWER_ADDED, member=member, about=other.pk)
    return made


@near_both
@transaction.atomic
def refuse_request(*, member: User, other: User) -> None:
    """The other is not told, and may ask again: they are to be blocked if they should not."""
    if FollowRequest.objects.filter(follower=other, followed=member).delete()[0]:
        forget_told(member=member, keys=[_asked_key(other)])


@near_both
@transaction.atomic
def remove_follower(*, member: User, other: User) -> None:
    """The other no longer follows the member, nor asks to. They are not told."""
    unfollow_member(member=other, other=member)


@transaction.atomic
def choose_privacy(
    *,
    member: User,
    is_private: bool | None = None,
    comment_policy: str | None = None,
    tip_policy: str | None = None,
    shelf_policy: str | None = None,
    hides_scores: bool | None = None,
    wants_recommendations: bool | None = None,
    lends_taste: bool | None = None,
    licence: str | None = None,
    opens_ratings: bool | None = None,
) -> User:
    """Who sees the member and may answer them, and what they see themselves; what is None stays as it is.

    An account that becomes public lets in everybody who had asked. What was learnt from ratings that are no longer for
    that is soon learnt without them. Raises ValidationError by field.
    """
    locked = _hold_with_askers(member) if is_private is False else _hold(member)
    was_private, was_lending = locked.is_private, locked.lends_taste and not locked.is_private
    chosen = {
        "is_private": is_private,
        "comment_policy": comment_policy,
        "tip_policy": tip_policy,
        "shelf_policy": shelf_policy,
        "hides_scores": hides_scores,
        "wants_recommendations": wants_recommendations,
        "lends_taste": lends_taste,
        "licence": licence,
        "opens_ratings": opens_ratings,
    }
    said = {name: value for name, value in chosen.items() if value is not None}
    changed = {name for name, value in said.items() if value != getattr(locked, name)}
    if comment_policy is not None and comment_policy not in CommentPolicy.values:
        raise ValidationError({"comment_policy": [_("Choose who may comment.")]})
    if tip_policy is not None and tip_policy not in TipPolicy.values:
        raise ValidationError({"tip_policy": [_("Choose who may recommend films to you.")]})
    if shelf_policy is not None and shelf_policy not in ShelfPolicy.values:
        raise ValidationError({"shelf_policy": [_("Choose who can see which films you own.")]})
    if licence is not None and licence not in Licence.values:
        raise ValidationError({"licence": [_("Choose one of these licences.")]})
    for name, value in said.items():
        setattr(locked, name, value)
        setattr(member, name, value)
    with only(by_tag(member.pk)) if SEEN_BY_OTHERS.isdisjoint(changed) else nullcontext():
        locked.save(update_fields=list(changed))
    if was_private and not locked.is_private:
        _let_everybody_in(locked)
    if was_lending and (locked.is_private or not locked.lends_taste):
        learn_soon()
    return locked


def _hold_with_askers(member: User) -> User:
    """The member as they are now, locked with those who may be let in, in the order in which everybody locks."""
    asked = FollowRequest.objects.filter(followed=member).values_list("follower", flat=True)
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=[member.pk, *asked]).order_by("pk")
    return next(row for row in rows.only(*CHOICES) if row.pk == member.pk)


def _hold(member: User) -> User:
    return User.objects.select_for_update(no_key=True).only(*CHOICES).get(pk=member.pk)


def _let_everybody_in(member: User) -> None:
    asked = FollowRequest.objects.filter(followed=member)
    followers = [request.follower for request in asked.select_related("follower").order_by("follower")]
    Follow.objects.bulk_create(
        [Follow(follower=one, followed=member, follower_set_aside=not one.is_active) for one in followers],
        ignore_conflicts=True,
    )
    asked.delete()
    forget_told(member=member, keys=map(_asked_key, followers))
    note_followers(members=followers, other=member)
    _tell_accepted(member, followers)


def _asked_key(member: User) -> str:
    return f"follow_request:{member.pk}"


def _tell_accepted(member: User, followers: list[User]) -> None:
    notify(members=followers, kind=Notice.FOLLOW_ACCEPTED, key=f"follow_accepted:{member.pk}", actor=member)
