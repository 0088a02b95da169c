"""Articles: drafts, scheduled, published."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, Desk, staff
from accounts.admin.picking import PickForm, PickManyField
from accounts.models import User
from films.admin.shelves import FILMS, PEOPLE
from reviews import markup
from reviews.actions import publishing
from reviews.models import Article


class ArticleForm(PickForm):
    films = PickManyField(FILMS, label=_("Films"), required=False, help_text=_("Several with semicolons between."))
    people = PickManyField(PEOPLE, label=_("People"), required=False, help_text=_("Several with semicolons between."))

    class Meta:
        model = Article
        fields = ("kind", "title", "standfirst", "body", "author", "byline", "films", "people", "published_at")
        help_texts = {
            "published_at": _("In the future: it appears then by itself. Empty: a draft. Times are UTC."),
            "body": _("Markdown: ## heading, *italic*, **bold**, > quotation, [words](address)."),
        }
        widgets = {
            "body": forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField reading"}),
            "standfirst": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "author" in self.fields:
            may = User.objects.filter(is_staff=True, is_active=True) | User.objects.filter(pk=self.instance.author_id)
            cast(forms.ModelChoiceField, self.fields["author"]).queryset = may.order_by("username")

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        try:
            markup.render(body, kind="article")
        except markup.TooLong as refusal:
            raise ValidationError(str(refusal)) from refusal
        return body


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("draft", _("Drafts")), ("scheduled", _("Scheduled")), ("published", _("Published"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        now = timezone.now()
        states: dict[str, dict[str, Any]] = {
            "draft": {"published_at": None},
            "scheduled": {"published_at__gt": now},
            "published": {"published_at__lte": now},
        }
        return queryset.filter(**states.get(self.value() or "", {}))


@admin.register(Article)
class ArticleDesk(Desk):
    form = ArticleForm
    list_display = ("title", "kind", "state", "published_at", "writer")
    list_filter = (StateFilter, "kind")
    list_select_related = ("author",)
    search_fields = ("title", "standfirst")
    actions = ("publish", "withdraw")
    fieldsets = (
        (None, {"fields": ("kind", "title", "standfirst", "body")}),
        (_("Who and what"), {"fields": ("author", "byline", "films", "people")}),
        (_("When"), {"fields": ("published_at", "preview")}),
    )
    readonly_fields = ("preview",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        unpublished_first = Case(
            When(published_at__lte=timezone.now(), then=Value(1)), default=Value(0), output_field=IntegerField()
        )
        return super().get_queryset(request).order_by(unpublished_first, "-published_at", "-id")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk} | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        editor = staff(request)
        facts = {name: form.cleaned_data[name] for name in form.changed_data}
        if not change:
            facts["author"] = form.cleaned_data["author"]
        obj.pk = publishing.save_article(editor=editor, article=obj if change else None, **facts).pk
        obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Films and people were stored with the article."""

    @admin.display(description=_("state"))
    def state(self, article: Article) -> str:
        if article.published_at is None:
            return str(_("Draft"))
        return str(_("Scheduled") if article.published_at > timezone.now() else _("Published"))

    @admin.display(description=_("by"))
    def writer(self, article: Article) -> str:
        return article.byline or (article.author.name if article.author else "–")

    @admin.display(description=_("preview"))
    def preview(self, article: Article) -> str:
        if article.pk is None:
            return str(_("Save it first: “Save and continue editing”."))
        return self.link(article, str(_("Read it as it will look. Until it is published only the staff can.")))

    @admin.action(description=_("Publish now"), permissions=["change"], location=EVERYWHERE)
    def publish(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, publishing.publish, str(_("Published.")))

    @admin.action(description=_("Make it a draft again"), permissions=["change"], location=EVERYWHERE)
    def withdraw(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, publishing.withdraw, str(_("Made a draft again.")))

    def _each(self, request: HttpRequest, queryset: Any, act: Any, words: str) -> None:
        chosen = list(queryset)
        for article in chosen:
            act(editor=staff(request), article=article)
        self.log_each(request, chosen, words)
        self.message_user(request, f"{words} ({len(chosen)})")
