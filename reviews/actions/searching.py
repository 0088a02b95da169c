"""Saving searches of the catalogue, and deleting them."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.freshness import near_oneself
from accounts.legible import one_line
from accounts.models import User
from reviews.browsing import MemberFilters
from reviews.models import SavedSearch
from reviews.models.saved_search import LONGEST_NAME
from reviews.searches import query_of

MOST_SAVED: Final = 50


@near_oneself
@transaction.atomic
def save_search(*, member: User, name: str, filters: MemberFilters) -> SavedSearch:
    """Keep what the catalogue is narrowed down to, in place of what the member had under that name.

    Raises ValidationError by field.
    """
    named, query = one_line(name), query_of(filters)
    _check(named, query)
    hold_member(member)  # so that there are never too many
    own = SavedSearch.objects.filter(member=member)
    saved = own.alias(lower=Lower("name")).filter(lower=Lower(Value(named))).first()
    if saved is None:
        if own.count() >= MOST_SAVED:
            raise ValidationError(
                _("You have %(number)d searches, and there is no room for more. Delete one first.")
                % {"number": MOST_SAVED}
            )
        return SavedSearch.objects.create(member=member, name=named, query=query)
    saved.name, saved.query = named, query
    saved.save(update_fields=["name", "query"])
    return saved


def _check(name: str, query: str) -> None:
    if not name:
        raise ValidationError({"name": _("Give the search a name.")})
    if len(name) > LONGEST_NAME:
        raise ValidationError({"name": _("Shorten the name to %(most)d characters or fewer.") % {"most": LONGEST_NAME}})
    if not query:
        raise ValidationError(_("Nothing is narrowed down here: this would be all films. Choose a filter first."))


@near_oneself
@transaction.atomic
def delete_search(*, member: User, search: SavedSearch) -> None:
    hold_member(member)  # nobody saves into the row that goes
    SavedSearch.objects.filter(member=member, pk=search.pk).delete()
