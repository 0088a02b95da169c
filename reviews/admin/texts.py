"""Reviews and comments as moderators see them: to read, to remove with a reason, to put back."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, Desk, Reading, ask, say_refusal, staff
from films import finding
from reviews.actions.moderating import remove_text, restore_text
from reviews.admin.decision_forms import RuleForm
from reviews.models import Comment, FilmList, Report, Review
from reviews.models.case import REPORTED
from reviews.models.visibility import Visibility


class StandingFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("standing", _("Standing")), ("reported", _("Reported")), ("removed", _("Removed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "standing":
                return queryset.filter(removed_at=None)
            case "removed":
                return queryset.filter(removed_at__isnull=False)
            case "reported":
                return queryset.filter(reported(queryset.model, closed_at=None))
        return queryset


def reported(model: type[Any], **state: Any) -> Exists:
    """Whether there is a report on a row of this model, one in this `state` where it is given."""
    key = next(name for name in REPORTED if Report._meta.get_field(name).related_model is model)
    return Exists(Report.objects.filter(**{key: OuterRef("pk")}, **state))


class TextDesk(Reading, Desk):
    actions = ("remove", "put_back")
    looked_up_by = frozenset({"spoilers__exact", "visibility__exact", "film__id__exact", "member__id__exact"})
    show_full_result_count = False

    def has_remove_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "reviews.remove_review")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_remove_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=_("text"))
    def words(self, text: Any) -> str:
        return format_html('<div class="as-written">{}</div>', text.body)

    @admin.display(description=_("begins"))
    def beginning(self, text: Any) -> str:
        return Truncator(text.body).chars(90)

    @admin.display(description=_("stands"), boolean=True)
    def stands(self, text: Any) -> bool:
        return text.removed_at is None

    @admin.action(description=_("Remove…"), permissions=["remove"], location=EVERYWHERE)
    def remove(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        answer = ask(
            self,
            request,
            queryset,
            RuleForm,
            title=str(_("Remove from everybody’s eyes but the writer’s")),
            button=str(_("Remove")),
            note=str(_("The writer is told why, and can appeal. Open reports on it are closed. You can put it back.")),
        )
        if isinstance(answer, HttpResponse):
            return answer
        done = []
        for text in queryset.filter(removed_at=None):
            try:
                done.append(remove_text(moderator=staff(request), text=text, **answer))
            except PermissionDenied as refusal:
                say_refusal(self, request, ValidationError(f"{text}: {refusal}"))
        self.log_each(request, done, str(_("Removed: %(reason)s") % answer))
        self.message_user(request, _("Removed: %(number)d.") % {"number": len(done)})
        return None

    @admin.action(description=_("Put back"), permissions=["remove"], location=EVERYWHERE)
    def put_back(self, request: HttpRequest, queryset: Any) -> None:
        done = []
        for text in queryset.filter(removed_at__isnull=False):
            try:
                done.append(restore_text(moderator=staff(request), text=text))
            except PermissionDenied as refusal:
                say_refusal(self, request, ValidationError(f"{text}: {refusal}"))
        self.log_each(request, done, str(_("Put back.")))
        self.message_user(request, _("Put back: %(number)d.") % {"number": len(done)})


@admin.register(Review)
class ReviewDesk(TextDesk):
    list_display = ("beginning", "member", "film", "published_at", "visibility", "stands")
    list_filter = (StandingFilter, "spoilers")
    list_select_related = ("member", "film")
    search_fields = ("member__username",)  # and the index of films: see get_search_results
    search_help_text = _("The beginning of a username, or a film")
    ordering = ("-published_at", "-id")
    fields = (
        "member", "film", "half_stars", "words", "tags", "spoilers", "visibility", "published_at", "updated_at",
        "removed_at", "removed_by", "removal_reason",
    )  # fmt: skip
    readonly_fields = ("words",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        """Drafts and what is for the writer alone are nobody’s business, unless somebody who can read it reports it."""
        seen = Q(published_at__isnull=False) & ~Q(visibility=Visibility.PRIVATE)
        return super().get_queryset(request).filter(seen | reported(Review)).select_related("member", "film")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Review], search_term: str
    ) -> tuple[QuerySet[Review], bool]:
        if not search_term.strip():
            return queryset, False
        found = queryset.filter(member__username__istartswith=search_term.strip())
        return found | queryset.filter(film__in=finding.Typed(search_term).ids(finding.FILMS)), False


@admin.register(Comment)
class CommentDesk(TextDesk):
    list_display = ("beginning", "member", "review", "created_at", "stands")
    list_filter = (StandingFilter,)
    list_select_related = ("member", "review__member", "review__film")
    search_fields = ("^member__username",)
    search_help_text = _("The beginning of a username")
    ordering = ("-created_at", "-id")
    fields = ("member", "review", "words", "created_at", "edited_at", "removed_at", "removed_by", "removal_reason")
    readonly_fields = ("words",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """What stands under words that are nobody’s business is none either."""
        private = Q(review__visibility=Visibility.PRIVATE) | Q(film_list__visibility=FilmList.Visibility.PRIVATE)
        private |= Q(essay__visibility=Visibility.PRIVATE)
        seen = Q(deleted_at=None) & ~private
        rows = super().get_queryset(request).filter(seen | reported(Comment))
        return rows.select_related("member", "review__member", "review__film")
