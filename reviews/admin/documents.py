"""Documents that were loaded, and the facts found in them that wait for a curator."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, Desk, Reading, staff
from reviews.actions.finding import accept_finding, refuse_finding
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
    actions = ("accept", "refuse")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "reviews.change_finding")

    @admin.display(description=_("film"))
    def about(self, finding: Finding) -> str:
        return self.link(finding.document.film)

    @admin.action(description=_("Accept into the catalogue"), permissions=["decide"], location=EVERYWHERE)
    def accept(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, accept_finding, str(_("Accepted.")))

    @admin.action(description=_("Refuse"), permissions=["decide"], location=EVERYWHERE)
    def refuse(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, refuse_finding, str(_("Refused.")))

    def _each(self, request: HttpRequest, queryset: QuerySet[Finding], decide: Any, words: str) -> None:
        """Decide each by itself: one that cannot enter the catalogue says why, and the others go on."""
        done = []
        for finding in queryset.exclude(state=Finding.State.ACCEPTED):
            try:
                done.append(decide(curator=staff(request), finding=finding))
            except ValidationError as refusal:
                self.message_user(request, f"{finding} {' '.join(refusal.messages)}", messages.ERROR)
        self.log_each(request, done, words)
        self.message_user(request, f"{words} ({len(done)})")
