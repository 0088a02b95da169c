"""Choosing rows by what they are called: a plain text field, with suggestions where there are scripts."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from accounts.admin.desk import Desk
from accounts.legible import line_of

MOST_SUGGESTIONS = 10


class Suggestion(NamedTuple):
    value: str
    note: str = ""


class Shelf[Row: Model]:
    """How rows of one model are called, found and read back."""

    model: type[Row]

    def label(self, row: Row) -> str:
        """What a form shows for the row. No query."""
        return str(row)

    def suggestions(self, words: str) -> Iterable[Suggestion]:
        """What a member of staff who types `words` may mean; every value reads back as one row."""
        raise NotImplementedError

    def read(self, text: str) -> list[Row]:
        """The rows that are called exactly this."""
        raise NotImplementedError

    def may_be_new(self, text: str) -> bool:
        """Whether somebody or something new can be called this."""
        return True

    def choices(self, rows: list[Row]) -> str:
        """How to tell namesakes apart, for a sentence."""
        return "; ".join(self.label(row) for row in rows)

    def one(self, text: str) -> Row:
        """The one row that is called this; raises ValidationError for none and for several."""
        rows = self.read(text)
        if len(rows) == 1:
            return rows[0]
        names = {"name": text, "kind": self.model._meta.verbose_name}
        if not rows:
            raise ValidationError(
                _("There is no %(kind)s called “%(name)s”. Check how it is spelt, or add it first.") % names,
                code="none",
            )
        raise ValidationError(
            _("More than one %(kind)s is called “%(name)s”. Write one of these: %(choices)s")
            % (names | {"choices": self.choices(rows)}),
            code="several",
        )


class PickInput(forms.TextInput):
    """A text field that the script `admin/suggest.js` completes."""

    def __init__(self, model: type[Model], *, many: bool = False) -> None:
        super().__init__(attrs={"class": "vTextField", "autocomplete": "off", "spellcheck": "false"})
        self.model, self.many = model, many

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        opts = self.model._meta
        context["widget"]["attrs"]["data-suggest"] = reverse(f"admin:{opts.app_label}_{opts.model_name}_suggest")
        if self.many:
            context["widget"]["attrs"]["data-many"] = ";"
        return context


class _Named(forms.CharField):
    """Shows rows by what they are called, so it has changed when the words have, not when a row's id differs."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()


class PickField(_Named):
    """One row, by what it is called. `current` is the row that the form opened with: its name need not be unique.

    With `new`, a name that nobody has becomes an unsaved row made by it; the action saves that.
    """

    current: Model | None = None

    def __init__(self, shelf: Shelf[Any], *, new: Any = None, **kwargs: Any) -> None:
        super().__init__(max_length=300, widget=PickInput(shelf.model), **kwargs)
        self.shelf, self.new = shelf, new

    def prepare_value(self, value: Any) -> Any:
        return self.shelf.label(value) if isinstance(value, self.shelf.model) else value

    def clean(self, value: Any) -> Any:
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        if self.current is not None and text == self.shelf.label(self.current):
            return self.current
        if self.new is not None and self.shelf.may_be_new(text) and not self.shelf.read(text):
            made = self.new(line_of(text))
            self._check_name(made)
            return made
        return self.shelf.one(text)

    def _check_name(self, row: Model) -> None:
        """Whoever or whatever is new may be called so. Raises ValidationError."""
        others = {field.name for field in row._meta.fields if field.name != "name"}
        try:
            row.clean_fields(exclude=others)
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from refusal


class PickManyField(_Named):
    """Several rows by what they are called, with semicolons between, because titles have commas."""

    current: tuple[Model, ...] = ()

    def __init__(self, shelf: Shelf[Any], **kwargs: Any) -> None:
        super().__init__(max_length=5000, widget=PickInput(shelf.model, many=True), **kwargs)
        self.shelf = shelf

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "; ".join(map(self.shelf.label, value))

    def clean(self, value: Any) -> Any:
        texts = [" ".join(text.split()) for text in super().clean(value).split(";")]
        known = {self.shelf.label(row): row for row in self.current}
        rows = [known.get(text) or self.shelf.one(text) for text in texts if text]
        return list({row.pk: row for row in rows}.values())


class PickForm(forms.ModelForm):
    """A form whose picked rows are shown by their names. Fetch them with the instance: this asks no more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, PickField) and getattr(self.instance, f"{name}_id", None) is not None:
                field.current = self.initial[name] = getattr(self.instance, name)
            elif isinstance(field, PickManyField) and self.instance.pk is not None:
                field.current = self.initial[name] = tuple(getattr(self.instance, name).all())

    def _get_validation_exclusions(self) -> set[str]:
        """A picked row that is yet to be saved cannot be checked against the table."""
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        picked = {name: self.cleaned_data.get(name) for name, f in self.fields.items() if isinstance(f, PickField)}
        unsaved = {name for name, row in picked.items() if row is not None and row.pk is None}
        return exclude | unsaved


class SuggestingDesk(Desk):
    """A desk that says what somebody who types in a `PickField` may mean."""

    shelf: Shelf[Any]

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_suggest"
        return [path("suggest/", self.admin_site.admin_view(self.suggest), name=name), *super().get_urls()]

    def suggest(self, request: HttpRequest) -> JsonResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "").replace("\0", "").strip()[:200]
        found = list(self.shelf.suggestions(words))[:MOST_SUGGESTIONS] if words else []
        return JsonResponse({"results": [suggestion._asdict() for suggestion in found]})
