"""allauth's forms in the house's words. They validate; allauth's flows and our adapter write."""

from typing import Any, ClassVar, Final

from allauth.account import forms as account
from allauth.idp.oidc.forms import AuthorizationForm
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddWebAuthnForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm as AllauthEditWebAuthnForm
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from accounts.identity import ASKED

Words = dict[str, Any]  # name of a field: words, translated when they are shown

NEW_PASSWORD: Final[Words] = {
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}


def advice_on_passwords() -> str:
    """What a good password is, with the length that this site asks for."""
    lengths = [v.min_length for v in get_default_password_validators() if isinstance(v, MinimumLengthValidator)]
    return _("At least %(number)d characters. Three odd words work well. Pasting is fine.") % {
        "number": max(lengths, default=8)
    }


class HouseWords:
    """Mixed into a form of allauth's: our labels and hints, no placeholders, errors that say what to do."""

    labels: ClassVar[Words] = {}
    hints: ClassVar[Words] = {}
    fields: dict[str, Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            field.error_messages["required"] = _("Fill this in.")
            if name == "password1":
                field.help_text = advice_on_passwords()


class LoginForm(HouseWords, account.LoginForm):
    labels: ClassVar[Words] = {
        "login": _("Username or email"),
        "password": _("Password"),
        "remember": _("Keep me logged in"),
    }


class SignupForm(HouseWords, account.SignupForm):
    labels: ClassVar[Words] = {"email": _("Email"), "username": _("Username"), "password1": _("Password")}
    hints: ClassVar[Words] = {
        "email": _("For logging in and for news you ask for. Nobody else sees it."),
        "username": _("Letters, digits, hyphens and underscores. It will be part of your address here."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["email", "username", "password1", "invite"])


class AddEmailForm(HouseWords, account.AddEmailForm):
    labels: ClassVar[Words] = {"email": _("New address")}


class ChangePasswordForm(HouseWords, account.ChangePasswordForm):
    labels: ClassVar[Words] = NEW_PASSWORD
    hints: ClassVar[Words] = {"oldpassword": ""}


class SetPasswordForm(HouseWords, account.SetPasswordForm):
    labels: ClassVar[Words] = NEW_PASSWORD


class ResetPasswordForm(HouseWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(HouseWords, account.ResetPasswordKeyForm):
    labels: ClassVar[Words] = NEW_PASSWORD


class ReauthenticateForm(HouseWords, account.ReauthenticateForm):
    pass


class AuthenticateForm(HouseWords, mfa.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(HouseWords, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(HouseWords, AllauthActivateTOTPForm):
    labels: ClassVar[Words] = {"code": _("The code that the app shows")}


class AddWebAuthnForm(HouseWords, AllauthAddWebAuthnForm):
    labels: ClassVar[Words] = {"name": _("What you call this key"), "passwordless": _("Let it open the door alone")}
    hints: ClassVar[Words] = {
        "passwordless": _("Then it is a passkey: no password, but a fingerprint, a face or a PIN each time.")
    }


class EditWebAuthnForm(HouseWords, AllauthEditWebAuthnForm):
    labels: ClassVar[Words] = {"name": _("What you call this key")}


class LetInForm(AuthorizationForm):
    """What an app that asks to be let in may do, in the order of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes: Any = self.fields["scopes"]
        scopes.label = _("What it may do")
        scopes.error_messages["required"] = _("Choose what it may do, or say no.")
        scopes.choices = sorted(scopes.choices, key=lambda choice: list(ASKED).index(choice[0]))
