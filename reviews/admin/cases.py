"""The desk of cases, where moderators spend their day: the queue, and one case with all that is known of it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, Reading, staff
from reviews.actions.deciding import WITH_TIME, decide, hand_to_curators, kinds_of
from reviews.actions.reporting import hand_back, take_case, write_message
from reviews.admin.decision_forms import DecisionForm, MessageForm, NoteForm, end_of
from reviews.caseload import QUEUE, File, file_of, queue_for
from reviews.models import Case, Comment, Decision, Essay, FilmList, Quotation, Review, Tip
from reviews.models.case import REPORTED

BUTTONS = {
    Decision.Kind.NOTHING: _("Leave it as it is"),
    Decision.Kind.COVER: _("Cover as a spoiler"),
    Decision.Kind.REMOVE: _("Remove"),
    Decision.Kind.WARN: _("Warn"),
    Decision.Kind.LIMIT: _("Limit to a few posts"),
    Decision.Kind.MUTE: _("Ban from commenting"),
    Decision.Kind.SUSPEND: _("Suspend"),
}


class CaseStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Open")), ("mine", _("Mine")), ("free", _("Nobody’s yet")), ("closed", _("Closed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        match self.value():
            case "open":
                return queryset.filter(closed_at=None)
            case "mine":
                return queryset.filter(closed_at=None, taken_by=staff(request))
            case "free":
                return queryset.filter(closed_at=None, taken_by=None)
            case "closed":
                return queryset.filter(closed_at__isnull=False)
        return queryset


class AboutFilter(admin.SimpleListFilter):
    title = _("about")
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("review", _("Reviews")), ("comment", _("Comments")), ("film_list", _("Lists")),
            ("essay", _("Essays")), ("tip", _("Recommendations")),
            ("member", _("Members")), ("film", _("Films")), ("quotation", _("Copies")),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        value = self.value()
        return queryset.filter(**{f"{value}__isnull": False}) if value in REPORTED else queryset


@admin.register(Case)
class CaseDesk(Reading, Desk):
    list_display = ("what", "whose", "report_count", "waits", "looked_after", "state")
    list_filter = (CaseStateFilter, AboutFilter)
    list_per_page = 25

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return queue_for(staff(request))

    def get_ordering(self, request: HttpRequest) -> Any:
        return QUEUE

    def has_work_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "reviews.remove_review") and self.has_view_permission(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What was reported, by whom, what is known of whose doing it is, and what can be done."""
        case = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, case):
            raise PermissionDenied
        if case is None:
            raise Http404
        file = file_of(case)
        forms = forms_of(file, request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not self.has_work_permission(request):
                raise PermissionDenied
            was_open = case.closed_at is None
            if self._act(request, file, forms):
                here = ("admin:reviews_case_change", case.pk)
                return redirect(*("admin:reviews_case_changelist",) if was_open and case.closed_at else here)
        return TemplateResponse(request, "admin/reviews/case/decide.html", {
            **self.admin_site.each_context(request), **forms,
            "title": what_of(case),
            "opts": self.opts,
            "file": file,
            "kinds": [(kind, BUTTONS[kind]) for kind in kinds_of(case.about)],
            "may_work": self.has_work_permission(request) and case.closed_at is None,
            "wrong": any(form.errors for form in forms.values()),
        }, status=422 if any(form.errors for form in forms.values()) else 200)  # fmt: skip

    def _act(self, request: HttpRequest, file: File, forms: dict[str, Any]) -> bool:
        """Do what the button says; whether it was done. What was refused stands at its form."""
        acts: dict[str, Callable[[], str]] = {
            "decide": lambda: self._decide(request, file.case, forms["decision"]),
            "write": lambda: self._write(request, file.case, forms["message"]),
            "hand_over": lambda: self._hand_over(request, file.case, forms["note"]),
            "take": lambda: self._take(request, file.case),
            "hand_back": lambda: self._hand_back(request, file.case),
        }
        place = {"decide": "decision", "write": "message", "hand_over": "note"}
        chosen = "decide" if "kind" in request.POST else request.POST.get("do", "")
        if chosen not in acts or (chosen in place and not forms[place[chosen]].is_valid()):
            return False
        try:
            said = acts[chosen]()
        except ValidationError as refusal:
            if getattr(refusal, "code", None) == "closed":  # by somebody else, while this page was open
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
                return True
            put(refusal, forms[place.get(chosen, "decision")])
            return False
        self.log_change(request, file.case, said)
        self.message_user(request, said)
        return True

    def _decide(self, request: HttpRequest, case: Case, form: DecisionForm) -> str:
        kind = request.POST.get("kind", "")
        until = end_of(form.cleaned_data["lasts"]) if kind in WITH_TIME else None
        decided = decide(moderator=staff(request), about=case.about, kind=kind, until=until, case=case, **form.said())
        case.refresh_from_db(fields=["closed_at"])
        return f"{case}: {decided.get_kind_display()}"

    def _write(self, request: HttpRequest, case: Case, form: MessageForm) -> str:
        write_message(moderator=staff(request), case=case, **form.said())
        return str(_("Sent."))

    def _hand_over(self, request: HttpRequest, case: Case, form: NoteForm) -> str:
        hand_to_curators(moderator=staff(request), case=case, note=form.cleaned_data["note"])
        case.refresh_from_db(fields=["closed_at"])
        return str(_("Handed to the curators."))

    def _take(self, request: HttpRequest, case: Case) -> str:
        take_case(moderator=staff(request), case=case)
        return str(_("You look after it."))

    def _hand_back(self, request: HttpRequest, case: Case) -> str:
        hand_back(moderator=staff(request), case=case)
        return str(_("It waits for anybody again."))

    @admin.display(description=_("about"))
    def what(self, case: Case) -> str:
        return what_of(case)

    @admin.display(description=_("whose"))
    def whose(self, case: Case) -> str:
        return str(case.answerable or "–")

    @admin.display(description=_("reports"))
    def report_count(self, case: Any) -> int:
        number: int = case.report_count
        return number

    @admin.display(description=_("waits"))
    def waits(self, case: Case) -> str:
        return "–" if case.closed_at else timesince(case.opened_at, depth=1)

    @admin.display(description=_("looked after by"))
    def looked_after(self, case: Case) -> str:
        return str(case.taken_by or "–")

    @admin.display(description=_("open"), boolean=True)
    def state(self, case: Case) -> bool:
        return case.closed_at is None


def what_of(case: Case) -> str:
    """What it is about, in a line."""
    about = case.about
    if isinstance(about, Review):
        return str(_("Review of %(film)s: %(words)s")) % {"film": about.film, "words": short(about.body)}
    if isinstance(about, Comment):
        return str(_("Comment: %(words)s")) % {"words": short(about.body)}
    if isinstance(about, FilmList):
        return str(_("List: %(title)s")) % {"title": short(about.title)}
    if isinstance(about, Essay):
        return str(_("Essay: %(title)s")) % {"title": short(about.title)}
    if isinstance(about, Tip):
        return str(_("%(film)s, recommended: %(words)s")) % {"film": about.film, "words": short(about.words)}
    if isinstance(about, Quotation):
        return str(_("%(kind)s (copy): %(words)s")) % {"kind": about.get_kind_display(), "words": short(about.words)}
    kind = _("Film: %(name)s") if case.about_kind == "film" else _("Member: %(name)s")
    return str(kind) % {"name": about}


def short(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(60)


def forms_of(file: File, sent: Any) -> dict[str, Any]:
    """The three forms of the page; only the one whose button was pressed gets what was sent."""
    pressed = "kind" if sent and "kind" in sent else (sent or {}).get("do", "")
    return {
        "decision": DecisionForm(sent if pressed == "kind" else None),
        "message": MessageForm(file.case, file.reporters, sent if pressed == "write" else None),
        "note": NoteForm(sent if pressed == "hand_over" else None),
    }


def put(refusal: ValidationError, form: forms.Form) -> None:
    """Show what an action refused at the field that it is about, where the form has it."""
    names = {"until": "lasts", "side": "to"}
    told = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for field, sentences in told.items():
        name = names.get(field, field)
        form.add_error(name if name in form.fields else None, sentences)
