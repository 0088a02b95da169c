"""Reading the four favourites of a member."""

from typing import Any

from django.db.models import Q

from accounts.compiled import for_viewers, row_of
from accounts.models import User
from accounts.models.sight import is_signed_in, lets_in
from accounts.models.viewer import Viewer
from films.models import Film
from reviews.models import Favourite


def favourites_of(member: User, viewer: Viewer) -> list[Film]:
    """The films in the member's order, as cards; none where the member does not let this viewer in. One query.

    Their scores are not covered yet (reviews/blind.py).
    """
    found: list[Film] = _shown(viewer, member=member.pk)
    return found


@for_viewers(member=row_of("accounts.User"))
def _shown(viewer: Viewer, member: Any) -> Any:
    open_to_viewer = lets_in(viewer)
    if is_signed_in(viewer):
        open_to_viewer |= Q(member=viewer)
    rows = Favourite.objects.filter(open_to_viewer, member=member)
    return Film.objects.filter(favourites__in=rows).order_by("favourites__position").with_card()
