"""The desk of films with what members made of them beyond their marks: lists."""

from collections import Counter
from typing import Any, Final

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from accounts.admin.desk import staff
from films.admin.films import FilmDesk
from films.models import Film
from reviews.models import Comment, Favourite, ListEntry, Mark, Review, Viewing

MOST_SHOWN: Final = 200  # marks that are shown one by one to whoever deletes their film
MADE_OF_FILMS: Final[tuple[type[Model], ...]] = (Mark, Viewing, Review, Comment, ListEntry, Favourite)

admin.site.unregister(Film)


@admin.register(Film)
class ListedFilmDesk(FilmDesk):
    def has_delete_permission(self, request: HttpRequest, obj: Film | None = None) -> bool:
        """Nor does its place on members’ lists, with their notes, go with a slip of a curator’s hand."""
        allowed = super().has_delete_permission(request, obj)
        if not allowed or obj is None or staff(request).is_superuser:
            return allowed
        return not ListEntry.objects.filter(film=obj).exists()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes with the films. If many members have marked them, it is counted by kind: a page that names all
        takes too long.
        """
        films = list(objs)
        if Mark.objects.filter(film__in=films)[: MOST_SHOWN + 1].count() <= MOST_SHOWN:
            return super().get_deleted_objects(films, request)
        refused = {str(self.opts.verbose_name) for film in films if not self.has_delete_permission(request, film)}
        goes = Counter({str(self.opts.verbose_name_plural): len(films)})
        for model in MADE_OF_FILMS:
            if number := model._base_manager.filter(film__in=films).count():
                goes[str(model._meta.verbose_name_plural)] = number
                desk = self.admin_site._registry.get(model)
                if desk and not desk.has_delete_permission(request):
                    refused.add(str(model._meta.verbose_name))
        return [str(film) for film in films], dict(goes), refused, []
