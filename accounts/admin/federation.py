"""Other servers: which are blocked, who is there, and what came in."""

from typing import Any, ClassVar, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, Reading, staff
from accounts.federation.blocking import block_server, checked_domain, listed, unblock_server
from accounts.models import Arrival, ServerBlock, Stranger

LARGEST_LIST: Final = 2**20  # bytes


class BlockForm(forms.ModelForm):
    """One server, or a list of them in a file."""

    file = forms.FileField(
        label=_("or a list"),
        required=False,
        help_text=_("A text with a name a line, or the list of blocked domains as Mastodon exports it (CSV)."),
    )

    class Meta:
        model = ServerBlock
        fields: ClassVar[list[str]] = ["domain", "file", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "domain" in self.fields:
            self.fields["domain"].required = False
        self.names: dict[str, str] = {}
        self.wrong: list[str] = []

    def clean_domain(self) -> str:
        said = str(self.cleaned_data["domain"])
        try:
            return checked_domain(said) if said else ""
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from None

    def clean_file(self) -> Any:
        if (file := self.cleaned_data["file"]) is None:
            return None
        if file.size > LARGEST_LIST:
            raise ValidationError(_("Choose a file of at most 1 MB."))
        try:
            self.names, self.wrong = listed(file.read().decode("utf-8-sig").splitlines())
        except UnicodeDecodeError:
            raise ValidationError(_("This is no text. Choose the list as a file of text.")) from None
        if not self.names:
            raise ValidationError(_("This list names no server that is to be blocked."))
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("domain"):
            self.names[said["domain"]] = said.get("reason", "")
        elif not self.names and not self.errors:
            self.add_error("domain", _("Write the name of a server, or choose a list."))
        return said


@admin.register(ServerBlock)
class ServerBlockDesk(Desk):
    """What is blocked. All that is known of a server goes with the block, at once."""

    form = BlockForm
    list_display = ("domain", "reason", "by", "created_at")
    list_select_related = ("by",)
    looked_up_by = frozenset()
    search_fields = ("domain",)
    ordering = ("domain",)
    fields = ("domain", "file", "reason")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj is None else ("domain", "reason", "by", "created_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else ("domain", "reason", "by", "created_at")

    def save_model(self, request: HttpRequest, obj: ServerBlock, form: Any, change: bool) -> None:
        for domain, why in form.names.items():
            reason = why or form.cleaned_data["reason"]
            obj.pk = block_server(moderator=staff(request), domain=domain, reason=reason).pk
        obj.domain = domain
        told = _("Servers that are blocked now: %(count)d") % {"count": len(form.names)}
        self.message_user(request, told, messages.SUCCESS)
        if form.wrong:
            told = _("No names of servers, and left out: %(names)s") % {"names": ", ".join(form.wrong[:20])}
            self.message_user(request, told, messages.WARNING)

    def delete_model(self, request: HttpRequest, obj: ServerBlock) -> None:
        unblock_server(moderator=staff(request), block=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ServerBlock]) -> None:
        for block in queryset:
            unblock_server(moderator=staff(request), block=block)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Stranger)
class StrangerDesk(Reading, Desk):
    """Who elsewhere follows somebody here, is followed, likes something, or asked to."""

    list_display = ("handle", "name", "host", "fetched_at")
    looked_up_by = frozenset()
    search_fields = ("username", "host")
    ordering = ("-pk",)
    fields = readonly_fields = ("handle", "name", "uri", "host", "fetched_at")

    @admin.display(description=_("name there"))
    def handle(self, stranger: Stranger) -> str:
        return stranger.handle


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Arrival.State.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(state=self.value()) if self.value() in Arrival.State.values else queryset


@admin.register(Arrival)
class ArrivalDesk(Reading, Desk):
    """What other servers sent in the last seven days, and what became of it."""

    list_display = ("kind", "actor", "host", "received_at", "state", "because")
    list_filter = (StateFilter,)
    looked_up_by = frozenset()
    search_fields = ("host", "actor")
    ordering = ("-received_at", "-pk")
    fields = readonly_fields = ("kind", "actor", "host", "activity", "received_at", "state", "because", "body")
