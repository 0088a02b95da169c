"""People who worked on films."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import staff
from accounts.admin.lines import Lines
from accounts.admin.picturing import FIELDS, FOCUS, PicturedForm, picture_now, take_picture
from accounts.admin.two_windows import WatchfulForm
from films import finding
from films.actions import add_person, correct_person
from films.actions.naming import check_days
from films.actions.picturing import set_portrait
from films.admin.dropping import NamedDesk
from films.admin.merging import merge_two
from films.admin.shelves import PEOPLE
from films.models import Person, PersonId


class PersonForm(WatchfulForm, PicturedForm):
    held = "portrait"
    alt_needed = False  # it stands beside the name

    class Meta:
        model = Person
        fields = ("name", "born_on", "died_on", "birthplace", "biography", "portrait_alt")
        help_texts = {"portrait_alt": _("For people who cannot see it: “Laughing, in a director’s chair”.")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_days(cleaned.get("born_on"), cleaned.get("died_on"))
        return cleaned


class PersonIdInline(Lines, admin.TabularInline):
    model = PersonId
    extra = 1


class CreditedFilter(admin.SimpleListFilter):
    title = _("credits")
    parameter_name = "credited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("None")), ("yes", _("One or more"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Person]) -> QuerySet[Person]:
        kinds = {"no": {"credit_count": 0}, "yes": {"credit_count__gt": 0}}
        return queryset.filter(**kinds.get(self.value() or "", {}))


@admin.register(Person)
class PersonDesk(NamedDesk):
    shelf = PEOPLE
    form = PersonForm
    inlines = (PersonIdInline,)
    actions = (merge_two,)
    list_display = ("name", "born_on", "died_on", "credit_count")
    list_filter = (CreditedFilter,)
    search_fields = ("name",)  # what is searched is the index of names: see get_search_results
    search_help_text = _("A name, or its beginning")
    ordering = ("-credit_count", "-id")
    fieldsets = (
        (None, {"fields": ("name", ("born_on", "died_on"), "birthplace", "biography", "seen")}),
        (_("Portrait"), {"fields": (*FIELDS, "portrait_alt", FOCUS)}),
        (_("On the site"), {"fields": ("address", "former")}),
    )
    readonly_fields = ("address", "former", "picture_now")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        return super().get_queryset(request).defer("search_text")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Person], search_term: str
    ) -> tuple[QuerySet[Person], bool]:
        return finding.found_by(search_term, queryset, finding.PEOPLE), False

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        curator = staff(request)
        if change:
            correct_person(curator=curator, person=obj, **form.said)
        else:
            obj.pk = add_person(curator=curator, **form.said).pk
            obj.refresh_from_db()
        take_picture(self, request, partial(set_portrait, curator=curator, person=obj, **form.wish))

    @admin.display(description=_("portrait now"))
    def picture_now(self, person: Person) -> str:
        return picture_now(person, "portrait")

    @admin.display(description=_("address"))
    def address(self, person: Person) -> str:
        return self.link(person, person.get_absolute_url()) if person.pk else str(_("Made from the name."))

    @admin.display(description=_("former addresses"))
    def former(self, person: Person) -> str:
        return ", ".join(person.former_slugs.values_list("slug", flat=True)) if person.pk else "–"
