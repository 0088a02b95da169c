"""The conflict inbox: where a source disagrees with what is locked or was settled by hand."""

from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet, TextField, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, Desk, Reading, say_refusal, staff
from accounts.models import User
from films import actions, record
from films.admin.filters import ConflictStateFilter, FactFilter
from films.models import Conflict
from films.telling import Difference, Teller

type Decide = Callable[..., Conflict]


@transaction.atomic
def accept_and_lock(*, curator: User, conflict: Conflict) -> Conflict:
    """Take what the source says, and let no import change it again."""
    decided = actions.accept_conflict(curator=curator, conflict=conflict)
    actions.lock_fact(curator=curator, film=decided.film, fact=decided.fact)
    return decided


DECISIONS: Final[dict[str, tuple[Decide, Any]]] = {
    "accept": (actions.accept_conflict, _("Theirs taken.")),
    "lock": (accept_and_lock, _("Theirs taken, and locked.")),
    "refuse": (actions.refuse_conflict, _("Ours kept.")),
}


@admin.register(Conflict)
class ConflictDesk(Reading, Desk):
    list_display = ("what", "ours_now", "says", "source", "found_at", "decision")
    list_filter = (ConflictStateFilter, "source", FactFilter)
    list_per_page = 25
    ordering = ("state", "-found_at", "-id")
    fields = (
        "about",
        "fact_named",
        "ours_now",
        "says",
        "source",
        "found_at",
        "run",
        "state",
        "decided_by",
        "decided_at",
    )
    readonly_fields = ("about", "fact_named", "ours_now", "says")
    actions = ("accept", "accept_and_lock", "refuse")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.decide)
        return [path("<path:object_id>/decision/", view, name="films_conflict_decide"), *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Inbox

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conflict]:
        rows = super().get_queryset(request).select_related("film", "decided_by")
        here = Value(self.get_preserved_filters(request), output_field=TextField())
        return rows.defer("film__search_text").annotate(list_query=here)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "films.change_film") and self.has_view_permission(request)

    def decide(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One conflict, from its row. Back to the list as it was."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_decide_permission(request):
                raise PermissionDenied
            conflict = self.get_object(request, unquote(object_id))
            if conflict is None:
                raise Http404
            if (wanted := request.POST.get("decision")) in DECISIONS:
                self._each(request, [conflict], *DECISIONS[wanted])
        here = reverse("admin:films_conflict_changelist")
        query = request.GET.get("_changelist_filters", "")
        return redirect(f"{here}?{query}" if query else here)

    @admin.display(description=_("decision"))
    def decision(self, conflict: Any) -> str:
        """The buttons, which lead back to this very page of the list."""
        address = reverse("admin:films_conflict_decide", args=[quote(conflict.pk)])
        context = {
            "conflict": conflict,
            "label": record.label(conflict.fact),
            "address": f"{address}?{conflict.list_query}" if conflict.list_query else address,
        }
        return render_to_string("admin/films/conflict/_decision.html", context)

    def name_of(self, row: Conflict) -> str:
        return self.what(row)

    @admin.display(description=_("film and fact"), ordering="film__sort_title")
    def what(self, conflict: Conflict) -> str:
        return f"{conflict.film}: {record.label(conflict.fact)}"

    @admin.display(description=_("film"))
    def about(self, conflict: Conflict) -> str:
        return self.link(conflict.film)

    @admin.display(description=_("fact"))
    def fact_named(self, conflict: Conflict) -> str:
        return record.label(conflict.fact)

    @admin.display(description=_("ours"))
    def ours_now(self, conflict: Conflict) -> str:
        """What the film says now; for a conflict that is decided, what the film said when it was found."""
        return _cell(_("Ours"), _told(conflict).before)

    @admin.display(description=_("theirs"))
    def says(self, conflict: Conflict) -> str:
        told = _told(conflict)
        return _cell(_("Theirs"), told.after, told.same)

    @admin.action(description=_("Take theirs"), permissions=["decide"], location=EVERYWHERE)
    def accept(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, *DECISIONS["accept"])

    @admin.action(description=_("Take theirs and lock"), permissions=["decide"], location=EVERYWHERE)
    def accept_and_lock(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, *DECISIONS["lock"])

    @admin.action(description=_("Keep ours"), permissions=["decide"], location=EVERYWHERE)
    def refuse(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, *DECISIONS["refuse"])

    def _each(self, request: HttpRequest, conflicts: Any, decide: Decide, words: Any) -> None:
        """Decide each by itself: one that cannot enter the catalogue says why, and the others go on."""
        done = []
        for conflict in conflicts:
            if conflict.state != Conflict.State.WAITING:
                self.message_user(
                    request, _("%(what)s: decided already.") % {"what": self.what(conflict)}, messages.INFO
                )
                continue
            try:
                done.append(decide(curator=staff(request), conflict=conflict))
            except ValidationError as refusal:
                say_refusal(self, request, ValidationError([f"{self.what(conflict)}: {m}" for m in refusal.messages]))
        self.log_each(request, done, str(words))
        if done:
            self.message_user(request, f"{words} ({len(done)})")


def tell(conflicts: Iterable[Any]) -> None:
    """Give each its `told`: what the film says against what it would say; a query or two a fact, not a conflict."""
    teller, conflicts = Teller(), list(conflicts)
    waiting = [conflict for conflict in conflicts if conflict.state == Conflict.State.WAITING]
    now = record.read_pairs((conflict.film_id, conflict.fact) for conflict in waiting)
    for conflict in conflicts:
        ours, theirs = conflict.ours, conflict.theirs
        if conflict.state == Conflict.State.WAITING:
            ours = now[conflict.film_id, conflict.fact]
            theirs = actions.together(conflict.fact, ours, theirs)
        conflict.told = teller.difference(conflict.fact, ours, theirs)


def _told(conflict: Any) -> Difference:
    if not hasattr(conflict, "told"):
        tell([conflict])
    return cast(Difference, conflict.told)


class Inbox(ChangeList):
    """A page of conflicts, told all at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        tell(self.result_list)


def _cell(label: Any, rows: list[str], same: int = 0) -> str:
    return render_to_string("admin/films/_rows.html", {"label": label, "rows": rows, "same": same})
