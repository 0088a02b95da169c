"""Desks of rows that films name: whoever deletes one takes it off its films, which remember it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from accounts.admin.desk import staff
from accounts.admin.picking import SuggestingDesk
from films import actions
from films.actions.dropping import MOST_FILMS, films_naming, too_many


class NamedDesk(SuggestingDesk):
    """For people and terms."""

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> Any:
        """The page that asks says when it cannot be, too."""
        rows = list(objs)
        refused = [too_many(row) for row in rows if films_naming(row)[: MOST_FILMS + 1].count() > MOST_FILMS]
        return ([], {}, set(), refused) if refused else super().get_deleted_objects(rows, request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.delete_named(curator=staff(request), row=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset:
            self.delete_model(request, row)
