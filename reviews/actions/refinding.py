"""Changing what a list finds that fills itself."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.actions.holding_lists import lock_own_list
from reviews.actions.listing import tell_of_list
from reviews.actions.nearness import near_lists
from reviews.browsing import MemberFilters
from reviews.models import FilmList
from reviews.self_filling import finds_of


@near_lists
@transaction.atomic
def change_finds(*, member: User, film_list: FilmList, filters: MemberFilters) -> FilmList:
    """Only its own member does. It is among the newest then, as a list is to which films were added.

    Raises ValidationError for a list that is filled by hand, and for what finds all films.
    """
    locked = lock_own_list(member=member, film_list=film_list)
    if not locked.fills_itself:
        raise ValidationError({"finds": [_("This list is filled by hand. What finds its films is another list.")]})
    finds = finds_of(filters)
    if finds != locked.finds:
        locked.finds, locked.updated_at = finds, timezone.now()
        locked.save(update_fields=["finds", "updated_at"])
        tell_of_list(locked)
    return locked
