"""What an article said before: its revisions, what changed from one to the next, and putting one back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.admin.desk import Desk, staff
from reviews.actions.publishing import restore
from reviews.models import Article
from reviews.revisions import compare

MOST_LISTED = 200


class RevisionPages(Desk):
    """A desk whose rows have revisions."""

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/revisions/", guard(require_safe(self.revisions)), name="reviews_article_revisions"),
            path(
                "<int:pk>/revisions/<int:number>/",
                guard(require_http_methods(["GET", "HEAD", "POST"])(self.revision)),
                name="reviews_article_revision",
            ),
            *super().get_urls(),
        ]

    def revisions(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        rows = article.revisions.select_related("by").defer("body")[:MOST_LISTED]
        return self._page(request, "revisions", article, {"title": _("Revisions"), "revisions": rows})

    def revision(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        article = self._article(request, pk)
        revision = get_object_or_404(article.revisions.select_related("by"), number=number)
        newest = article.revisions.order_by("-number").values_list("number", flat=True).first()
        if request.method == "POST":
            restore(editor=staff(request), revision=revision)
            said = _("Put revision %(number)d back.") % {"number": number}
            self.log_change(request, article, said)
            self.message_user(request, said, messages.SUCCESS)
            return redirect("admin:reviews_article_change", article.pk)
        before = article.revisions.filter(number__lt=number).order_by("-number").first()
        texts = ((_("Headline"), "title"), (_("Standfirst"), "standfirst"), (_("Text"), "body"))
        changes = [
            (label, compare(getattr(before, name) if before else "", getattr(revision, name))) for label, name in texts
        ]
        return self._page(request, "revision", article, {
            "title": _("Revision %(number)d") % {"number": number},
            "revision": revision,
            "before": before,
            "after": article.revisions.filter(number__gt=number).order_by("number").first(),
            "changes": [(label, passages) for label, passages in changes if passages],
            "newest": number == newest,
        })  # fmt: skip

    def _article(self, request: HttpRequest, pk: int) -> Article:
        if not self.may(request, "reviews.change_article"):
            raise PermissionDenied
        return get_object_or_404(Article, pk=pk)

    def _page(self, request: HttpRequest, name: str, article: Article, more: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "subtitle": str(article),
            "back": reverse("admin:reviews_article_change", args=[article.pk]),
        }
        return TemplateResponse(request, f"admin/reviews/article/{name}.html", context | more)
