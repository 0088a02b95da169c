"""The log of what was decided, and the appeals against it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, Desk, Reading, say_refusal, staff
from reviews.actions.appealing import appeals_for, decide_appeal
from reviews.actions.deciding import reverse_decision
from reviews.admin.decision_forms import AppealAnswerForm
from reviews.models import Appeal, Decision


class ForceFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("force", _("In force")), ("reversed", _("Reversed")), ("program", _("By the program"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        match self.value():
            case "force":
                return queryset.in_force()  # type: ignore[attr-defined]  # the stubs lose the manager
            case "reversed":
                return queryset.filter(reversed_at__isnull=False)
            case "program":
                return queryset.exclude(by_program="")
        return queryset


@admin.register(Decision)
class DecisionDesk(Reading, Desk):
    list_display = ("kind", "member", "rule", "made_at", "who", "until", "reversed_at")
    list_filter = (ForceFilter, "kind", "rule")
    list_select_related = ("member", "by")
    search_fields = ("^member__username",)
    search_help_text = _("The beginning of a username")
    ordering = ("-made_at", "-id")
    actions = ("undo",)
    looked_up_by = frozenset({"kind__exact", "rule__exact"})
    fields = (
        "kind", "member", "rule", "words", "why", "who", "made_at", "until", "the_case", "reversed_at", "reversed_by",
    )  # fmt: skip
    readonly_fields = ("words", "why", "who", "the_case")

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "reviews.remove_review")

    @admin.display(description=_("what it was about"))
    def words(self, decision: Decision) -> str:
        return format_html('<div class="as-written">{}</div>', decision.excerpt)

    @admin.display(description=_("why"))
    def why(self, decision: Decision) -> str:
        return format_html('<div class="as-written">{}</div>', decision.reason)

    @admin.display(description=_("decided by"))
    def who(self, decision: Decision) -> str:
        return str(decision.by or decision.by_program or "–")

    @admin.display(description=_("case"))
    def the_case(self, decision: Decision) -> str:
        if decision.case is None:
            return "–"
        return format_html('<a href="../../../case/{}/change/">{}</a>', decision.case.pk, decision.case)

    @admin.action(description=_("Reverse"), permissions=["undo"], location=EVERYWHERE)
    def undo(self, request: HttpRequest, queryset: Any) -> None:
        done = []
        for decision in queryset.filter(reversed_at=None):
            try:
                done.append(reverse_decision(moderator=staff(request), decision=decision))
            except ValidationError as refusal:
                say_refusal(self, request, refusal)
            except PermissionDenied as refusal:
                say_refusal(self, request, ValidationError(f"{decision}: {refusal}"))
        self.log_each(request, done, str(_("Reversed.")))
        self.message_user(request, _("Reversed: %(number)d.") % {"number": len(done)})


class WaitingFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("Waiting")), ("decided", _("Decided"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Appeal]) -> QuerySet[Appeal]:
        if self.value() in {"waiting", "decided"}:
            return queryset.filter(decided_at__isnull=self.value() == "waiting")
        return queryset


@admin.register(Appeal)
class AppealDesk(Reading, Desk):
    """Without those against one's own decisions: another moderator looks at them."""

    list_display = ("whose", "against", "made_at", "outcome", "decided_by")
    list_filter = (WaitingFilter,)
    ordering = (F("decided_at").desc(nulls_first=True), "made_at", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appeal]:
        return appeals_for(staff(request)).select_related("decision__member", "decision__by", "decided_by")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "reviews.remove_review") and self.has_view_permission(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the member says beside what was decided, and the two buttons."""
        appeal = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, appeal):
            raise PermissionDenied
        if appeal is None:
            raise Http404
        form = AppealAnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not self.has_decide_permission(request):
                raise PermissionDenied
            if form.is_valid() and self._decide(request, appeal, form):
                return redirect("admin:reviews_appeal_changelist")
        return TemplateResponse(request, "admin/reviews/appeal/decide.html", {
            **self.admin_site.each_context(request),
            "title": _("Appeal of %(name)s") % {"name": appeal.decision.member or "–"},
            "opts": self.opts,
            "appeal": appeal,
            "form": form,
            "may_decide": self.has_decide_permission(request) and appeal.decided_at is None,
        }, status=422 if form.errors else 200)  # fmt: skip

    def _decide(self, request: HttpRequest, appeal: Appeal, form: AppealAnswerForm) -> bool:
        outcome = request.POST.get("outcome", "")
        try:
            decided = decide_appeal(
                moderator=staff(request), appeal=appeal, outcome=outcome, answer=form.cleaned_data["answer"]
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return False
        said = str(decided.get_outcome_display())
        self.log_change(request, decided, said)
        self.message_user(request, said)
        return True

    @admin.display(description=_("whose"))
    def whose(self, appeal: Appeal) -> str:
        return str(appeal.decision.member or "–")

    @admin.display(description=_("against"))
    def against(self, appeal: Appeal) -> str:
        return appeal.decision.get_kind_display()
