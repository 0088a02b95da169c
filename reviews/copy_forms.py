"""The form of the place to which copies are sent. It checks and converts, and never writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import CopyPlace
from accounts.models.copy_place import LONGEST_NAME

PLAIN = {"class": "input", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class CopyPlaceForm(forms.Form):
    address = forms.CharField(
        label=_("Folder"),
        help_text=_(
            "The WebDAV address of a folder that is there already, beginning with https://. Nextcloud shows it in its"
            " settings of files."
        ),
        error_messages={"required": _("Write the address of the folder.")},
        # No type="url": what is no address yet could not stand in it when the form is shown again.
        widget=forms.TextInput(attrs=PLAIN | {"inputmode": "url"}),
    )
    username = forms.CharField(
        label=_("Your name there"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Write the name with which you log in there.")},
        widget=forms.TextInput(attrs=PLAIN),
    )
    password = forms.CharField(
        label=_("Password there"),
        help_text=_("Make one for apps, which opens files alone and can be taken back. It is kept enciphered."),
        strip=False,
        error_messages={"required": _("Write the password for this place.")},
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    often = forms.ChoiceField(
        label=_("How often"),
        choices=CopyPlace.Often.choices,
        error_messages={"invalid_choice": _("Choose every week or every month.")},
        widget=forms.Select(attrs={"class": "input"}),
    )

    def __init__(self, data: Any = None, *, place: CopyPlace | None = None) -> None:
        initial = {name: getattr(place, name) for name in ("address", "username", "often")} if place else None
        super().__init__(data, initial=initial)
        if place is not None:
            self.fields["password"].required = False
            self.fields["password"].help_text = _(
                "Leave it empty to keep the one that you gave. Another folder or name wants it again."
            )
