"""Essays as moderators see them: to read, to remove with a reason, to put back."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from reviews.admin.texts import StandingFilter, TextDesk, reported
from reviews.models import Essay
from reviews.models.visibility import Visibility


@admin.register(Essay)
class EssayDesk(TextDesk):
    list_display = ("beginning", "member", "published_at", "visibility", "stands")
    list_filter = (StandingFilter, "spoilers")
    list_select_related = ("member",)
    search_fields = ("^member__username", "title")
    search_help_text = _("The beginning of a username, or a part of the title")
    ordering = ("-published_at", "-id")
    fields = (
        "member", "title", "words", "spoilers", "visibility", "published_at", "updated_at", "removed_at", "removed_by",
        "removal_reason",
    )  # fmt: skip
    readonly_fields = ("words",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Essay]:
        """Drafts and what is for the writer alone are nobody’s business, unless somebody who can read it reports it."""
        seen = Q(published_at__isnull=False) & ~Q(visibility=Visibility.PRIVATE)
        return super().get_queryset(request).filter(seen | reported(Essay)).select_related("member")

    @admin.display(description=_("begins"))
    def beginning(self, text: Essay) -> str:
        return Truncator(text.title).chars(90)
