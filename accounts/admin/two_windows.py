"""What happens to a form of the admin when somebody saved the row after the form was opened."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.clock import clock_time


class UnseenInput(forms.HiddenInput):
    """The desk writes a label beside every field; this one has nothing that a label could be for."""

    def id_for_label(self, id_: str | None) -> str:
        return ""


class WatchfulForm(forms.ModelForm):
    """Refuses once what was written on an older page, keeps the words, and lets the next try replace it.

    The model must have `updated_at`, and the desk the field `seen` in its form.
    """

    seen = forms.CharField(widget=UnseenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = "" if self.instance._state.adding else self.instance.updated_at.isoformat()

    def clean(self) -> dict[str, Any]:
        seen, now = self.cleaned_data.get("seen"), self.initial["seen"]
        if seen and seen != now:
            sent = cast(QueryDict, self.data).copy()
            sent[self.add_prefix("seen")] = now
            self.data = sent
            self.add_error(None, changed_meanwhile(self.instance))
        return super().clean() or {}


def changed_meanwhile(row: Any) -> SafeString:
    """To somebody whose form is older than the row: when, where to look, and what saving again does."""
    return format_html(
        '{} <a href="{}">{}</a>',
        _("This was changed at %(when)s, after you opened it. Nothing is saved yet; your words are below.")
        % {"when": clock_time(row.updated_at)},
        reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]),
        _("Look at it as it is now, then save again to put yours in its place."),
    )
