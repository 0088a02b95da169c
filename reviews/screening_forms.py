"""The form of a screening's page: it checks and converts what was typed, and never writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import Coming
from reviews.models.coming import MOST_GUESTS


class ComingForm(forms.Form):
    guests = forms.TypedChoiceField(
        label=_("Guests you bring"),
        choices=[(number, str(number)) for number in range(MOST_GUESTS + 1)],
        coerce=int,
        initial=0,
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("Bring at most five guests.")},
    )
    is_named = forms.BooleanField(
        label=_("Others may see that I come"),
        required=False,
        help_text=_("Otherwise only those at the door know."),
    )

    @classmethod
    def of(cls, coming: Coming | None) -> "ComingForm":
        """As the member said it, or as it begins."""
        return cls(initial={"guests": coming.guests, "is_named": coming.is_named} if coming else None)
