"""What people on other servers say about films, as moderators see it: to read, and to take away."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, staff
from reviews.actions.removing_words import remove_words
from reviews.models import WordElsewhere


@admin.register(WordElsewhere)
class WordElsewhereDesk(Desk):
    """Who follows the writer reads it, and nobody else. To have nothing of somebody's server any more, block it."""

    list_display = ("writer", "film", "beginning", "half_stars", "spoilers", "published_at")
    list_select_related = ("stranger", "film")
    looked_up_by = frozenset()
    search_fields = ("stranger__username", "stranger__host", "words")
    ordering = ("-pk",)
    fields = readonly_fields = (
        "writer", "film", "words", "half_stars", "spoilers", "published_at", "received_at", "there",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[WordElsewhere]:
        return super().get_queryset(request).filter(removed_at=None).select_related("stranger", "film")

    def name_of(self, row: WordElsewhere) -> str:
        return f"{row.stranger.handle}: {row.film}"

    @admin.display(description=_("person elsewhere"))
    def writer(self, word: WordElsewhere) -> str:
        return word.stranger.handle

    @admin.display(description=_("begins"))
    def beginning(self, word: WordElsewhere) -> str:
        return Truncator(word.words).chars(90)

    @admin.display(description=_("address"))
    def there(self, word: WordElsewhere) -> str:
        return word.url

    def delete_model(self, request: HttpRequest, obj: WordElsewhere) -> None:
        remove_words(moderator=staff(request), word=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[WordElsewhere]) -> None:
        for word in queryset:
            remove_words(moderator=staff(request), word=word)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
