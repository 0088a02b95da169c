"""Ways to narrow the lists of films, and of what waits for a curator."""

from typing import Any, ClassVar, Final

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from films import record
from films.models import Conflict, Credit, Film, Job, Suggestion

DIRECTED: Final = Exists(Credit.objects.filter(film=OuterRef("pk"), job=Job.DIRECTOR))
PLAYED: Final = Exists(Credit.objects.filter(film=OuterRef("pk"), job=Job.ACTOR))
MISSING: Final[dict[str, tuple[Any, Any]]] = {
    "poster": (_("No uploaded poster"), Q(poster_key="")),
    "synopsis": (_("No synopsis"), Q(synopsis="")),
    "director": (_("No director"), ~DIRECTED),
    "cast": (_("No cast"), ~PLAYED),
    "year": (_("No year"), Q(year=None)),
    "runtime": (_("No running time"), Q(runtime_minutes=None)),
    "genre": (_("No genre"), Q(genres=None)),
}


class MissingFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, words) for key, (words, _condition) in MISSING.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Film]) -> QuerySet[Film]:
        value = self.value() or ""
        return queryset.filter(MISSING[value][1]) if value in MISSING else queryset


class DecadeFilter(admin.SimpleListFilter):
    title = _("decade")
    parameter_name = "decade"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(decade), _("%(year)ds") % {"year": decade}) for decade in range(2020, 1879, -10)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Film]) -> QuerySet[Film]:
        value = self.value() or ""
        if not (value.isascii() and value.isdigit() and len(value) == 4):
            return queryset
        return queryset.filter(year__range=(int(value), int(value) + 9))


class WaitingFilter(admin.SimpleListFilter):
    """What waits, unless asked for what was decided."""

    title = _("state")
    parameter_name = "state"
    states: ClassVar[Any]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        decided = [(value, label) for value, label in self.states.choices if value != self.states.WAITING]
        return [*decided, ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield first | {"display": self.states.WAITING.label}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value() if self.value() in self.states.values else self.states.WAITING)


class ConflictStateFilter(WaitingFilter):
    states = Conflict.State


class SuggestionStateFilter(WaitingFilter):
    states = Suggestion.State


class FactFilter(admin.SimpleListFilter):
    """One fact, or a whole group of them: all credits, all scores, all ids."""

    title = _("fact")
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        groups = {"credits": _("Cast and crew"), "scores": _("Scores of others"), "ids": _("Ids elsewhere")}
        single = [*record.FIELDS, *record.TERMS, "franchise", *record.ROWS]
        return [*((key, record.label(key)) for key in single), *groups.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        if value in record.GROUPS:
            return queryset.filter(fact__startswith=f"{value}.")
        return queryset.filter(fact=value) if record.is_key(value) else queryset
