"""What every desk of the admin shares: short lists, forms that save through actions, questions before an act."""

from typing import Any, ClassVar, Final, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import DataError, models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.admin.lines import Lines
from accounts.models import User

MOST_AT_ONCE: Final = 500

EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]


# The browser's own date fields: they work without a script, on a telephone and for a screen reader.
NATIVE_DATES: dict[Any, dict[str, Any]] = {
    models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    },
}


def staff(request: HttpRequest) -> User:
    """Who is at the desk. The door lets in nobody else."""
    return cast(User, request.user)


class Desk(Lines, admin.ModelAdmin):
    """A model's lists and forms. Subclasses save through actions."""

    list_per_page = 50
    list_max_show_all = 100
    show_full_result_count = False
    delete_confirmation_max_display = 50
    formfield_overrides = NATIVE_DATES
    looked_up_by: ClassVar[frozenset[str] | None] = None  # what an address may ask a list for; None: Django decides

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Where a desk says by what, by nothing else, but for the filters on its page."""
        if self.looked_up_by is None:
            return bool(super().lookup_allowed(lookup, value, request))
        own = {name for shown in self.list_filter or () if (name := getattr(shown, "parameter_name", None))}
        return lookup in self.looked_up_by | own

    def name_of(self, row: Any) -> str:
        """What stands over the row's form."""
        return str(row)

    def view_on_site(self, row: Any) -> str | None:
        """The row's own page, with no stop at a redirect on the way."""
        return row.get_absolute_url() if hasattr(row, "get_absolute_url") else None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """The row's own name is the heading; what it is stands below."""
        if obj is not None:
            context |= {"title": self.name_of(obj), "subtitle": capfirst(self.opts.verbose_name)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without Django's pop-up windows for adding and changing what a field chooses from."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], action_location: Any = ActionLocation.CHANGE_LIST
    ) -> Any:
        """Acts go row by row, and leave word of each. On a whole catalogue they would be a slip, and take hours."""
        on_list = action_location == ActionLocation.CHANGE_LIST
        across = on_list and request.POST.get("select_across") == "1"
        if across and queryset[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE:
            sentence = _("At most %(most)d at once: narrow the list down first. Nothing was done.")
            self.message_user(request, sentence % {"most": MOST_AT_ONCE}, messages.ERROR)
            return redirect(request.get_full_path())
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if on_list and ticked and not across and not _any_of(queryset, ticked):
            sentence = _("What you ticked is not on this list any more: somebody else may have been there first.")
            self.message_user(request, sentence, messages.WARNING)
            return redirect(request.get_full_path())
        return super().response_action(request, queryset, action_location)

    def log_each(self, request: HttpRequest, rows: Any, message: str) -> None:
        """Write an act on several rows into the history of each."""
        for row in rows:
            self.log_change(request, row, message)

    def may(self, request: HttpRequest, permission: str) -> bool:
        return staff(request).has_perm(permission)

    def link(self, row: Model | None, words: str = "") -> str | SafeString:
        """A link to a row's page on the site, or a dash."""
        if row is None:
            return "–"
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), words or str(row))  # type: ignore[attr-defined]


def _any_of(rows: QuerySet[Any], keys: list[str]) -> bool:
    """Whether these are keys, and one of a row that is there."""
    try:
        return rows.filter(pk__in=keys).exists()
    except (ValueError, ValidationError, DataError):
        return False


class Reading:
    """For desks where rows are read and acted on, but neither written nor deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    )


def ask(
    desk: Desk,
    request: HttpRequest,
    rows: QuerySet[Any],
    form_class: type[forms.Form],
    *,
    title: str,
    button: str,
    note: str = "",
) -> dict[str, Any] | HttpResponse:
    """The answers to a form asked between choosing an action and doing it, or the page that asks."""
    answered = "_answered" in request.POST
    form = form_class(request.POST if answered else None)
    if answered and form.is_valid():
        return form.cleaned_data
    kept = ("action", "index", "select_across", f"{ActionLocation.CHANGE_FORM.value}-action", ACTION_CHECKBOX_NAME)
    context = {
        **desk.admin_site.each_context(request),
        "title": title,
        "button": button,
        "note": note,
        "form": form,
        "rows": rows[:20],
        "more": max(0, rows.count() - 20),
        "opts": desk.opts,
        "kept": [(name, value) for name in kept for value in request.POST.getlist(name)],
        "media": desk.media + form.media,
    }
    return TemplateResponse(request, "admin/question.html", context, status=422 if answered else 200)


def say_refusal(desk: Desk, request: HttpRequest, refusal: ValidationError) -> None:
    """Show what an action refused as a message on the next page."""
    for sentence in refusal.messages:
        desk.message_user(request, sentence, messages.ERROR)
