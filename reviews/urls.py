"""The site's pages: the catalogue's (names `films:…`) and the community's (names `reviews:…`)."""
from django.urls import URLPattern, include, path

from films.urls import urlpatterns as films_pages

catalogue: list[URLPattern] = [
    *films_pages,
    # Films
    # People and collections
]

community: list[URLPattern] = [
    # Home and search
    # A film's reviews and what I make of it
    # Reviews and comments
    # Articles
    # Members
    # For machines
]

urlpatterns = [
    path("", include((catalogue, "films"))),
    path("", include((community, "reviews"))),
]
