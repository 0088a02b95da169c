"""Notices above every page: what they say, to whom, and how long."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, Desk, staff
from reviews.actions import noticing
from reviews.admin.house import LinesForm
from reviews.models import HouseNotice


class NoticeForm(LinesForm):
    lines = noticing.LINES

    class Meta:
        model = HouseNotice
        fields = ("kind", "words", "link", "link_words", "audience", "starts_at", "ends_at")
        widgets = {"words": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "starts_at" in self.fields:
            self.fields["starts_at"].show_hidden_initial = False

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        noticing.check_room(said.get("ends_at"), besides=self.instance.pk)
        return said


class NoticeState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("standing", _("Standing now")), ("coming", _("Coming")), ("over", _("Over"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[HouseNotice]:
        now = timezone.now()
        states = {"standing": queryset.standing, "coming": lambda: queryset.filter(starts_at__gt=now)}
        states["over"] = lambda: queryset.filter(ends_at__lte=now)
        chosen: QuerySet[HouseNotice] = states.get(self.value() or "", queryset.all)()
        return chosen


@admin.register(HouseNotice)
class HouseNoticeDesk(Desk):
    form = NoticeForm
    list_display = ("words", "audience", "state", "starts_at", "ends_at", "number")
    list_filter = (NoticeState, "kind")
    search_fields = ("words",)
    ordering = ("-starts_at", "-id")
    actions = ("end",)
    fieldsets = (
        (None, {"fields": ("kind", "words", ("link", "link_words"), "seen")}),
        (_("For whom, and how long"), {"fields": ("audience", ("starts_at", "ends_at"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[HouseNotice]:
        return super().get_queryset(request).annotate(number=Count("put_away"))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Without a line for each member who has put it away: that may be all of them."""
        return [str(notice) for notice in objs], {self.opts.verbose_name_plural: len(objs)}, set(), []

    def save_model(self, request: HttpRequest, obj: HouseNotice, form: Any, change: bool) -> None:
        said = {name: form.cleaned_data[name] for name in NoticeForm.Meta.fields}
        obj.pk = noticing.save_notice(editor=staff(request), notice=obj if change else None, **said).pk
        obj.refresh_from_db()

    def delete_model(self, request: HttpRequest, obj: HouseNotice) -> None:
        noticing.delete_notice(editor=staff(request), notice=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for notice in queryset:
            noticing.delete_notice(editor=staff(request), notice=notice)

    @admin.display(description=_("state"), ordering="starts_at")
    def state(self, notice: HouseNotice) -> str:
        now = timezone.now()
        if notice.ends_at is not None and notice.ends_at <= now:
            return str(_("Over"))
        return str(_("Coming") if notice.starts_at > now else _("Standing now"))

    @admin.display(description=_("put away by members"), ordering="number")
    def number(self, notice: Any) -> int:
        return int(notice.number)

    @admin.action(description=_("End now"), permissions=["change"], location=EVERYWHERE)
    def end(self, request: HttpRequest, queryset: Any) -> None:
        now = timezone.now()
        standing = [notice for notice in queryset if notice.ends_at is None or notice.ends_at > now]
        for notice in standing:
            noticing.end_notice(editor=staff(request), notice=notice)
        said = str(_("Ended."))
        self.log_each(request, standing, said)
        self.message_user(request, f"{said} ({len(standing)})")
