"""Pages that need the catalogue alone. `reviews.urls` puts them into the namespace `films`."""

from django.urls import URLPattern, path

from films.poster_urls import urlpatterns as posters
from films.views import cards, credits, sources, suggestions

urlpatterns: list[URLPattern] = [
    *posters,
    path("cards/films/<int:film_id>-<slug:version>.jpg", cards.film, name="film_card"),
    path("cards/collections/<int:collection_id>-<slug:version>.jpg", cards.collection, name="collection_card"),
    path("films/<slug:slug>/credits/", credits.credits, name="credits"),
    path("films/<slug:slug>/sources/", sources.sources, name="sources"),
    path("films/<slug:slug>/suggest/", suggestions.suggest, name="suggest"),
    # One's own suggestions, among the pages of one's own account
    path("accounts/suggestions/", suggestions.suggestions, name="suggestions"),
    path("accounts/suggestions/<int:suggestion_id>/withdrawal/", suggestions.withdraw, name="withdraw_suggestion"),
]
