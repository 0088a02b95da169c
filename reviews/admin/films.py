"""The desk of films with what members made of them beyond their marks: lists."""

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin.desk import staff
from films.admin.films import FilmDesk
from films.models import Film
from reviews.models import ListEntry

admin.site.unregister(Film)


@admin.register(Film)
class ListedFilmDesk(FilmDesk):
    def has_delete_permission(self, request: HttpRequest, obj: Film | None = None) -> bool:
        """Nor does its place on members’ lists, with their notes, go with a slip of a curator’s hand."""
        allowed = super().has_delete_permission(request, obj)
        if not allowed or obj is None or staff(request).is_superuser:
            return allowed
        return not ListEntry.objects.filter(film=obj).exists()
