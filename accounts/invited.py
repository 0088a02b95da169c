"""Sign-up by invitation, whichever way somebody comes: by the page, a program's headless call or another service."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Invite, User


class InvitedForm(forms.Form):
    """What all of allauth's forms for signing up begin with: a code, where this site asks for one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.SIGNUP == "invite":
            self.fields["invite"] = forms.CharField(
                label=_("Invitation code"), max_length=24, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )

    def clean_invite(self) -> str:
        code = str(self.cleaned_data["invite"]).strip()
        check_invite(code)
        return code

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth calls this when the member is made; by then our adapter has used the code up."""


def check_invite(code: str) -> None:
    """Raise ValidationError for a code that lets nobody in."""
    if not Invite.objects.open().filter(code=code).exists():
        raise ValidationError(
            gettext("This code is unknown, used up or too old. Ask whoever invited you for another."), code="invite"
        )
