"""Films that may be here twice, two of a kind beside each other, and the merges that were made."""

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, Desk, Reading, say_refusal, staff
from accounts.clock import clock_time
from films import actions
from films.comparing import compare, merge_kind
from films.duplicates import REASONS
from films.models import Duplicate, Film, Merge, Person

MODELS: Final[dict[str, type[Film] | type[Person]]] = {Merge.Kind.FILM: Film, Merge.Kind.PERSON: Person}
UNREAD: Final = ("film__search_text", "twin__search_text")


def may_merge(request: HttpRequest, model: type[Film] | type[Person]) -> bool:
    name = model._meta.model_name
    return staff(request).has_perms([f"films.change_{name}", f"films.delete_{name}"])


@admin.action(description=_("Merge two…"), permissions=["delete"])
def merge_two(desk: Desk, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """To the page that shows both; the first in the list is kept, unless the curator turns them round."""
    chosen = list(queryset.values_list("pk", flat=True)[:3])
    if len(chosen) != 2:
        desk.message_user(request, _("Tick exactly two: those that are one."), messages.ERROR)
        return None
    return redirect("admin:films_merge_pair", merge_kind(queryset.model), *chosen)


class DuplicateReasonFilter(admin.SimpleListFilter):
    title = _("why")
    parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(REASONS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Duplicate]) -> QuerySet[Duplicate]:
        return queryset.filter(reason=self.value()) if self.value() in REASONS else queryset


@admin.register(Duplicate)
class DuplicateDesk(Reading, Desk):
    list_display = ("pair", "why", "shared_people", "found_at", "state")
    list_display_links = None
    list_filter = ("state", DuplicateReasonFilter)
    search_fields = ("film__title", "twin__title")
    ordering = ("-state", "-shared_people", "-id")  # waiting first
    fields = ("pair", "why", "shared_people", "found_at", "state", "decided_by", "decided_at")
    readonly_fields = ("pair", "why")
    actions = ("tell_apart",)

    def get_urls(self) -> list[URLPattern]:
        look = self.admin_site.admin_view(self.look)
        return [path("look/", look, name="films_duplicate_look"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Duplicate]:
        return super().get_queryset(request).select_related("film", "twin", "decided_by").defer(*UNREAD)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "films.change_film") and self.has_view_permission(request)

    def look(self, request: HttpRequest) -> HttpResponse:
        """Look through the catalogue now instead of tonight."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            new = actions.find_duplicates(curator=staff(request))
            self.message_user(request, _("Looked through all films. New pairs: %(number)d.") % {"number": new})
        return redirect("admin:films_duplicate_changelist")

    @admin.display(description=_("films"), ordering="film__sort_title")
    def pair(self, duplicate: Duplicate) -> str:
        url = reverse("admin:films_merge_pair", args=[Merge.Kind.FILM, *in_order(duplicate.film, duplicate.twin)])
        return format_html('<a href="{}">{} = {}?</a>', url, duplicate.film, duplicate.twin)

    @admin.display(description=_("why"), ordering="reason")
    def why(self, duplicate: Duplicate) -> str:
        return str(REASONS.get(duplicate.reason, duplicate.reason))

    @admin.action(description=_("They are two films"), permissions=["decide"], location=EVERYWHERE)
    def tell_apart(self, request: HttpRequest, queryset: Any) -> None:
        told = [actions.mark_distinct(curator=staff(request), duplicate=row) for row in queryset]
        self.log_each(request, told, str(_("Two films.")))
        self.message_user(request, _("Told apart: %(number)d.") % {"number": len(told)})


def in_order(film: Film, twin: Film) -> tuple[int, int]:
    """The one that more members know is kept, unless the curator turns them round; else the older one."""
    first, second = sorted((film, twin), key=lambda one: (-one.popularity, one.pk))
    return first.pk, second.pk


@admin.register(Merge)
class MergeDesk(Reading, Desk):
    list_display = ("gone_name", "survivor", "kind", "by", "at", "undone")
    list_display_links = ("gone_name",)
    list_filter = ("kind", ("undone_at", admin.EmptyFieldListFilter))
    search_fields = ("gone_name", "kept_name")
    fields = ("kind", "gone_name", "survivor", "by", "at", "undone")
    readonly_fields = ("survivor", "undone")
    actions = ("undo",)

    def get_urls(self) -> list[URLPattern]:
        pair = self.admin_site.admin_view(self.pair)
        return [path("<str:kind>/<int:kept>/<int:gone>/", pair, name="films_merge_pair"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Merge]:
        here = {kind: model._base_manager.filter(pk=OuterRef("kept_id")) for kind, model in MODELS.items()}
        slugs = (When(kind=kind, then=Subquery(rows.values("slug"))) for kind, rows in here.items())
        merges = super().get_queryset(request).select_related("by", "undone_by").defer("record")
        return merges.annotate(kept_slug=Case(*slugs))

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return may_merge(request, Film) and self.has_view_permission(request)

    def pair(self, request: HttpRequest, kind: str, kept: int, gone: int) -> HttpResponse:
        """Two of a kind beside each other. A button makes them one, another says that they are two."""
        model = MODELS.get(kind)
        if model is None or kept == gone:
            raise Http404
        if not may_merge(request, model):
            raise PermissionDenied
        both = model._base_manager.in_bulk([kept, gone])
        if len(both) < 2:
            if Merge.objects.filter(kind=kind, undone_at=None, gone_id__in=[kept, gone]).exists():
                self.message_user(request, _("They are one already."), messages.WARNING)
                return redirect("admin:films_merge_changelist")
            raise Http404
        if request.method == "POST" and (answer := self._decide(request, both[kept], both[gone])):
            return answer
        context = {
            **self.admin_site.each_context(request),
            "title": _("One and the same?"),
            "opts": model._meta,
            "kind": kind,
            "comparison": compare(both[kept], both[gone]),
            "duplicate": _duplicates(both).first() if model is Film else None,
        }
        return TemplateResponse(request, "admin/films/merge/pair.html", context)

    def _decide(self, request: HttpRequest, kept: Any, gone: Any) -> HttpResponse | None:
        curator = staff(request)
        if "distinct" in request.POST and isinstance(kept, Film):
            for duplicate in _duplicates([kept.pk, gone.pk]):
                self.log_each(request, [actions.mark_distinct(curator=curator, duplicate=duplicate)], "Two films.")
            self.message_user(request, _("Two films. They do not come up again."))
            return redirect("admin:films_duplicate_changelist")
        merge = actions.merge_films if isinstance(kept, Film) else actions.merge_people
        try:
            made = merge(curator=curator, kept=kept, gone=gone)
        except ValidationError as refusal:
            say_refusal(self, request, refusal)
            return None
        self.log_change(request, kept, str(_("“%(name)s” merged into it.") % {"name": made.gone_name}))
        words = _("“%(gone)s” is part of “%(kept)s” now. Below you can undo it.")
        self.message_user(request, words % {"gone": made.gone_name, "kept": made.kept_name}, messages.SUCCESS)
        return redirect("admin:films_merge_changelist")

    @admin.display(description=_("part of"), ordering="kept_name")
    def survivor(self, merge: Any) -> str:
        return (
            self.link(MODELS[merge.kind](slug=merge.kept_slug), merge.kept_name) if merge.kept_slug else merge.kept_name
        )

    @admin.display(description=_("undone"), ordering="undone_at")
    def undone(self, merge: Merge) -> str:
        return f"{clock_time(merge.undone_at)}, {merge.undone_by}" if merge.undone_at else "–"

    @admin.action(description=_("Undo the merge"), permissions=["undo"], location=EVERYWHERE)
    def undo(self, request: HttpRequest, queryset: Any) -> None:
        """The last one first: those before it may have to wait for it."""
        done = []
        for merge in queryset.filter(undone_at=None).order_by("-at", "-id"):
            try:
                done.append(actions.undo_merge(curator=staff(request), merge=merge))
            except ValidationError as refusal:
                say_refusal(self, request, refusal)
        for merge in queryset.exclude(undone_at=None).exclude(pk__in=[merge.pk for merge in done]):
            self.message_user(request, _("%(merge)s: undone already.") % {"merge": merge}, messages.INFO)
        self.log_each(request, done, str(_("Undone.")))
        if done:
            self.message_user(request, _("Undone: %(number)d.") % {"number": len(done)}, messages.SUCCESS)


def _duplicates(both: Any) -> QuerySet[Duplicate]:
    return Duplicate.objects.filter(Q(film__in=both) & Q(twin__in=both), state=Duplicate.State.WAITING)
