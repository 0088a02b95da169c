"""How the sending of copies went, in words."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import CopyPlace
from accounts.models.copy_place import Refusal
from accounts.models.trouble import Trouble

SAID: Final[dict[str, Any]] = {
    Trouble.STATUS: _("%(host)s answered with an error (%(status)s)."),
    Trouble.REDIRECT: _("%(host)s sent us elsewhere, where we do not go. Write the address that it leads to."),
    Trouble.TIMEOUT: _("%(host)s took too long."),
    Trouble.NAME: _("%(host)s could not be found. Look whether it is written right."),
    Trouble.ADDRESS: _("%(host)s is not on the public internet, so nothing is sent there from here."),
    Trouble.TLS: _("The certificate of %(host)s could not be trusted."),
    Trouble.UNREACHABLE: _("%(host)s could not be reached."),
    Refusal.LOGIN: _("%(host)s did not take the name and the password."),
    Refusal.FORBIDDEN: _("%(host)s lets nothing be written there."),
    Refusal.MISSING: _("%(host)s has no such folder. Make it there first."),
    Refusal.LARGE: _("%(host)s takes no file as large as your copy."),
    Refusal.FULL: _("%(host)s said: no room left."),
    Refusal.NO_WEBDAV: _("%(host)s speaks no WebDAV at that address. Look whether it is the right one."),
    Refusal.LOCKED: _("%(host)s has that file or folder locked just now."),
    Refusal.BUSY: _("%(host)s wants to be asked less often."),
    Refusal.OURS: _("Your copy is larger than what is sent from here. Download it instead."),
}


def how_it_went(place: CopyPlace) -> str:
    """A sentence on the last attempt where it failed; else nothing."""
    if not place.trouble:
        return ""
    return str(SAID[place.trouble]) % {"host": place.host, "status": place.status}
