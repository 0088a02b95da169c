"""Who looks at something."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from accounts.models.user import User

# A member, or somebody who is signed out, for whom None may stand as well.
type Viewer = User | AnonymousUser | None
