"""The addresses of drawn posters."""

from django.urls import URLPattern, path

from films.views import posters

urlpatterns: list[URLPattern] = [
    path("posters/<int:film_id>-<int:version>-<int:width>.webp", posters.drawn, name="drawn_poster"),
]
