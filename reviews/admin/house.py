"""What the house itself says: its words, and its pages with a text to begin with."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, Desk, say_refusal, staff
from accounts.admin.two_windows import WatchfulForm
from accounts.legible import line_of
from reviews import house_texts
from reviews.actions import housekeeping
from reviews.admin.revisions import RevisionPages
from reviews.models import HousePage, HouseWords
from reviews.models.house import other_languages


class LinesForm(WatchfulForm):
    """`lines`: fields of which others must be able to see something."""

    lines: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name in self.lines:
            if name in said:
                said[name] = line_of(said[name], name)
        return said


class WordsForm(LinesForm):
    lines = ("line", "welcome", "contact")

    class Meta:
        model = HouseWords
        fields = lines = ("line", "welcome", "contact")
        widgets = {"welcome": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}


@admin.register(HouseWords)
class WordsDesk(Desk):
    form = WordsForm
    list_display = ("__str__", "contact", "updated_at")
    ordering = ("id",)
    fieldsets = ((None, {"fields": ("line", "welcome", "contact", "seen")}),)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """There is one row: where it is there already, that is what is wanted."""
        if self.has_add_permission(request) and HouseWords.objects.exists():
            return redirect("admin:reviews_housewords_change", 1)
        return super().add_view(request, form_url, extra_context)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Emptied fields do the same."""
        return False

    def save_model(self, request: HttpRequest, obj: HouseWords, form: Any, change: bool) -> None:
        said = {name: form.cleaned_data[name] for name in form.lines}
        obj.pk = housekeeping.say_words(editor=staff(request), **said).pk


class PageForm(LinesForm):
    lines = ("title",)
    published = forms.BooleanField(
        label=_("Published"),
        required=False,
        help_text=_("Everybody can read it, and the foot of every page leads there."),
    )

    class Meta:
        model = HousePage
        fields = ("kind", "title", "body", "place", "original", "language")
        widgets = {"body": forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField reading"})}
        help_texts = {"body": _("Markdown: ## heading, *italic*, **bold**, > quotation, [words](address).")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["published"] = self.instance.is_published
        if "language" in self.fields:
            languages = [("", _("The first language of the site")), *other_languages().items()]
            self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=languages, required=False)
            original: Any = self.fields["original"]
            original.queryset = HousePage.objects.originals().exclude(pk=self.instance.pk).in_order()

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if "language" in said:
            page = HousePage(pk=self.instance.pk, original=said.get("original"), language=said["language"])
            housekeeping.check_language(page)
            if page.original:
                said["kind"] = HousePage.Kind.OTHER
        if "body" in said:
            housekeeping.check_text(said["body"], published=said["published"])
        if self.instance.pk is None and not said.get("original"):
            housekeeping.check_room()
        return said


class PageState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("draft", _("Drafts")), ("published", _("Published"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[HousePage]:
        rows: QuerySet[HousePage] = queryset
        return rows.filter(published_at__isnull=self.value() == "draft") if self.value() else rows


@admin.register(HousePage)
class HousePageDesk(RevisionPages):
    form = PageForm
    texts = ((_("Title"), "title"), (_("Text"), "body"))
    put_back = housekeeping.restore_page
    list_display = ("title", "kind", "state", "place", "updated_at")
    list_filter = (PageState,)
    search_fields = ("title",)
    ordering = ("place", "id")
    actions = ("publish", "withdraw")
    fieldsets = (
        (None, {"fields": ("kind", "title", "body", "seen")}),
        (_("Who sees it, and where"), {"fields": ("published", "place", "preview")}),
    )
    readonly_fields = ("preview",)

    def get_fieldsets(self, request: HttpRequest, obj: HousePage | None = None) -> Any:
        """A house of one language hears nothing of others."""
        languages = ((_("In another language"), {"fields": ("original", "language")}),)
        return (*super().get_fieldsets(request, obj), *(languages if other_languages() else ()))

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        return (*self.list_display, "language") if other_languages() else self.list_display

    def get_urls(self) -> list[URLPattern]:
        begin = self.admin_site.admin_view(self.begin)
        return [path("begin/", begin, name="reviews_housepage_begin"), *super().get_urls()]

    def begin(self, request: HttpRequest) -> HttpResponse:
        """The texts that the house offers, of which each makes a draft."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            try:
                page = housekeeping.begin_page(editor=staff(request), kind=request.POST.get("kind", ""))
            except ValidationError as refusal:
                say_refusal(self, request, refusal)
                return redirect("admin:reviews_housepage_begin")
            self.log_addition(request, page, str(_("Begun with a text of the house.")))
            self.message_user(
                request, _("A draft. Read it, and fill in what stands in [[brackets]]."), messages.SUCCESS
            )
            return redirect("admin:reviews_housepage_change", page.pk)
        there = {page.kind: page for page in HousePage.objects.exclude(kind=HousePage.Kind.OTHER)}
        return TemplateResponse(request, "admin/reviews/housepage/begin.html", {
            **self.admin_site.each_context(request),
            "title": _("Begin with a text"),
            "opts": self.opts,
            "offers": [(HousePage.Kind(kind), there.get(kind)) for kind in house_texts.TEXTS],
        })  # fmt: skip

    def save_model(self, request: HttpRequest, obj: HousePage, form: Any, change: bool) -> None:
        names = ("kind", "title", "body", "place", "published", "original", "language")
        said = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
        obj.pk = housekeeping.save_page(editor=staff(request), page=obj if change else None, **said).pk
        obj.refresh_from_db()

    def delete_model(self, request: HttpRequest, obj: HousePage) -> None:
        housekeeping.delete_page(editor=staff(request), page=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for page in queryset:
            housekeeping.delete_page(editor=staff(request), page=page)

    @admin.display(description=_("state"), ordering="published_at")
    def state(self, page: HousePage) -> str:
        return str(_("Published") if page.is_published else _("Draft"))

    @admin.display(description=_("preview"))
    def preview(self, page: HousePage) -> str:
        if page.pk is None:
            return str(_("Save it first: “Save and continue editing”."))
        return self.link(page, str(_("Read it as it will look. Until it is published only administrators can.")))

    @admin.action(description=_("Publish now"), permissions=["change"], location=EVERYWHERE)
    def publish(self, request: HttpRequest, queryset: Any) -> None:
        waiting = [page for page in queryset if not page.is_published]
        self._each(request, waiting, housekeeping.publish_page, str(_("Published.")))

    @admin.action(description=_("Make it a draft again"), permissions=["change"], location=EVERYWHERE)
    def withdraw(self, request: HttpRequest, queryset: Any) -> None:
        shown = [page for page in queryset if page.is_published]
        self._each(request, shown, housekeeping.withdraw_page, str(_("Made a draft again.")))

    def _each(self, request: HttpRequest, pages: list[HousePage], act: Any, words: str) -> None:
        """Do it to each page. One that cannot be published says why, and the others go on."""
        done = []
        for page in pages:
            try:
                done.append(act(editor=staff(request), page=page))
            except ValidationError as refusal:
                say_refusal(self, request, ValidationError([f"{page}: {told}" for told in refusal.messages]))
        self.log_each(request, done, words)
        self.message_user(request, f"{words} ({len(done)})")
