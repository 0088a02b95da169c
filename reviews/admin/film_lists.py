"""Lists as moderators see them: to read, to remove with a reason, to put back."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from reviews.admin.texts import StandingFilter, TextDesk, reported
from reviews.models import FilmList
from reviews.searches import words_of
from reviews.self_filling import found_by

SHOWN = 100


@admin.register(FilmList)
class FilmListDesk(TextDesk):
    list_display = ("beginning", "member", "film_number", "visibility", "updated_at", "stands")
    list_filter = (StandingFilter,)
    list_select_related = ("member",)
    search_fields = ("^member__username", "title")
    search_help_text = _("The beginning of a username, or a part of the title")
    ordering = ("-updated_at", "-id")
    fields = (
        "member", "title", "words", "notes", "tags", "is_ranked", "visibility", "film_number", "created_at",
        "updated_at", "removed_at", "removed_by", "removal_reason",
    )  # fmt: skip
    readonly_fields = ("words", "notes", "film_number")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FilmList]:
        """A list for its member alone is nobody's business, unless somebody who helps with it reports it."""
        seen = ~Q(visibility=FilmList.Visibility.PRIVATE)
        return super().get_queryset(request).filter(seen | reported(FilmList)).select_related("member")

    @admin.display(description=_("begins"))
    def beginning(self, text: FilmList) -> str:
        return Truncator(text.title).chars(90)

    @admin.display(description=_("films"), ordering="film_count")
    def film_number(self, text: FilmList) -> int | str:
        return str(_("fills itself")) if text.fills_itself else text.film_count

    @admin.display(description=_("description"))
    def words(self, text: FilmList) -> str:
        return format_html('<div class="as-written">{}</div>', text.description)

    @admin.display(description=_("films and notes"))
    def notes(self, text: FilmList) -> str:
        if text.fills_itself:
            asked = ", ".join(words_of(found_by(None, text).asked.filters))
            return format_html('<a href="{}">{}</a>', text.finds_url, asked)
        entries = text.entries.select_related("film").order_by("position")[:SHOWN]
        rows = ((entry.position, str(entry.film), entry.note) for entry in entries)
        return format_html_join("", '<div class="as-written">{}. {}\n{}</div>', rows)
