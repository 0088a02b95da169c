"""Collections, and the front page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, staff
from accounts.admin.picking import PickField
from films import actions
from films.admin.film_rows import FactInline, OrderedForm, OrderedFormSet
from films.admin.shelves import FILMS
from films.models import Collection, CollectionEntry


class EntryForm(OrderedForm):
    film = PickField(FILMS, label=_("film"))

    class Meta:
        model = CollectionEntry
        fields = ("position", "film", "note")


class EntryInline(FactInline):
    model = CollectionEntry
    form = EntryForm
    formset = OrderedFormSet
    related = ("film",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj else 6


class CollectionForm(forms.ModelForm):
    class Meta:
        model = Collection
        fields = ("title", "text", "on_front_page", "position", "shown_from", "shown_until")
        help_texts = {"position": _("1 stands first.")}


class PlaceForm(forms.ModelForm):
    """One row of the list, where only its place on the front page can be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{self.instance}: {field.label}"


@admin.register(Collection)
class CollectionDesk(Desk):
    form = CollectionForm
    inlines = (EntryInline,)
    list_display = ("title", "on_front_page", "position", "shown_from", "shown_until", "number", "curator")
    list_editable = ("on_front_page", "position")
    list_filter = ("on_front_page", ("shown_until", admin.DateFieldListFilter))
    list_select_related = ("curator",)
    search_fields = ("title",)
    ordering = ("-on_front_page", "position", "title")
    fieldsets = (
        (None, {"fields": ("title", "text")}),
        (_("Front page"), {"fields": (("on_front_page", "position"), ("shown_from", "shown_until"))}),
    )

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[forms.ModelForm]:
        return super().get_changelist_form(request, **{"form": PlaceForm, **kwargs})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        return super().get_queryset(request).annotate(number=Count("entries"))

    @admin.display(description=_("films"), ordering="number")
    def number(self, row: Any) -> int:
        return int(row.number)

    def save_model(self, request: HttpRequest, obj: Collection, form: Any, change: bool) -> None:
        editor = staff(request)
        facts = {name: form.cleaned_data[name] for name in form.changed_data}
        obj.pk = actions.save_collection(editor=editor, collection=obj if change else None, **facts).pk
        obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        for formset in formsets:
            if formset.has_changed():
                rows = formset.in_order(formset.save(commit=False))
                editor = staff(request)
                actions.arrange_collection(
                    editor=editor, collection=form.instance, kept=rows, dropped=formset.deleted_objects
                )
