"""A picture with a focal point on a desk, for articles, people and collections: its fields, and how it looks."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.picture_files import master_of
from accounts.picture_shapes import CHOOSER, is_fresh, whole_of
from accounts.pictures import PictureRefused, read_picture
from accounts.picturing import NOT_KEPT

FIELDS = ("picture_now", "picture", "remove_picture")
FOCUS = ("focus_x", "focus_y")


class PictureInput(forms.ClearableFileInput):
    """Only chooses a file: what is there now stands beside it."""

    template_name = "django/forms/widgets/file.html"


class PicturedForm(forms.ModelForm):
    """Fields for a picture, besides the model's own. The form must also have the model's `<held>_alt`."""

    held: ClassVar[str] = "picture"
    alt_needed: ClassVar[bool] = True

    picture = forms.FileField(
        label=_("Another picture"),
        required=False,
        widget=PictureInput(attrs=CHOOSER),
        help_text=_(
            "JPEG, PNG or WebP of up to 5 MB. Only what you have the right to show. "
            "“Save and continue editing” shows how it looks."
        ),
    )
    remove_picture = forms.BooleanField(label=_("Take the picture away"), required=False)
    focus_x = forms.IntegerField(label=_("Focal point, from the left"), min_value=0, max_value=100, required=False)
    focus_y = forms.IntegerField(label=_("Focal point, from the top"), min_value=0, max_value=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FOCUS:
            self.initial[name] = getattr(self.instance, f"{self.held}_{name}")

    def clean_picture(self) -> Any:
        picture = self.cleaned_data["picture"]
        if picture:
            try:
                read_picture(picture)
            except PictureRefused as refusal:
                raise ValidationError(str(refusal), code="picture") from refusal
            picture.seek(0)
        return picture

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given, key = cleaned.get("picture"), getattr(self.instance, f"{self.held}_key")
        stays = bool(key) and not cleaned.get("remove_picture")
        alt = f"{self.held}_alt"
        if self.alt_needed and alt in cleaned and (given or stays) and not cleaned[alt].strip():
            self.add_error(alt, _("Say in a few words what the picture shows: not everybody can see it."))
        if not given and stays and self.focus_moved and not master_of(key).is_file():
            self.add_error("focus_x", NOT_KEPT)
        if self.errors and given and "picture" not in self.errors:
            self.add_error("picture", _("The picture is fine. Choose it again: browsers forget a file."))
        return cleaned

    @property
    def focus(self) -> tuple[int, int]:
        x, y = (self.cleaned_data.get(name) for name in FOCUS)
        return (50 if x is None else x), (50 if y is None else y)

    @property
    def focus_moved(self) -> bool:
        return self.focus != tuple(self.initial[name] for name in FOCUS)

    @property
    def wish(self) -> dict[str, Any]:
        """What the form says of the picture, as `arrange` of accounts/picturing.py takes it but for the file's name."""
        return {
            "picture": self.cleaned_data["picture"] or None,
            "remove": self.cleaned_data["remove_picture"],
            "focus": self.focus,
        }

    @property
    def said(self) -> dict[str, Any]:
        """What was changed of the row itself, as actions take it."""
        own = {field.name for field in self._meta.model._meta.get_fields()}
        return {name: self.cleaned_data[name] for name in self.changed_data if name in own}


def take_picture(desk: Any, request: HttpRequest, take: Callable[[], Any]) -> None:
    """Store what a form says of a picture. What else it says is saved, should that be impossible just now."""
    try:
        take()
    except PictureRefused as refusal:
        sentence = _("All is saved but the picture. %(why)s")
        desk.message_user(request, sentence % {"why": refusal}, messages.ERROR)


def picture_now(row: Any, field: str = "picture") -> str:
    """The picture as it is, for a field that is only read. Costs no query."""
    key = getattr(row, f"{field}_key")
    return render_to_string(
        "admin/_picture_now.html",
        {
            "key": key,
            "field": field,
            "whole": whole_of(key),
            "fresh": is_fresh(key),
            "alt": getattr(row, f"{field}_alt"),
            "x": getattr(row, f"{field}_focus_x"),
            "y": getattr(row, f"{field}_focus_y"),
        },
    )
