"""What members say that films contain: for curators, who take it into the catalogue."""

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, Desk, Reading, say_refusal, staff
from films.models import Film
from reviews.actions.guiding import take_members_word
from reviews.guidance import with_agreement
from reviews.models import ContentCount
from reviews.models.guidance import NO, YES

TAKEN: Final = _("Taken into the catalogue.")


class WaitingFilter(admin.SimpleListFilter):
    title = _("catalogue")
    parameter_name = "catalogue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("silent", _("Does not say so yet")), ("says", _("Says so"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        states = {"silent": False, "says": True}
        value = self.value()
        return queryset.filter(is_fact=states[value]) if value in states else queryset


@admin.register(ContentCount)
class ContentCountDesk(Reading, Desk):
    """Only what most members agree on is here, and never who said it."""

    list_display = ("film", "note", "say_so", "deny_it", "in_catalogue")
    list_filter = (WaitingFilter,)
    search_fields = ("film__title", "note__name")
    search_help_text = _("Part of a film’s title, or of a content note")
    ordering = ("film__sort_title", "film_id", "note__name", "id")
    fields = ("film", "note", "say_so", "deny_it", "in_catalogue")
    readonly_fields = ("say_so", "deny_it", "in_catalogue")
    actions = ("take_over",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContentCount]:
        noted = Film.content_notes.through._default_manager
        is_fact = Exists(noted.filter(film_id=OuterRef("film_id"), contentnote_id=OuterRef("note_id")))
        rows = with_agreement(super().get_queryset(request)).annotate(is_fact=is_fact)
        found: QuerySet[ContentCount] = rows.select_related("film", "note").defer("film__search_text", "film__synopsis")
        return found

    def has_take_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "films.change_film")

    def name_of(self, row: ContentCount) -> str:
        return f"{row.film}: {row.note}"

    @admin.display(description=_("say so"))
    def say_so(self, count: ContentCount) -> int:
        return count.answers[YES]

    @admin.display(description=_("deny it"))
    def deny_it(self, count: ContentCount) -> int:
        return count.answers[NO]

    @admin.display(description=_("in the catalogue"), boolean=True)
    def in_catalogue(self, count: Any) -> bool:
        return bool(count.is_fact)

    @admin.action(description=_("Take into the catalogue"), permissions=["take"], location=EVERYWHERE)
    def take_over(self, request: HttpRequest, queryset: Any) -> None:
        done = []
        for count in queryset:
            try:
                if take_members_word(curator=staff(request), count=count):
                    done.append(count)
            except ValidationError as refusal:
                said = [f"{self.name_of(count)}: {sentence}" for sentence in refusal.messages]
                say_refusal(self, request, ValidationError(said))
        self.log_each(request, done, str(TAKEN))
        if done:
            self.message_user(request, f"{TAKEN} ({len(done)})")
        else:
            self.message_user(request, _("The catalogue says so already."), messages.INFO)
