"""Rows with a place in an order: films of a collection, songs, cast and crew."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from accounts.admin.picking import PickForm


class OrderedFormSet(BaseInlineFormSet):
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
