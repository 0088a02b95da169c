"""The form of an essay: it checks and converts what was typed, and never writes."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from films.finding import best_films, best_people
from films.models import Film, Person
from reviews.actions.composing import Composition
from reviews.forms import CommentPolicyField
from reviews.models import Essay
from reviews.models.essay import LONGEST_TITLE
from reviews.models.visibility import Visibility

MOST_FOUND: Final = 8  # of each kind
MOST_SENT: Final = 100  # slugs of one kind, more than can be kept


class ChosenField(forms.Field):
    """Films or people by their slugs, in the order in which they were sent; what is not there any more is left out."""

    widget = forms.MultipleHiddenInput

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        super().__init__(required=False)
        self.rows = rows

    def clean(self, value: Any) -> tuple[Any, ...]:
        slugs = [slug for slug in dict.fromkeys(value or ()) if "\0" not in slug][:MOST_SENT]
        found = {row.slug: row for row in self.rows().filter(slug__in=slugs)} if slugs else {}
        return tuple(found[slug] for slug in slugs if slug in found)


class EssayForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give the essay a title.")},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    # No maxlength on the textarea: a browser would cut a long text off without a word.
    body = forms.CharField(
        label=_("Your essay"),
        strip=False,
        error_messages={"required": _("Write something first: one sentence is enough.")},
        widget=forms.Textarea(attrs={"rows": 24, "class": "input"}),
        help_text=_(
            "Markdown works: *italic*, **bold**, > quotation, # heading. Cover an ending: >!like this!<, and say "
            "of which film: >!like this!<{its-name-1999}"
        ),
    )
    films = ChosenField(lambda: Film.objects.with_card())
    people = ChosenField(lambda: Person.objects.only("slug", "name"))
    look_for = forms.CharField(
        label=_("Look for a film or a person"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "type": "search"}),
    )
    spoilers = forms.BooleanField(
        label=_("Contains spoilers"),
        required=False,
        help_text=_("All of it is covered then for whoever has not seen every film in it."),
    )
    visibility = forms.ChoiceField(
        label=_("Who can see this"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        widget=forms.Select(attrs={"class": "input"}),
    )
    comment_policy = CommentPolicyField()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.composition().check()
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return data

    def composition(self) -> Composition:
        data = self.cleaned_data
        names = ("title", "films", "people", "spoilers", "visibility", "comment_policy")
        return Composition(body=data["body"].replace("\r\n", "\n"), **{name: data[name] for name in names})

    @classmethod
    def of(cls, essay: Essay) -> "EssayForm":
        """The form as it stands for an essay."""
        names = ("title", "body", "spoilers", "visibility", "comment_policy", "version")
        chosen = {name: [row.slug for row in getattr(essay, name).only("slug")] for name in ("films", "people")}
        form = cls(initial={name: getattr(essay, name) for name in names} | chosen)
        form.lock_cover(essay)
        return form

    def lock_cover(self, essay: Essay) -> None:
        """Where a moderator covered the essay, the writer cannot take the cover off."""
        if essay.spoilers_locked_at is not None:
            cover = self.fields["spoilers"]
            cover.disabled, cover.initial = True, True
            cover.help_text = _("A moderator covered this essay. You may change the words, and appeal.")

    def picker(self) -> dict[str, Any]:
        """What is chosen, and what was looked for besides, for the template: rows of films and of people."""
        chosen = {name: self.fields[name].clean(self[name].value()) for name in ("films", "people")}
        asked = str(self["look_for"].value() or "").strip()[:200]
        found = {"films": best_films, "people": best_people}
        return {
            "asked": asked,
            **{f"chosen_{name}": rows for name, rows in chosen.items()},
            **{
                f"found_{name}": [row for row in look(asked, MOST_FOUND) if row not in chosen[name]] if asked else []
                for name, look in found.items()
            },
        }
