"""Names and titles as they are typed at a desk: one line, of which something can be seen."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest

from accounts.legible import line_of


class LineField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        return line_of(super().to_python(value) or "")


class Lines:
    """For desks and their rows: what is one line, and not chosen, is such a line."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        is_long = isinstance(kwargs.get("widget"), forms.Textarea)
        if type(db_field) is models.CharField and not db_field.choices and not is_long:
            kwargs.setdefault("form_class", LineField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # of Django's desks
