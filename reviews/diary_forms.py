"""Forms of the diary, and what those of reviews have in common with them. They check and convert, and never write."""

from datetime import date
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reviews.days import check_watched_on, today_where
from reviews.models import Viewing
from reviews.models.viewing import Cut, Format
from reviews.models.visibility import Visibility
from reviews.stars import to_half_stars, to_stars
from reviews.tags import clean_tags

SELECT = forms.Select(attrs={"class": "input"})


class TagsField(forms.CharField):
    """Words with commas between them, cleaned to tags as they are kept; none for nothing."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Tags"),
            required=False,
            max_length=500,
            widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
            help_text=_("With commas between them: chase, soundtrack."),
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        return clean_tags(super().clean(value).split(","))


class StarsField(forms.CharField):
    """0.5 to 5 in halves, cleaned to half-stars 1 to 10; nothing for no rating."""

    def clean(self, value: Any) -> int | None:
        return to_half_stars(super().clean(value))


class DayForm(forms.Form):
    """The day on which a film was seen, as it is where the reader is (static/js/today.js)."""

    watched_on = forms.DateField(
        label=_("Watched on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        help_text=_("With a day, it goes into your diary."),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2024-01-28.")},
    )
    today = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-today": True}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["watched_on"].widget.attrs["max"] = timezone.localdate().isoformat()

    @classmethod
    def for_today(cls, **initial: Any) -> Self:
        """Not filled in yet. With JavaScript, today is the reader's (static/js/today.js)."""
        form = cls(initial={"watched_on": timezone.localdate(), **initial})
        form.fields["watched_on"].widget.attrs["data-begins"] = True
        return form

    def clean_watched_on(self) -> date | None:
        day: date | None = self.cleaned_data["watched_on"]
        if day is not None:
            try:
                check_watched_on(day, today_where(self.data.get("today", "")))
            except ValidationError as refusal:
                raise ValidationError(refusal.messages) from None
        return day


class EveningForm(DayForm):
    """When, where and how a film was seen, tags, and who may know: what a review and a line of the diary share."""

    stars = StarsField(label=_("Your rating"), required=False)
    rewatch = forms.BooleanField(label=_("Rewatch"), required=False)
    cut = forms.ChoiceField(
        label=_("Cut"),
        required=False,
        choices=[("", _("Not said")), *Cut.choices],
        widget=SELECT,
        error_messages={"invalid_choice": _("Choose a cut.")},
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("Not said")), *Format.choices],
        widget=SELECT,
        error_messages={"invalid_choice": _("Choose a format.")},
    )
    place = forms.CharField(
        label=pgettext_lazy("where one sat", "Place"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    tags = TagsField()
    context_shown = forms.BooleanField(
        label=_("Show where and how"),
        required=False,
        help_text=_("Otherwise the cut, the format and the place are for your eyes only."),
    )
    visibility = forms.ChoiceField(
        label=_("Who can see this"), choices=Visibility.choices, initial=Visibility.PUBLIC, widget=SELECT
    )

    @property
    def half_stars(self) -> int | None:
        """The rating to show as chosen: what was typed, else what is stored."""
        try:
            return to_half_stars(self["stars"].value())
        except ValidationError:
            return None

    @property
    def tells_where(self) -> bool:
        """Whether anything of where and how is filled in, so that its part of the form is open."""
        return any(self[name].value() or self[name].errors for name in ("cut", "format", "place"))


def evening_of(viewing: Viewing | None) -> dict[str, Any]:
    """The fields of an EveningForm as they stand for a viewing, but for its stars and who sees it."""
    if viewing is None:
        return {}
    names = ("watched_on", "rewatch", "cut", "format", "place", "context_shown")
    return {name: getattr(viewing, name) for name in names}


class ViewingForm(EveningForm):
    """A line of the diary without a review."""

    field_order = ("watched_on", "rewatch", "stars")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["watched_on"].required = True
        self.fields["watched_on"].help_text = ""
        self.fields["watched_on"].error_messages["required"] = _("Give the day on which you saw the film.")

    def line(self) -> dict[str, Any]:
        """What to hand to `log_viewing` and `change_viewing`."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "today"}
        return said | {"half_stars": said.pop("stars")}

    @classmethod
    def of(cls, viewing: Viewing) -> "ViewingForm":
        more = {"stars": to_stars(viewing.half_stars), "visibility": viewing.visibility}
        return cls(initial=evening_of(viewing) | more | {"tags": ", ".join(viewing.tags)})
