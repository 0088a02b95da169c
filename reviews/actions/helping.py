"""Filling a list together: asking somebody to help, answering, and parting again."""

from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.freshness import by_tag
from accounts.models import User
from config.writes import only
from reviews.actions.holding_lists import check_by_hand, lock_list, lock_own_list
from reviews.actions.limiting import check_may_post, hold_posts
from reviews.actions.nearness import near_lists
from reviews.actions.notifying import notify
from reviews.lists import invitation_to
from reviews.models import Collaborator, FilmList, Notice, Posting

MOST_HELPERS: Final = 20


@near_lists
@transaction.atomic
def invite_collaborator(*, member: User, film_list: FilmList, other: User) -> Collaborator:
    """Ask somebody to add to one's list and put it in order. They are told once; asking again changes nothing.

    Raises PermissionDenied where one of the two blocks the other and for somebody else's list, ValidationError for
    oneself, for too many and for a list that fills itself, LimitReached: an invitation that is taken back counts, too.
    """
    hold_posts(member=member)
    locked = lock_own_list(member=member, film_list=film_list)
    if locked.removed_at is not None:
        raise PermissionDenied(_("A moderator removed this list. Nobody can be asked to help with it."))
    check_by_hand(locked)
    if other.pk == member.pk:
        raise ValidationError({"username": [_("This is your own list: you need no invitation.")]})
    if not User.objects.active().not_blocking(member).filter(pk=other.pk).exists():
        raise PermissionDenied(_("You cannot ask this member."))
    if (asked := locked.collaborators.filter(member=other).first()) is not None:
        return asked
    if locked.collaborators.count() >= MOST_HELPERS:
        raise ValidationError({"username": [_("At most %(most)d can help with a list.") % {"most": MOST_HELPERS}]})
    check_may_post(member=member, kind=Posting.Kind.INVITE)
    with only(by_tag(other.pk)):
        made = Collaborator.objects.create(film_list=locked, member=other)
    key = f"list_invitation:{locked.pk}"
    notify(members=[other], kind=Notice.LIST_INVITATION, key=key, actor=member, film_list=locked)
    return made


@near_lists
@transaction.atomic
def answer_invitation(*, member: User, film_list: FilmList, accept: bool) -> Collaborator | None:
    """Say yes, or no: then the invitation is gone, and None comes back. Yes said twice is yes.

    Raises PermissionDenied for somebody who was not asked.
    """
    lock_list(film_list)
    helps = Collaborator.objects.filter(film_list=film_list, member=member, accepted_at__isnull=False).first()
    if helps is not None and accept:
        return helps
    asked = invitation_to(member, film_list.pk)
    if asked is None:
        raise PermissionDenied(_("Nobody asks you to help with this list."))
    if not accept:
        asked.delete()
        return None
    asked.accepted_at = timezone.now()
    asked.save(update_fields=["accepted_at"])
    return asked


@near_lists
@transaction.atomic
def part_from_list(*, member: User, film_list: FilmList, other: User) -> None:
    """End somebody's help, or take back the invitation: the list's own member may, and whoever it is about.

    What they added stays.
    """
    if member.pk not in {film_list.member_id, other.pk}:
        raise PermissionDenied(_("Only those whose list it is decide who helps."))
    lock_list(film_list)
    with only(by_tag(other.pk)):
        Collaborator.objects.filter(film_list=film_list, member=other).delete()
