"""Pages that need the catalogue alone. `reviews.urls` puts them into the namespace `films`."""

from django.urls import URLPattern

from films.poster_urls import urlpatterns as posters

urlpatterns: list[URLPattern] = [
    *posters,
]
