"""Pages that need the catalogue alone. `reviews.urls` puts them into the namespace `films`."""

from django.urls import URLPattern, path

from films.poster_urls import urlpatterns as posters
from films.views import credits

urlpatterns: list[URLPattern] = [
    *posters,
    path("films/<slug:slug>/credits/", credits.credits, name="credits"),
]
