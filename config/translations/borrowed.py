"""What Django and allauth say on our pages for which they have no German, or none that says du.

Marked here, these sentences stand in the files of translators, and what those say comes before the packages' own words.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

BORROWED: Final[tuple[str | Promise, ...]] = (
    # The desks.
    _("Run"),
    _("- Select an option -"),
    _("Filter by %(field_name)s"),
    _("Change history: %s"),
    _("Pagination %(name)s"),
    _("Pagination %(name)s entries"),
    ngettext_lazy("…and %(count)d more object.", "…and %(count)d more objects.", "count"),
    _(
        "Are you sure you want to delete the %(object_name)s “%(escaped_object)s”? All of the following related items"
        " will be deleted:"
    ),
    _(
        "Deleting the %(object_name)s “%(escaped_object)s” would result in deleting related objects, but your account"
        " doesn't have permission to delete the following types of objects:"
    ),
    _(
        "Deleting the %(object_name)s “%(escaped_object)s” would require deleting the following protected related"
        " objects:"
    ),
    _(
        "Are you sure you want to delete the selected %(objects_name)s? All of the following objects and their related"
        " items will be deleted:"
    ),
    _(
        "Deleting the selected %(objects_name)s would result in deleting related objects, but your account doesn't have"
        " permission to delete the following types of objects:"
    ),
    _("Deleting the selected %(objects_name)s would require deleting the following protected related objects:"),
    # Forms.
    _("No file was submitted. Check the encoding type on the form."),
    _("Please either submit a file or check the clear checkbox, not both."),
    # The second step, and other services.
    _("You cannot add an email address to an account protected by two-factor authentication."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("You cannot disconnect your last remaining third-party account."),
)
