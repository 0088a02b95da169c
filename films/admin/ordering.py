"""Rows with a place in an order: films of a collection, songs, cast and crew."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.models import BaseInlineFormSet, BaseModelFormSet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.admin.picking import PickForm


class StandingRows(BaseModelFormSet):
    """A row that somebody deleted since the form was opened is gone from the form too, and the others can be saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (self.is_bound and self.management_form.is_valid()):
            return
        there = {str(row.pk) for row in self.get_queryset()}
        sent = range(min(self.initial_form_count(), self.total_form_count()))
        if gone := [number for number in sent if self.data.get(f"{self.add_prefix(number)}-id") not in there]:
            self.data = without_rows(self.data, str(self.prefix), gone)
            del self.management_form  # it counts the rows


def without_rows(data: Any, prefix: str, gone: list[int]) -> QueryDict:
    """What a browser sent, with the other rows moved up."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        row = re.fullmatch(rf"{re.escape(prefix)}-(\d+)-(.+)", name)
        if row is None:
            kept.setlist(name, values)
        elif (number := int(row[1])) not in gone:
            kept.setlist(f"{prefix}-{number - sum(one < number for one in gone)}-{row[2]}", values)
    for count in ("TOTAL_FORMS", "INITIAL_FORMS"):
        kept[f"{prefix}-{count}"] = str(int(data[f"{prefix}-{count}"]) - len(gone))
    return kept


class StandingFormSet(StandingRows, BaseInlineFormSet):
    """The same for rows that hang on another."""


class OrderedFormSet(StandingFormSet):
    """Rows with a place in an order, which may be left empty, given twice, or swapped."""

    def in_order(self, rows: Iterable[Model]) -> list[Any]:
        """The rows to store, with those that get another place because of them."""
        changed = {id(row) for row in rows}
        gone = {id(form) for form in self.deleted_forms}
        forms_here = [f for f in self.forms if id(f) not in gone and (f.instance.pk or id(f.instance) in changed)]
        forms_here.sort(key=lambda form: _place(form.cleaned_data.get("position")))
        stored, places = [], Counter[str]()
        for form in forms_here:
            row = form.instance
            places[kind := getattr(row, "job", "")] += 1  # crew has an order within each job
            if id(row) in changed or form.initial.get("position") != places[kind]:
                row.position = places[kind]
                stored.append(row)
        return stored


def _place(typed: int | None) -> int:
    return 1_000_000 if typed is None else typed


class OrderedForm(PickForm):
    """The place is settled when all rows are known."""

    position = forms.IntegerField(
        label=_("order"),
        required=False,
        min_value=0,
        max_value=32_000,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )

    def clean_position(self) -> int:
        place: int | None = self.cleaned_data["position"]
        return 1_000_000 if place is None else place

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"position"}
