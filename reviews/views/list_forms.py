"""Forms of lists: they check and convert what was typed, and never write."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import CommentPolicy
from reviews.actions.filling import check_note
from reviews.actions.listing import LONGEST_TITLE, Details
from reviews.diary_forms import TagsField
from reviews.models import FilmList
from reviews.models.film_list import MOST_FOUND


class ListForm(forms.Form):
    title = forms.CharField(
        label=_("Name of the list"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give the list a name.")},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    description = forms.CharField(
        label=_("What holds it together"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "input"}),
        help_text=_("Markdown works: *italic*, **bold**, > quotation. Cover an ending: >!like this!<"),
    )
    is_ranked = forms.BooleanField(label=_("Ranked: the first is the best"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who can see this"),
        choices=FilmList.Visibility.choices,
        initial=FilmList.Visibility.PUBLIC,
        widget=forms.Select(attrs={"class": "input"}),
    )
    comment_policy = forms.ChoiceField(
        label=_("Who may comment"),
        choices=[("", _("As in my settings")), *CommentPolicy.choices],
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    tags = TagsField()
    most_found = forms.IntegerField(
        label=_("Films shown at most"),
        initial=MOST_FOUND,
        min_value=1,
        max_value=MOST_FOUND,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, fills_itself: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not fills_itself:
            del self.fields["most_found"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.details().check()
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return data

    def details(self) -> Details:
        data = self.cleaned_data
        return Details(
            title=data["title"],
            description=data["description"].replace("\r\n", "\n"),
            is_ranked=data["is_ranked"],
            visibility=data["visibility"],
            tags=data["tags"],
            comment_policy=data["comment_policy"],
            most_found=data.get("most_found", MOST_FOUND),
        )

    @classmethod
    def of(cls, film_list: FilmList) -> "ListForm":
        """The form as it stands for a list."""
        names = ("title", "description", "is_ranked", "visibility", "comment_policy", "most_found", "version")
        initial = {name: getattr(film_list, name) for name in names} | {"tags": ", ".join(film_list.tags)}
        return cls(initial=initial, fills_itself=film_list.fills_itself)


class EntryForm(forms.Form):
    """One change of a film on a list: where it stands, or what is said of it."""

    position = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    note = forms.CharField(required=False, strip=False)
    spoilers = forms.BooleanField(required=False)
    seen = forms.DateTimeField(required=False)  # when the note was written that the form was opened with

    def clean_note(self) -> str:
        note = self.cleaned_data["note"].replace("\r\n", "\n")
        try:
            check_note(note)
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from None
        return str(note)


class InviteForm(forms.Form):
    username = forms.CharField(
        label=_("Username"),
        max_length=30,
        error_messages={"required": _("Give the username of whom you ask.")},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "autocapitalize": "none"}),
    )
