"""Forms of an evening: they check and convert what was typed, and never write."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.models import Availability, Country, Service
from reviews.diary_forms import DayForm
from reviews.models.tonight import LONGEST_GUEST, LONGEST_NAME
from reviews.models.visibility import Visibility


def services_with_films() -> QuerySet[Service]:
    return Service.objects.filter(Exists(Availability.objects.filter(service=OuterRef("pk"))))


def countries_with_films() -> QuerySet[Country]:
    return Country.objects.filter(Exists(Availability.objects.filter(country=OuterRef("pk"))))


class ServicesField(forms.ModelMultipleChoiceField):
    """Where somebody can watch."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            queryset=Service.objects.none(),
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple(),
            error_messages={"invalid_choice": _("Choose from these services."), "invalid_list": _("Choose services.")},
        )


class ShelfField(forms.BooleanField):
    """Whether what somebody owns counts, too."""

    def __init__(self) -> None:
        widget = forms.CheckboxInput(attrs={"aria-describedby": "shelf-hint"})
        super().__init__(label=_("Your shelf"), required=False, widget=widget)


class StartForm(forms.Form):
    name = forms.CharField(
        label=_("What to call it"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
        help_text=_("Such as “Friday at Ana’s”. Whoever has the link reads it."),
    )
    most_minutes = forms.IntegerField(
        label=_("No longer than, in minutes"),
        required=False,
        min_value=1,
        max_value=6000,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric", "list": "lengths"}),
        error_messages={"invalid": _("Give a number of minutes, such as 120.")},
    )
    country = forms.ModelChoiceField(
        queryset=Country.objects.none(),
        label=_("Where you are"),
        required=False,
        empty_label=_("Anywhere"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("Choose a country.")},
    )
    services = ServicesField(_("Services that you have"))
    shelf = ShelfField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = countries_with_films()  # type: ignore[attr-defined]
        self.fields["services"].queryset = services_with_films()  # type: ignore[attr-defined]


class GuestForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=2 * LONGEST_GUEST,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "given-name"}),
        help_text=_("What the others call you. It is deleted within two days."),
        error_messages={"required": _("Say what the others call you.")},
    )


class ServicesForm(forms.Form):
    services = ServicesField(_("Services that you have"))
    shelf = ShelfField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].queryset = services_with_films()  # type: ignore[attr-defined]


class WatchedForm(DayForm):
    """`moment`: when the film was drawn."""

    field_order = ("watched_on", "visibility", "is_named")

    def __init__(self, *args: Any, moment: datetime, **kwargs: Any) -> None:
        super().__init__(*args, initial={"watched_on": timezone.localdate(moment)}, **kwargs)
        field = self.fields["watched_on"]
        field.help_text = _("The day on which it was drawn, unless you say another.")
        if not self.is_bound:
            field.widget.attrs["data-moment"] = moment.isoformat()

    visibility = forms.ChoiceField(
        label=_("Who can see the line in your diary"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("Choose who can see this."), "required": _("Choose who can see this.")},
    )
    is_named = forms.BooleanField(label=_("Those who log it too may see that I was there"), required=False)

    def line(self) -> dict[str, Any]:
        """What to hand to `log_evening`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "today"}
