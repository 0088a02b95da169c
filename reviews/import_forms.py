"""The form by which a file is uploaded. It checks that there is one; what is in it, the action reads."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reviews.models import Visibility
from reviews.models.importing import MEGABYTE, MOST_BYTES


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"class": "input", "accept": ".zip,.csv,.json"}),
        help_text=_(
            "A ZIP archive, or a CSV or JSON file, as the other site gave it to you. Which site it is from we see by "
            "ourselves."
        ),
        error_messages={"required": _("Choose a file first.")},
    )
    visibility = forms.ChoiceField(
        label=_("Who can see what comes in"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        widget=forms.Select(attrs={"class": "input"}),
        help_text=_("Films of which you have said something already stay as visible as they are. Lists come in for "
                    "your eyes only, but those of a copy from here for whom they were."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                _("This file is larger than %(most)d MB. Upload its parts one by one.")
                % {"most": MOST_BYTES // MEGABYTE}
            )
        return file
