"""The form in which a member says where they are, and what of the calendar they want to hear."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from films.models import Country
from reviews.models.calendar import NAMES_OF_WAYS


class CalendarForm(forms.Form):
    country = forms.ModelChoiceField(
        label=_("Your country"),
        help_text=_("Your calendar begins with what comes out there."),
        queryset=Country.objects.none(),
        required=False,
        empty_label=_("No country"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("Choose a country.")},
    )
    ways = forms.MultipleChoiceField(
        label=_("Tell me on the day when a film of my watchlist comes out there"),
        choices=NAMES_OF_WAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among the ways that the page lists.")},
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["country"].queryset = Country.objects.all()  # type: ignore[attr-defined]
