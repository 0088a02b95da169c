"""What the house shows: announced, changed, called off, and the list for the door."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.admin.desk import EVERYWHERE, NATIVE_DATES, Desk, ReasonForm, ask, say_refusal, staff
from accounts.admin.picking import PickField
from films.admin.film_rows import FactInline
from films.admin.ordering import OrderedForm, OrderedFormSet
from films.admin.shelves import FILMS, LANGUAGES
from reviews import markup
from reviews.actions import showing
from reviews.admin.house import LinesForm
from reviews.door_list import as_table, at_the_door
from reviews.models import ScreenedFilm, Screening
from reviews.models.screening import Access

# For the foot of the page, which would say that all its times are UTC.
CLOCK: Final = {"clock_of_the_house": settings.HOUSE_TIME_ZONE.key}
FACTS: Final = tuple(showing.ScreeningFacts.__annotations__)


class HouseTimeField(forms.DateTimeField):
    """A time by the clock of the house, whatever the site counts in."""

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(settings.HOUSE_TIME_ZONE):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(settings.HOUSE_TIME_ZONE):
            return super().to_python(value)


class ScreeningForm(LinesForm):
    lines = showing.LINES
    access = forms.MultipleChoiceField(
        label=_("Access"),
        choices=Access.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Screening
        fields = FACTS
        widgets = {"words": forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField reading"})}
        help_texts = {"words": _("Markdown: ## heading, *italic*, **bold**, > quotation, [words](address).")}

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        try:
            markup.render(words, kind="article")
        except markup.TooLong as refusal:
            raise ValidationError(str(refusal)) from refusal
        return words

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.instance.pk and {"seats", "published_at"} <= said.keys():
            showing.check_change(self.instance, seats=said["seats"], published_at=said["published_at"])
        return said


class ProgrammeForm(OrderedForm):
    film = PickField(FILMS, label=_("film"))
    language = PickField(LANGUAGES, label=_("language"), required=False)
    subtitles = PickField(LANGUAGES, label=_("subtitles"), required=False)

    class Meta:
        model = ScreenedFilm
        fields = ("position", "film", "cut", "format", "language", "subtitles")


class ProgrammeFormSet(OrderedFormSet):
    def clean(self) -> None:
        super().clean()
        gone = {id(form) for form in self.deleted_forms}
        showing.check_size(sum(1 for f in self.forms if f.cleaned_data.get("film") and id(f) not in gone))


class ProgrammeInline(FactInline):
    model = ScreenedFilm
    form = ProgrammeForm
    formset = ProgrammeFormSet
    verbose_name, verbose_name_plural = _("film"), _("films")
    related = ("film", "language", "subtitles")
    ordering = ("position", "id")


class ScreeningState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("draft", _("Drafts")), ("coming", _("Coming")), ("over", _("Over")), ("off", _("Called off"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Screening]:
        states = {
            "draft": lambda: queryset.exclude(published_at__lte=timezone.now()),
            "coming": lambda: queryset.to_come().taking_place().filter(published_at__lte=timezone.now()),
            "over": lambda: queryset.over(),
            "off": lambda: queryset.filter(called_off_at__isnull=False),
        }
        chosen: QuerySet[Screening] = states.get(self.value() or "", queryset.all)()
        return chosen


@admin.register(Screening)
class ScreeningDesk(Desk):
    form = ScreeningForm
    inlines = (ProgrammeInline,)
    formfield_overrides = NATIVE_DATES | {
        models.DateTimeField: NATIVE_DATES[models.DateTimeField] | {"form_class": HouseTimeField}
    }
    list_display = ("__str__", "begins", "place", "state", "people")
    list_filter = (ScreeningState, "audience")
    search_fields = ("title", "place", "programme__film__title")
    search_help_text = _("Part of its title, of a film’s, or of the place")
    ordering = ("-starts_at", "-id")
    actions = ("announce", "call_off")
    fieldsets = (
        (None, {"fields": ("title", ("starts_at", "minutes"), "words", "seen")}),
        (_("Where"), {"fields": ("place", "address", "link", "access")}),
        (_("Who comes"), {"fields": ("audience", ("seats", "people"), "price", "answers_until")}),
        (_("Who sees it"), {"fields": ("published_at", "state")}),
    )
    readonly_fields = ("state", "people")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Screening]:
        return super().get_queryset(request).prefetch_related("programme__film")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, CLOCK | (extra_context or {}))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return super().changeform_view(request, object_id, form_url, CLOCK | (extra_context or {}))

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/door/", guard(require_safe(self.door)), name="reviews_screening_door"),
            path("<int:pk>/door.csv", guard(require_safe(self.door_table)), name="reviews_screening_door_table"),
            *super().get_urls(),
        ]

    def door(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who comes, to be printed or held in one hand."""
        row = self._row(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("For the door"),
            "subtitle": str(row),
            "row": row,
            "back": reverse("admin:reviews_screening_change", args=[row.pk]),
            **CLOCK,
            **at_the_door(row),
        }
        return TemplateResponse(request, "admin/reviews/door.html", context)

    def door_table(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(request, pk)
        response = HttpResponse(as_table(row), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="door-{row.day}.csv"'
        return response

    def _row(self, request: HttpRequest, pk: int) -> Screening:
        row: Screening = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Once somebody said that they come it is called off, and they hear of it."""
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.comings.exists())

    def save_model(self, request: HttpRequest, obj: Screening, form: Any, change: bool) -> None:
        wanted = [name for name in FACTS if name in form.changed_data or not change]
        facts: Any = {name: form.cleaned_data[name] for name in wanted}
        if facts or not change:
            obj.pk = showing.save_screening(editor=staff(request), screening=obj if change else None, **facts).pk
        obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        for formset in formsets:
            rows = formset.in_order(formset.save(commit=False))  # also where nothing changed: the history asks for it
            if formset.has_changed():
                editor, gone = staff(request), formset.deleted_objects
                showing.arrange_programme(editor=editor, screening=form.instance, kept=rows, dropped=gone)

    def delete_model(self, request: HttpRequest, obj: Screening) -> None:
        showing.delete_screening(editor=staff(request), screening=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset:
            showing.delete_screening(editor=staff(request), screening=row)

    @admin.display(description=_("begins"), ordering="starts_at")
    def begins(self, row: Screening) -> str:
        return row.when

    @admin.display(description=_("state"), ordering="published_at")
    def state(self, row: Screening) -> str:
        if row.pk is None or row.published_at is None:
            return str(_("Draft"))
        if row.is_called_off:
            return str(_("Called off"))
        if not row.is_announced:
            return str(_("Scheduled"))
        return str(_("Over") if row.is_over else _("Announced"))

    @admin.display(description=_("seats taken"), ordering="taken")
    def people(self, row: Screening) -> str:
        return str(row.taken) if row.seats is None else f"{row.taken} / {row.seats}"

    @admin.action(description=_("Announce now"), permissions=["change"], location=EVERYWHERE)
    def announce(self, request: HttpRequest, queryset: Any) -> None:
        waiting = [row for row in queryset if not row.is_announced]
        for row in waiting:
            showing.save_screening(editor=staff(request), screening=row, published_at=timezone.now())
        said = str(_("Announced."))
        self.log_each(request, waiting, said)
        self.message_user(request, f"{said} ({len(waiting)})")

    @admin.action(description=_("Call off"), permissions=["change"], location=EVERYWHERE)
    def call_off(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        note = str(_("Everybody reads the sentence on the screening’s page, and whoever comes is told at once."))
        title = str(_("Call off"))
        answer = ask(self, request, queryset, ReasonForm, title=title, button=title, note=note)
        if isinstance(answer, HttpResponse):
            return answer
        done = []
        for row in queryset:
            try:
                done.append(showing.call_off(editor=staff(request), screening=row, because=answer["reason"]))
            except ValidationError as refusal:
                say_refusal(self, request, ValidationError([f"{row}: {told}" for told in refusal.messages]))
        said = str(_("Called off."))
        self.log_each(request, done, said)
        self.message_user(request, f"{said} ({len(done)})")
        return None
