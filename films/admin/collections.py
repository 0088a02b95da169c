"""Collections, and the front page."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, staff
from accounts.admin.picking import PickField
from accounts.admin.picturing import FIELDS, FOCUS, PicturedForm, picture_now, take_picture
from accounts.admin.two_windows import WatchfulForm
from films import actions
from films.actions.arranging import CollectionFacts, check_size
from films.actions.picturing import set_collection_picture
from films.admin.film_rows import FactInline
from films.admin.ordering import OrderedForm, OrderedFormSet, StandingRows
from films.admin.shelves import FILMS
from films.models import Collection, CollectionEntry


class EntryForm(OrderedForm):
    film = PickField(FILMS, label=_("film"))

    class Meta:
        model = CollectionEntry
        fields = ("position", "film", "note")


class EntryFormSet(OrderedFormSet):
    def clean(self) -> None:
        super().clean()
        gone = {id(form) for form in self.deleted_forms}
        check_size(sum(1 for form in self.forms if form.cleaned_data.get("film") and id(form) not in gone))


class EntryInline(FactInline):
    model = CollectionEntry
    form = EntryForm
    formset = EntryFormSet
    related = ("film",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj else 6


class CollectionForm(WatchfulForm, PicturedForm):
    class Meta:
        model = Collection
        fields = ("title", "text", "picture_alt", "on_front_page", "position", "shown_from", "shown_until")
        help_texts = {
            "position": _("1 stands first."),
            "picture_alt": _("For people who cannot see it: “A row of parked cars at night”."),
            "shown_from": _("Empty: from now on. Before this day only curators see it."),
            "shown_until": _("The last day. Empty: for good."),
        }


class PlaceForm(forms.ModelForm):
    """One row of the list, where only its place on the front page can be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{self.instance}: {field.label}"


class RunFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("running", _("Running")), ("coming", _("Coming")), ("over", _("Over"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Collection]:
        states = {"running": queryset.shown, "coming": queryset.coming, "over": queryset.over}
        chosen = states.get(self.value() or "")
        return chosen() if chosen else queryset


@admin.register(Collection)
class CollectionDesk(Desk):
    form = CollectionForm
    inlines = (EntryInline,)
    list_display = ("title", "on_front_page", "position", "state", "shown_from", "shown_until", "number", "curator")
    list_editable = ("on_front_page", "position")
    list_filter = (RunFilter, "on_front_page")
    list_select_related = ("curator",)
    search_fields = ("title",)
    ordering = ("-on_front_page", "position", "title")
    fieldsets = (
        (None, {"fields": ("title", "text", "seen")}),
        (_("Picture"), {"fields": (*FIELDS, "picture_alt", FOCUS)}),
        (_("Front page"), {"fields": (("on_front_page", "position"), ("shown_from", "shown_until"))}),
    )

    readonly_fields = ("picture_now",)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[forms.ModelForm]:
        return super().get_changelist_form(request, **{"form": PlaceForm, **kwargs})

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_formset(request, **{"formset": StandingRows, **kwargs})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        return super().get_queryset(request).annotate(number=Count("entries"))

    @admin.display(description=_("films"), ordering="number")
    def number(self, row: Any) -> int:
        return int(row.number)

    @admin.display(description=_("state"))
    def state(self, row: Collection) -> str:
        if row.is_over:
            return str(_("Over"))
        return str(_("Coming") if row.is_coming else _("Running"))

    @admin.display(description=_("picture now"))
    def picture_now(self, row: Collection) -> str:
        return picture_now(row)

    def save_model(self, request: HttpRequest, obj: Collection, form: Any, change: bool) -> None:
        editor = staff(request)
        facts = {name: form.cleaned_data[name] for name in form.changed_data if name in CollectionFacts.__annotations__}
        if facts or not change:
            obj.pk = actions.save_collection(editor=editor, collection=obj if change else None, **facts).pk
        obj.refresh_from_db()
        if hasattr(form, "wish"):  # the list changes only their places
            take_picture(self, request, partial(set_collection_picture, editor=editor, collection=obj, **form.wish))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        for formset in formsets:
            rows = formset.in_order(formset.save(commit=False))  # also where nothing changed: the history asks for it
            if formset.has_changed():
                editor = staff(request)
                actions.arrange_collection(
                    editor=editor, collection=form.instance, kept=rows, dropped=formset.deleted_objects
                )
