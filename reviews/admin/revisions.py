"""What a text of the house said before: its revisions, what changed from one to the next, and putting one back."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.admin.desk import Desk, say_refusal, staff
from reviews.revisions import compare

MOST_LISTED = 200


class RevisionPages(Desk):
    """A desk whose rows have `revisions`, of which the last of `texts` is the longest.

    `put_back` is the action that makes the words of one the row's own again, for an `editor`.
    """

    texts: ClassVar[tuple[tuple[Any, str], ...]]  # what a revision keeps: how it is called, and its field
    put_back: ClassVar[Callable[..., Any]]

    def get_urls(self) -> list[URLPattern]:
        guard, name = self.admin_site.admin_view, self._named("revision")
        acts = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("<int:pk>/revisions/", guard(require_safe(self.revisions)), name=f"{name}s"),
            path("<int:pk>/revisions/<int:number>/", guard(acts(self.revision)), name=name),
            *super().get_urls(),
        ]

    def revisions(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(request, pk)
        rows = row.revisions.select_related("by").defer(self.texts[-1][1])[:MOST_LISTED]
        return self._page(request, "revisions", row, {"title": _("Revisions"), "revisions": rows})

    def revision(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        row = self._row(request, pk)
        revision = get_object_or_404(row.revisions.select_related("by"), number=number)
        newest = row.revisions.order_by("-number").values_list("number", flat=True).first()
        if request.method == "POST":
            return self._put_back(request, row, revision)
        before = row.revisions.filter(number__lt=number).order_by("-number").first()
        changes = [
            (label, compare(getattr(before, name) if before else "", getattr(revision, name)))
            for label, name in self.texts
        ]
        return self._page(request, "revision", row, {
            "title": _("Revision %(number)d") % {"number": number},
            "revision": revision,
            "before": before,
            "after": row.revisions.filter(number__gt=number).order_by("number").first(),
            "changes": [(label, passages) for label, passages in changes if passages],
            "newest": number == newest,
        })  # fmt: skip

    def _put_back(self, request: HttpRequest, row: Any, revision: Any) -> HttpResponse:
        try:
            type(self).put_back(editor=staff(request), revision=revision)
        except ValidationError as refusal:
            say_refusal(self, request, refusal)
        else:
            said = _("Put revision %(number)d back.") % {"number": revision.number}
            self.log_change(request, row, said)
            self.message_user(request, said, messages.SUCCESS)
        return redirect(f"admin:{self._named('change')}", row.pk)

    def _named(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _row(self, request: HttpRequest, pk: int) -> Any:
        if not self.may(request, f"{self.opts.app_label}.change_{self.opts.model_name}"):
            raise PermissionDenied
        return get_object_or_404(self.model, pk=pk)

    def _page(self, request: HttpRequest, name: str, row: Any, more: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "row": row,
            "subtitle": str(row),
            "back": reverse(f"admin:{self._named('change')}", args=[row.pk]),
        }
        return TemplateResponse(request, f"admin/reviews/{name}.html", context | more)
