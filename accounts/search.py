"""Finding members by name."""

from typing import Any, Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from accounts.models import User

LONGEST_QUERY: Final = 60


def find_members(viewer: Any, query: str) -> QuerySet[User]:
    """Active members whose username or display name begins so, that very name first, then as followed.

    Those who block the viewer, or whom the viewer blocks, are not found.
    """
    name = " ".join(query.replace("\0", "").split()).removeprefix("@").lower()[:LONGEST_QUERY]
    if not name:
        return User.objects.none()
    members = User.objects.active().not_blocking(viewer)
    members = members.annotate(_username=Lower("username"), _called=Lower("display_name"))
    exact = Q(_username=name) | Q(_called=name)
    nearness = Case(When(exact, then=Value(0)), default=Value(1), output_field=IntegerField())
    begins = Q(_username__startswith=name) | Q(_called__startswith=name)
    return members.filter(begins).annotate(nearness=nearness).order_by("nearness", "-follower_count", "-id")
