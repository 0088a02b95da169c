"""The form of a copy on the shelf. It checks and converts, and never writes."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reviews.models import OwnedCopy
from reviews.models.owned_copy import CopyKind
from reviews.models.viewing import Cut
from reviews.owning import Said, checked


def _text(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", "autocomplete": "off", **attrs})


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "input"})


class CopyForm(forms.Form):
    # No maxlength in the browser, which would cut a longer line off without a word.
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a copy", "Kind"),
        choices=CopyKind.choices,
        widget=_select(),
        error_messages={
            "invalid_choice": _("Choose what kind of copy it is."),
            "required": _("Choose what kind of copy it is."),
        },
    )
    cut = forms.ChoiceField(
        label=_("Cut"),
        required=False,
        choices=[("", _("Not said")), *Cut.choices],
        widget=_select(),
        error_messages={"invalid_choice": _("Choose a cut.")},
    )
    details = forms.CharField(
        label=_("Where it stands, or what it is"),
        required=False,
        widget=_text(),
        help_text=_("Such as “Shelf 3” or “the box with both films”. Only you can see it."),
    )
    since = forms.CharField(
        label=_("Yours since"),
        required=False,
        widget=_text(),
        help_text=_("A year or a day: 2019 or 2019-03-05."),
    )
    lent_to = forms.CharField(label=_("Lent to"), required=False, widget=_text(), help_text=_("Only you can see it."))
    lent_on = forms.DateField(
        label=_("Lent on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2024-01-28.")},
    )

    def clean(self) -> dict[str, Any]:
        """What is wrong is told beside its field, in the words of whoever keeps it."""
        said = self.said()
        try:
            checked(said)
        except ValidationError as refusal:
            self.add_error(None, refusal)
        return self.cleaned_data

    def said(self) -> Said:
        """What to hand to `add_once` and `change_copy`."""
        return cast(Said, self.cleaned_data)

    @classmethod
    def of(cls, copy: OwnedCopy) -> "CopyForm":
        names = ("kind", "cut", "details", "lent_to", "lent_on")
        return cls(initial={"since": copy.said_since, **{name: getattr(copy, name) for name in names}})
