"""Credits of films that have more of them than a film's form can carry."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.admin.desk import Desk, staff
from accounts.admin.picking import PickField
from films import finding
from films.actions import record_facts
from films.admin.film_rows import CrewForm, describe
from films.admin.shelves import FILMS
from films.models import Credit, Job


class CreditForm(CrewForm):
    film = PickField(FILMS)

    class Meta:
        model = Credit
        fields = ("film", "person", "job", "character", "detail", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["job"]).choices = [("", "---------"), *Job.choices]

    def clean_position(self) -> int:
        return min(super().clean_position(), 32_000)


@admin.register(Credit)
class CreditDesk(Desk):
    form = CreditForm
    list_display = ("person", "job", "character", "film", "position")
    list_display_links = ("person", "film")
    list_filter = ("job",)
    list_select_related = ("person", "film")
    search_fields = ("person__name",)  # what is searched are the indexes of names and titles
    ordering = ("film_id", "position", "id")
    looked_up_by = frozenset({"job__exact", "film__id__exact", "person__id__exact"})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Credit]:
        return super().get_queryset(request).select_related("person", "film")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Credit], search_term: str
    ) -> tuple[QuerySet[Credit], bool]:
        typed = finding.Typed(search_term)
        if not typed.plain:
            return queryset, False
        typed.look_up(finding.FILMS, finding.PEOPLE)
        return queryset.filter(Q(film__in=typed.ids(finding.FILMS)) | Q(person__in=typed.ids(finding.PEOPLE))), False

    def save_model(self, request: HttpRequest, obj: Credit, form: Any, change: bool) -> None:
        curator = staff(request)
        moved = Credit.objects.select_related("film").filter(pk=obj.pk).exclude(film=obj.film).first()
        if moved is not None:  # each of the two films remembers what became of it
            record_facts(curator=curator, film=moved.film, kept=(), dropped=[moved])
            obj.pk = None
        record_facts(curator=curator, film=obj.film, kept=[obj])

    def delete_model(self, request: HttpRequest, obj: Credit) -> None:
        record_facts(curator=staff(request), film=obj.film, kept=(), dropped=[obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Credit]) -> None:
        for credit in queryset:
            self.delete_model(request, credit)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return [{"added": {}}] if add else f"{describe(form.instance)}: {', '.join(form.changed_data)}"
