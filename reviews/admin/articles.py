"""Articles: drafts, scheduled, published."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, say_refusal, staff
from accounts.admin.picking import PickForm, PickManyField
from accounts.admin.picturing import FIELDS, FOCUS, PicturedForm, picture_now, take_picture
from accounts.admin.two_windows import UnseenInput
from accounts.clock import clock_time
from accounts.models import User
from films.admin.shelves import FILMS, PEOPLE
from reviews import markup
from reviews.actions import publishing
from reviews.admin.revisions import RevisionPages
from reviews.models import Article


class ArticleForm(PicturedForm, PickForm):
    films = PickManyField(FILMS, label=_("Films"), required=False, help_text=_("Several with semicolons between."))
    people = PickManyField(PEOPLE, label=_("People"), required=False, help_text=_("Several with semicolons between."))
    seen_version = forms.IntegerField(widget=UnseenInput, required=False)

    class Meta:
        model = Article
        fields = (
            "kind", "title", "standfirst", "body", "author", "byline", "outlet", "outlet_url", "score_value",
            "score_scale", "picture_alt", "picture_credit", "films", "people", "published_at",
        )  # fmt: skip
        help_texts = {
            "picture_alt": _("For people who cannot see it: “Two people share a pair of headphones”."),
            "picture_credit": _("Who made it, and by what right we show it: “Ann Lee, CC BY 4.0”."),
            "outlet_url": _("Where the whole text is."),
            "score_scale": _("As the critic gave it: 4 out of 5, 83 out of 100."),
            "published_at": _("In the future: it appears then by itself. Empty: a draft. Times are UTC."),
            "body": _("Markdown: ## heading, *italic*, **bold**, > quotation, [words](address)."),
        }
        widgets = {
            "body": forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField reading"}),
            "standfirst": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.instance.version
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

    def clean(self) -> dict[str, Any]:
        """Refuse once what was written on an older version, keep the words, and let the next try replace it."""
        if self.instance.pk:
            try:
                publishing.lock(self.instance, self.cleaned_data.get("seen_version"))
            except publishing.StaleArticle as stale:
                sent = cast(QueryDict, self.data).copy()
                sent[self.add_prefix("seen_version")] = str(stale.article.version)
                self.data = sent
                self.add_error(None, what_happened(stale.article))
        return super().clean()


def what_happened(article: Article) -> SafeString:
    """To somebody whose form is older than the article: who changed it, where to look, and what saving again does."""
    revision = article.revisions.select_related("by").first()
    return format_html(
        '{} <a href="{}">{}</a>',
        _("%(who)s changed this article at %(when)s, after you opened it. Nothing is saved yet; your words are below.")
        % {
            "who": revision.by.name if revision and revision.by else _("Somebody"),
            "when": clock_time(article.updated_at),
        },
        reverse("admin:reviews_article_revisions", args=[article.pk]),
        _("Look at the other version, then save again to put yours in its place."),
    )


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
class ArticleDesk(RevisionPages):
    form = ArticleForm
    texts = ((_("Headline"), "title"), (_("Standfirst"), "standfirst"), (_("Text"), "body"))
    put_back = publishing.restore
    list_display = ("title", "kind", "state", "published_at", "writer")
    list_filter = (StateFilter, "kind")
    list_select_related = ("author",)
    search_fields = ("title", "standfirst")
    actions = ("publish", "withdraw")
    fieldsets = (
        (None, {"fields": ("kind", "title", "standfirst", "body", "seen_version")}),
        (_("Picture"), {"fields": (*FIELDS, "picture_alt", "picture_credit", FOCUS)}),
        (_("What it is about"), {"fields": ("films", "people")}),
        (_("Whose words"), {"fields": ("author", "byline", ("outlet", "outlet_url"), ("score_value", "score_scale"))}),
        (_("When"), {"fields": ("published_at", "state", "preview")}),
    )
    readonly_fields = ("state", "preview", "picture_now")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        unpublished_first = Case(
            When(published_at__lte=timezone.now(), then=Value(1)), default=Value(0), output_field=IntegerField()
        )
        return super().get_queryset(request).order_by(unpublished_first, "-published_at", "-id")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk} | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        editor, facts = staff(request), form.said
        if not change:
            facts["author"] = form.cleaned_data["author"]
        if facts or not change:
            obj.pk = publishing.save_article(editor=editor, article=obj if change else None, **facts).pk
        obj.refresh_from_db()
        hang = partial(publishing.set_article_picture, editor=editor, article=obj, **form.wish)
        take_picture(self, request, hang)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Films and people were stored with the article."""

    @admin.display(description=_("state"), ordering="published_at")
    def state(self, article: Article) -> str:
        if article.pk is None or article.published_at is None:
            return str(_("Draft"))
        if (moment := article.scheduled_for) is not None:
            return _("Scheduled for %(when)s") % {"when": clock_time(moment)}
        return str(_("Published"))

    @admin.display(description=_("picture now"))
    def picture_now(self, article: Article) -> str:
        return picture_now(article)

    @admin.display(description=_("by"))
    def writer(self, article: Article) -> str:
        return article.writer or "–"

    @admin.display(description=_("preview"))
    def preview(self, article: Article) -> str:
        if article.pk is None:
            return str(_("Save it first: “Save and continue editing”."))
        return self.link(article, str(_("Read it as it will look. Until it is published only the staff can.")))

    @admin.action(description=_("Publish now"), permissions=["change"], location=EVERYWHERE)
    def publish(self, request: HttpRequest, queryset: Any) -> None:
        waiting = [article for article in queryset if not article.is_published]
        self._each(request, waiting, publishing.publish, str(_("Published.")))

    @admin.action(description=_("Make it a draft again"), permissions=["change"], location=EVERYWHERE)
    def withdraw(self, request: HttpRequest, queryset: Any) -> None:
        timed = [article for article in queryset if article.published_at]
        self._each(request, timed, publishing.withdraw, str(_("Made a draft again.")))

    def _each(self, request: HttpRequest, articles: list[Article], act: Any, words: str) -> None:
        """Do it to each article. One that cannot be stored says why, and the others go on."""
        done = []
        for article in articles:
            try:
                done.append(act(editor=staff(request), article=article))
            except ValidationError as refusal:
                say_refusal(self, request, ValidationError([f"{article}: {told}" for told in refusal.messages]))
        self.log_each(request, done, words)
        self.message_user(request, f"{words} ({len(done)})")
