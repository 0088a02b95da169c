"""What members say is wrong, read beside what the film says now, and answered."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, Reading, ask, say_refusal, staff
from films import actions, record
from films.actions.suggesting import LONGEST_ANSWER, is_plain
from films.admin.filters import FactFilter, SuggestionStateFilter
from films.admin.merging import in_order
from films.models import Suggestion
from films.telling import Teller


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer to the member"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


class FreeAnswerForm(AnswerForm):
    """Whoever refuses says why; whoever accepts may say something."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = self.data.get("decision") == "refuse"
        self.fields["answer"].help_text = _("They read it on their page. Needed only where you refuse.")


@admin.register(Suggestion)
class SuggestionDesk(Reading, Desk):
    list_display = ("what", "ours_now", "theirs", "how", "sent")
    list_filter = (SuggestionStateFilter, "kind", FactFilter)
    list_per_page = 25
    ordering = ("state", "-created_at", "-id")
    actions = ("refuse",)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Inbox

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suggestion]:
        rows = super().get_queryset(request).select_related("film", "twin", "member", "decided_by")
        return rows.defer("film__search_text", "twin__search_text")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "films.change_film") and self.has_view_permission(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the film says and what it should say, and the buttons."""
        suggestion = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, suggestion):
            raise PermissionDenied
        if suggestion is None:
            raise Http404
        form = FreeAnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not self.has_decide_permission(request):
                raise PermissionDenied
            if form.is_valid() and self._decide(request, suggestion, form):
                return redirect("admin:films_suggestion_changelist")
        return TemplateResponse(request, "admin/films/suggestion/decide.html", {
            **self.admin_site.each_context(request),
            "title": self.what(suggestion),
            "opts": self.opts,
            "suggestion": suggestion,
            "ours": _whole(suggestion),
            "is_plain": is_plain(suggestion.fact),
            "pair": in_order(suggestion.film, suggestion.twin) if suggestion.twin else None,
            "form": form,
            "may_decide": self.has_decide_permission(request),
        }, status=422 if form.errors else 200)  # fmt: skip

    def _decide(self, request: HttpRequest, suggestion: Suggestion, form: FreeAnswerForm) -> bool:
        curator, answer, decision = staff(request), form.cleaned_data["answer"], request.POST.get("decision")
        try:
            if decision == "refuse":
                decided = actions.refuse_suggestion(curator=curator, suggestion=suggestion, answer=answer)
            elif decision in {"accept", "done"}:
                apply = decision == "accept"
                decided = actions.accept_suggestion(curator=curator, suggestion=suggestion, answer=answer, apply=apply)
            else:
                return False
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return False
        said = f"{self.what(decided)}: {decided.get_state_display()}"
        self.log_change(request, decided, said)
        self.message_user(request, said)
        return True

    @admin.display(description=_("film and fact"), ordering="film__sort_title")
    def what(self, suggestion: Suggestion) -> str:
        return f"{suggestion.film}: {_name(suggestion)}"

    @admin.display(description=_("says now"))
    def ours_now(self, suggestion: Suggestion) -> str:
        words = "; ".join(_whole(suggestion)) or "–"
        return _cell(_("Says now"), Truncator(words).chars(120))

    @admin.display(description=_("should say"))
    def theirs(self, suggestion: Suggestion) -> str:
        is_merge = suggestion.kind == Suggestion.Kind.MERGE
        return _cell(_("Should say"), str(suggestion.twin or "–") if is_merge else suggestion.value)

    @admin.display(description=_("how they know"))
    def how(self, suggestion: Suggestion) -> str:
        return Truncator(suggestion.note).chars(140) or "–"

    @admin.display(description=_("sent"), ordering="created_at")
    def sent(self, suggestion: Suggestion) -> str:
        day = date_format(timezone.localtime(suggestion.created_at), "DATE_FORMAT")
        return f"{day}, {suggestion.member}, {suggestion.get_state_display()}"

    @admin.action(description=_("Refuse…"), permissions=["decide"])
    def refuse(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        title, button = str(_("Refuse suggestions")), str(_("Refuse"))
        note = str(_("Each of these members reads your answer."))
        answer = ask(self, request, queryset, AnswerForm, title=title, button=button, note=note)
        if isinstance(answer, HttpResponse):
            return answer
        chosen = list(queryset.filter(state=Suggestion.State.WAITING))
        try:
            for suggestion in chosen:
                actions.refuse_suggestion(curator=staff(request), suggestion=suggestion, answer=answer["answer"])
        except ValidationError as refusal:
            say_refusal(self, request, refusal)
            return None
        self.log_each(request, chosen, str(_("Refused: %(answer)s") % answer))
        self.message_user(request, _("Refused: %(number)d.") % {"number": len(chosen)}, messages.SUCCESS)
        return None


def _cell(label: Any, words: str) -> str:
    return render_to_string("admin/films/_rows.html", {"label": label, "rows": [words]})


def tell(suggestions: Iterable[Any]) -> None:
    """Give each its `whole`: what the film says now, a line a row; a query or two a fact, not a suggestion."""
    teller, suggestions = Teller(), list(suggestions)
    about = [one for one in suggestions if record.is_key(one.fact)]
    now = record.read_pairs((one.film_id, one.fact) for one in about)
    for one in suggestions:
        one.whole = teller.rows(one.fact, now[one.film_id, one.fact]) if one in about else []


def _whole(suggestion: Any) -> list[str]:
    if not hasattr(suggestion, "whole"):
        tell([suggestion])
    return cast(list[str], suggestion.whole)


class Inbox(ChangeList):
    """A page of suggestions, told all at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        tell(self.result_list)


def _name(suggestion: Suggestion) -> str:
    if suggestion.kind == Suggestion.Kind.MERGE:
        return str(_("here twice"))
    return record.label(suggestion.fact) if record.is_key(suggestion.fact) else str(_("something else"))
