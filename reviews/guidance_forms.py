"""Forms for what films contain: what a member says of one, and of what they want to be told. They never write."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from films.models import ContentNote
from reviews.guidance import Own, SaidOfNote
from reviews.models import Category, Level

NOTE = "note-"
UNKNOWN = {"invalid_choice": _("Choose one of these answers.")}


class GuidanceForm(forms.Form):
    """A question for each category and each content note; whoever leaves one open says nothing about it."""

    def __init__(self, notes: Iterable[ContentNote | SaidOfNote], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ended = ("", _("I do not say"))
        levels = [open_ended, *((str(level.value), level.label) for level in Level)]
        for category in Category:
            self.fields[category.value] = _question(category.label, levels)
        for note in notes:
            self.fields[f"{NOTE}{note.slug}"] = _question(note.name, [open_ended, ("1", _("Yes")), ("0", _("No"))])

    @classmethod
    def of(cls, notes: Iterable[SaidOfNote], own: Own) -> "GuidanceForm":
        """Filled with what the member says now."""
        levels = {category: str(level) for category, level in own.levels.items()}
        said = {f"{NOTE}{slug}": "1" if is_there else "0" for slug, is_there in own.notes.items()}
        return cls(notes, initial=levels | said)

    @property
    def about_categories(self) -> list[BoundField]:
        return [self[name] for name in self.fields if not name.startswith(NOTE)]

    @property
    def about_notes(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(NOTE)]

    def said(self) -> dict[str, Any]:
        """What to hand to `say_what_it_contains`."""
        answers = {name: answer for name, answer in self.cleaned_data.items() if answer}
        return {
            "levels": {name: int(answer) for name, answer in answers.items() if not name.startswith(NOTE)},
            "notes": {name.removeprefix(NOTE): a == "1" for name, a in answers.items() if name.startswith(NOTE)},
        }


class CautionsForm(forms.Form):
    notes = forms.ModelMultipleChoiceField(
        ContentNote.objects.all(),
        label=_("Tell me of these"),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no content note called “%(value)s”.")},
    )


def _question(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.RadioSelect, error_messages=UNKNOWN
    )
