"""Forms of one's own account: profile, name, picture, what programs may. They check and convert, and never write."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.actions import refuse_taken_username
from accounts.models import Event, User
from accounts.models.token import Scope
from accounts.names import validate_username
from accounts.picture_shapes import CHOOSER
from accounts.webhooks.addresses import checked_address


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["display_name", "pronouns", "location", "website", "bio"]
        widgets: ClassVar[dict[str, Any]] = {
            "bio": forms.Textarea(attrs={"rows": 5}),
            # No type="url": what is no address yet could not stand in it when the form is shown again.
            "website": forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "display_name": _("What you are called on pages. Without one it is your username."),
            "website": _("With https:// in front."),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "website": {"invalid": _("Write a whole address, such as https://example.org.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "input")


class PrivacyForm(forms.ModelForm):
    class Meta:
        model = User
        fields: ClassVar[list[str]] = [
            "is_private", "comment_policy", "tip_policy", "shelf_policy", "hides_scores", "wants_recommendations",
            "lends_taste", "licence", "opens_ratings",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "comment_policy": forms.RadioSelect,
            "tip_policy": forms.RadioSelect,
            "shelf_policy": forms.RadioSelect,
            "licence": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.OPEN_DATA:
            del self.fields["opens_ratings"]


class UsernameForm(forms.Form):
    username = forms.CharField(
        label=_("Username"),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "username"}),
        help_text=_("Your old address leads to the new one, and nobody else can take it."),
    )

    def __init__(self, member: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"])
        validate_username(name)
        refuse_taken_username(name, member=self.member)
        return name


class AvatarForm(forms.Form):
    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs=CHOOSER),
        help_text=_("A JPEG, PNG or WebP of at most 5 MB. It is cut to a square."),
        error_messages={"required": _("Choose a picture first.")},
        allow_empty_file=True,
    )


class TokenForm(forms.Form):
    LIFETIMES: ClassVar[dict[str, timedelta | None]] = {
        "30": timedelta(days=30),
        "365": timedelta(days=365),
        "never": None,
    }

    name = forms.CharField(
        label=_("What it is for"),
        max_length=60,
        error_messages={"required": _("Say what it is for, so that you know it again.")},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.Select(attrs={"class": "input"})
    )
    lifetime = forms.ChoiceField(
        label=_("How long it works"),
        choices=[("365", _("A year")), ("30", _("30 days")), ("never", _("Until I revoke it"))],
        widget=forms.Select(attrs={"class": "input"}),
    )

    def asked(self) -> dict[str, Any]:
        """What to hand to `make_token`."""
        lifetime = self.LIFETIMES[self.cleaned_data["lifetime"]]
        return {
            "name": self.cleaned_data["name"],
            "scopes": [self.cleaned_data["scope"]],
            "expires_at": timezone.now() + lifetime if lifetime else None,
        }

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if not name:
            raise ValidationError(_("Say what it is for, so that you know it again."))
        return name


class AppForm(forms.Form):
    """What a developer says of an app. `accounts.connecting` checks the addresses, for programs as well."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Members read it when the app asks to be let in."),
        max_length=60,
        error_messages={"required": _("Say what the app is called, so that members know it.")},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    addresses = forms.CharField(
        label=_("Where members are sent back to"),
        help_text=_(
            "One address (redirect URI) to a line, written as the app will send it: https://…, or a scheme of your own"
            " like org.example.app:/back."
        ),
        max_length=6000,
        error_messages={"required": _("Write at least one address, to which members are sent back.")},
        widget=forms.Textarea(attrs={"class": "input", "rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
    )

    def asked(self) -> dict[str, Any]:
        """What to hand to `register_app` and `change_app`."""
        return {"name": self.cleaned_data["name"], "addresses": self.cleaned_data["addresses"].splitlines()}


class NewAppForm(AppForm):
    """Where it runs is said once: an app that could not keep a secret cannot begin to."""

    kind = forms.ChoiceField(
        label=_("Where it runs"),
        choices=[
            ("public", _("On members’ devices: PKCE, no secret")),
            ("confidential", _("On a server, which keeps a secret")),
        ],
        widget=forms.Select(attrs={"class": "input"}),
    )

    def asked(self) -> dict[str, Any]:
        return super().asked() | {"keeps_a_secret": self.cleaned_data["kind"] == "confidential"}


def _events() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """In words, with the name that programs read."""
    named = {event: format_html("<span>{} <code>{}</code></span>", event.label, event.value) for event in Event}
    return [
        (_("Of you"), [(event.value, said) for event, said in named.items() if not event.is_of_catalogue]),
        (_("Of the catalogue"), [(event.value, said) for event, said in named.items() if event.is_of_catalogue]),
    ]


class WebhookForm(forms.Form):
    """What a member says of a webhook. `accounts.webhooks` checks the address, for programs as well."""

    address = forms.CharField(
        label=_("Address"),
        help_text=_("Where your program listens, beginning with https://."),
        error_messages={"required": _("Write the address at which your program listens.")},
        # No type="url": what is no address yet could not stand in it when the form is shown again.
        widget=forms.TextInput(
            attrs={"class": "input", "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    events = forms.MultipleChoiceField(
        label=_("What it is told"),
        choices=_events,
        error_messages={"required": _("Choose at least one of the events.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_address(self) -> str:
        try:
            return checked_address(str(self.cleaned_data["address"]))
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from None


class ElsewhereForm(forms.Form):
    """Whether, and how, one can be followed from other servers."""

    on = forms.BooleanField(
        label=_("People elsewhere can follow me"),
        required=False,
        help_text=_(
            "What you show to everyone goes to their servers then: your reviews and your diary from that day on, with"
            " your name, your picture and what you say about yourself. What you hide, delete or switch off later is"
            " asked back from there. Most servers do as they are asked; that all do, nobody can promise."
        ),
    )
    approves = forms.BooleanField(
        label=_("I decide who follows me from elsewhere"),
        required=False,
        help_text=_("Who wants to follow waits here until you let them."),
    )


class FollowElsewhereForm(forms.Form):
    """Whom on another server one wants to follow."""

    who = forms.CharField(
        label=_("Their name there, or the address of their page"),
        max_length=500,
        help_text=_("Such as @zoe@social.example.org. They are told who you are, and may refuse."),
        widget=forms.TextInput(
            attrs={"class": "input", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class LeavingForm(forms.Form):
    """Before an account is deleted its member writes the username."""

    username = forms.CharField(
        label=_("Your username"),
        help_text=_("So that it is no slip."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Write your username to delete the account.")},
    )

    def __init__(self, member: User, data: Any = None) -> None:
        super().__init__(data)
        self.member = member

    def clean_username(self) -> str:
        written = str(self.cleaned_data["username"]).strip().removeprefix("@")
        if written.lower() != self.member.username.lower():
            raise ValidationError(
                _("That is not your username, which is %(name)s. Nothing is deleted."),
                code="other_username",
                params={"name": self.member.username},
            )
        return written
