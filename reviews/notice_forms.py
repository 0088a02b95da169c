"""The form in which a member says how they want to hear of what."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from reviews.models import Mailing, Notice
from reviews.notices import Way


class WaysForm(forms.Form):
    """For each kind of notice a tick, “on the site”, a time, “by mail”, and a tick, “on your devices”."""

    def __init__(self, ways: Mapping[str, Way], data: Any = None) -> None:
        super().__init__(data)
        for kind, way in ways.items():
            label = Notice(kind).label
            self.fields[f"{kind}_on_site"] = forms.BooleanField(
                initial=way.on_site,
                required=False,
                widget=forms.CheckboxInput(attrs={"aria-label": _("On the site: %(what)s") % {"what": label}}),
            )
            self.fields[f"{kind}_push"] = forms.BooleanField(
                initial=way.push,
                required=False,
                widget=forms.CheckboxInput(attrs={"aria-label": _("On your devices: %(what)s") % {"what": label}}),
            )
            self.fields[f"{kind}_mailing"] = forms.ChoiceField(
                initial=way.mailing,
                choices=Mailing.choices,
                error_messages={"invalid_choice": _("Choose one of the four times."), "required": _("Choose a time.")},
                widget=forms.Select(attrs={"class": "input", "aria-label": _("By mail: %(what)s") % {"what": label}}),
            )

    def rows(self) -> list[dict[str, Any]]:
        """For the table: the kind in words, and its fields."""
        fields = ("on_site", "mailing", "push")
        return [{"label": kind.label, **{field: self[f"{kind.value}_{field}"] for field in fields}} for kind in Notice]

    def ways(self) -> dict[str, Way]:
        said = self.cleaned_data
        return {kind: Way(*(said[f"{kind}_{field}"] for field in Way._fields)) for kind in Notice.values}
