"""Documents that were loaded, and the facts found in them that wait for a curator."""
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, Reading
from reviews.models import Document, Finding


class FindingInline(Reading, admin.TabularInline):
    model = Finding
    fields = ("says", "kind", "state", "decided_by", "decided_at")
    show_change_link = True
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Document)
class DocumentDesk(Reading, Desk):
    inlines = (FindingInline,)
    list_display = ("name", "kind", "film", "became", "waiting", "loaded_at")
    list_filter = ("kind",)
    list_select_related = ("film", "review__member", "review__film", "article")
    search_fields = ("name",)
    fields = ("name", "kind", "film", "became", "loaded_at", "verbatim")
    readonly_fields = ("became", "verbatim")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        waiting = Count("findings", filter=Q(findings__state=Finding.State.WAITING))
        rows = super().get_queryset(request).annotate(waiting=waiting)
        return rows.select_related("film", "review__member", "review__film", "article")

    def view_on_site(self, document: Document) -> str | None:
        became = document.review or document.article
        return became.get_absolute_url() if became else None

    @admin.display(description=_("became"))
    def became(self, document: Document) -> str:
        return self.link(document.review or document.article)

    @admin.display(description=_("facts that wait"), ordering="waiting")
    def waiting(self, document: Any) -> int:
        return int(document.waiting)

    @admin.display(description=_("text"))
    def verbatim(self, document: Document) -> str:
        return format_html('<pre class="as-written">{}</pre>', document.text)


@admin.register(Finding)
class FindingDesk(Reading, Desk):
    list_display = ("says", "kind", "about", "state", "decided_by", "decided_at")
    list_filter = ("state", "kind")
    list_select_related = ("document__film", "decided_by")
    search_fields = ("says",)
    ordering = ("-state", "-id")  # waiting, refused, accepted
    fields = ("says", "kind", "document", "about", "state", "decided_by", "decided_at")
    readonly_fields = ("about",)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "reviews.change_finding")

    @admin.display(description=_("film"))
    def about(self, finding: Finding) -> str:
        return self.link(finding.document.film)
