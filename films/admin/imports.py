"""What was imported, how far it came, and what became of its entries. Nobody writes here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, Reading
from films.importers.reporting import reasons_in_words
from films.models import Conflict, ImportRun


@admin.register(ImportRun)
class ImportDesk(Reading, Desk):
    list_display = ("source", "place", "began", "state", "new", "changed", "same", "conflicts", "skipped")
    list_filter = ("source",)
    list_select_related = ("by",)
    search_fields = ("place",)
    fields = (
        "source", "place", "by", "started_at", "state", "new", "changed", "same", "conflicts", "waiting", "skipped",
        "why",
    )  # fmt: skip
    readonly_fields = ("state", "waiting", "why")

    @admin.display(description=_("started"), ordering="started_at")
    def began(self, run: ImportRun) -> Any:
        return run.started_at

    @admin.display(description=_("state"), ordering="finished_at")
    def state(self, run: ImportRun) -> str:
        if run.finished_at:
            took = run.finished_at - run.started_at
            return gettext("done in %(seconds)d s") % {"seconds": round(took.total_seconds())}
        return gettext("not finished: the same command goes on with it")

    @admin.display(description=_("waiting for a curator"))
    def waiting(self, run: ImportRun) -> str:
        number = Conflict.objects.filter(run=run, state=Conflict.State.WAITING).count()
        if not number:
            return "–"
        address = f"{reverse('admin:films_conflict_changelist')}?source__exact={run.source}"
        return format_html('<a href="{}">{}</a>', address, number)

    @admin.display(description=_("why entries were skipped or left out"))
    def why(self, run: ImportRun) -> str:
        lines = [(line.strip(),) for line in reasons_in_words(run.reasons)]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines)) if lines else "–"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("position")
