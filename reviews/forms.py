"""Forms of the community: they check and convert what was typed, and never write."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import CommentPolicy
from reviews.actions.writing import Writing
from reviews.diary_forms import EveningForm, StarsField, evening_of
from reviews.lengths import too_long
from reviews.models import PrivateNote, Report, Review
from reviews.models.case import LONGEST_LINE
from reviews.models.comment import LONGEST_COMMENT
from reviews.models.private_note import LONGEST_NOTE
from reviews.models.tip import LONGEST_WORDS
from reviews.models.visibility import Visibility
from reviews.stars import to_stars


class MarkForm(forms.Form):
    """One change of a mark: the one that was sent."""

    stars = StarsField(label=_("Your rating"), required=False)
    clear = forms.BooleanField(required=False)
    watched = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda v: v == "1", required=False)
    liked = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda v: v == "1", required=False)
    watchlist = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda v: v == "1", required=False)
    visibility = forms.ChoiceField(label=_("Who can see this"), choices=Visibility.choices, required=False)

    def changes(self) -> dict[str, Any]:
        """What to hand to `mark_film`."""
        sent = {name: self.cleaned_data[name] for name in ("watched", "liked") if self.data.get(name)}
        if self.data.get("watchlist"):
            sent["in_watchlist"] = self.cleaned_data["watchlist"]
        if self.data.get("visibility"):
            sent["visibility"] = self.cleaned_data["visibility"]
        if self.cleaned_data["clear"]:
            sent["half_stars"] = None
        elif self.data.get("stars"):
            sent["half_stars"] = self.cleaned_data["stars"]
        return sent


class CommentPolicyField(forms.ChoiceField):
    """Who may comment under one thing; empty for what its member has chosen for all they write."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Who may comment"),
            required=False,
            choices=[("", _("As in my settings")), *CommentPolicy.choices],
            widget=forms.Select(attrs={"class": "input"}),
        )


class ReviewForm(EveningForm):
    field_order = ("body", "stars", "watched_on", "rewatch", "spoilers", "tags", "visibility")

    # No maxlength on the textarea: a browser would cut a long review off without a word.
    body = forms.CharField(
        label=_("Your review"),
        strip=False,
        error_messages={"required": _("Write something first: one sentence is enough.")},
        widget=forms.Textarea(attrs={"rows": 12, "class": "input"}),
        help_text=_(
            "Markdown works: *italic*, **bold**, > quotation, # heading. Cover an ending: >!like this!<, and that of "
            "another film: >!like this!<{its-name-1999}"
        ),
    )
    spoilers = forms.BooleanField(label=_("Contains spoilers"), required=False)
    comment_policy = CommentPolicyField()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.writing().check()
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return data

    def writing(self) -> Writing:
        data = self.cleaned_data
        return Writing(
            body=data["body"].replace("\r\n", "\n"),
            half_stars=data["stars"],
            watched_on=data["watched_on"],
            rewatch=data["rewatch"],
            spoilers=data["spoilers"],
            tags=data["tags"],
            visibility=data["visibility"],
            cut=data["cut"],
            format=data["format"],
            place=data["place"],
            context_shown=data["context_shown"],
            comment_policy=data["comment_policy"],
        )

    @classmethod
    def of(cls, review: Review) -> "ReviewForm":
        """The form as it stands for a review."""
        form = cls(
            initial=(review.evening or {} if review.is_draft else evening_of(review.viewing))
            | {
                "body": review.body,
                "stars": to_stars(review.half_stars),
                "spoilers": review.spoilers,
                "tags": ", ".join(review.tags),
                "visibility": review.visibility,
                "comment_policy": review.comment_policy,
                "version": review.version,
            }
        )
        form.lock_cover(review)
        return form

    def lock_cover(self, review: Review) -> None:
        """Where a moderator covered the review, the writer cannot take the cover off."""
        if review.spoilers_locked_at is not None:
            cover = self.fields["spoilers"]
            cover.disabled, cover.initial = True, True
            cover.help_text = _("A moderator covered this review. You may change the words, and appeal.")


class CommentForm(forms.Form):
    body = forms.CharField(
        label=_("Add a comment"),
        strip=False,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
        help_text=_("Argue with the film. Be kind to the person. Cover the endings: >!like this!<"),
    )
    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        if not body.strip():
            raise ValidationError(_("Write something first."))
        if told := too_long(body, LONGEST_COMMENT):
            raise ValidationError(told)
        return str(body)


class PrivateNoteForm(forms.Form):
    body = forms.CharField(
        label=_("Your note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "input"}),
        help_text=_("Where the disc is, who told you of it, what to look for the second time. Only you can see it."),
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        if told := too_long(body, LONGEST_NOTE):
            raise ValidationError(told)
        return str(body)

    @classmethod
    def of(cls, note: PrivateNote | None) -> "PrivateNoteForm":
        return cls(initial={"body": note.body if note else "", "version": note.version if note else 0})


class TipForm(forms.Form):
    """`to`: the username of somebody on the page, or of anybody else who takes it."""

    to = forms.CharField(
        label=_("To whom"),
        max_length=150,
        error_messages={"required": _("Choose to whom."), "max_length": _("Choose to whom.")},
    )
    # No maxlength in the browser, which would cut a longer line off without a word.
    words = forms.CharField(
        label=_("A line to them"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
        help_text=_("Why they should see it, in up to 280 characters. Only they read it. Keep the ending to yourself."),
    )

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if told := too_long(words.strip(), LONGEST_WORDS):
            raise ValidationError(told)
        return words


class ReportForm(forms.Form):
    """With the reasons that there are for what is reported: `kind` is a foreign key of Report."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    message = forms.CharField(
        label=_("Anything the moderators should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [Report.Reason(reason) for reason in Report.REASONS[kind]]
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in reasons]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    body = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_LINE,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(attrs={"rows": 5, "class": "input"}),
    )


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("Why should it be looked at again?"),
        max_length=LONGEST_LINE,
        error_messages={"required": _("Say why it should be looked at again.")},
        widget=forms.Textarea(attrs={"rows": 6, "class": "input"}),
    )


class SavedSearchForm(forms.Form):
    """What the page of the catalogue sends: what it shows, and what the member calls that."""

    name = forms.CharField(
        label=_("Name"),
        error_messages={"required": _("Give the search a name.")},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    query = forms.CharField(required=False, widget=forms.HiddenInput)


class GoalForm(forms.Form):
    films = forms.IntegerField(
        label=_("Films"),
        error_messages={"required": _("Say how many films."), "invalid": _("Give a whole number.")},
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric", "autocomplete": "off"}),
    )
    visibility = forms.ChoiceField(
        label=_("Who can see this"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        widget=forms.Select(attrs={"class": "input"}),
    )
