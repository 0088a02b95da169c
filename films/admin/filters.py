"""Ways to narrow the list of films."""

from typing import Any, Final

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from films.models import Credit, Film, Job

DIRECTED: Final = Exists(Credit.objects.filter(film=OuterRef("pk"), job=Job.DIRECTOR))
MISSING: Final[dict[str, tuple[Any, Any]]] = {
    "poster": (_("No uploaded poster"), Q(poster_key="")),
    "synopsis": (_("No synopsis"), Q(synopsis="")),
    "director": (_("No director"), ~DIRECTED),
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
