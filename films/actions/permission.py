"""Who may change the catalogue."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User


def require(curator: User, permission: str) -> None:
    """Raise PermissionDenied for somebody who does not have this permission, or whose account is suspended."""
    if not curator.has_perm(permission):
        raise PermissionDenied(_("Only curators do this."))
