"""Pages that need the catalogue alone. `reviews.urls` puts them into the namespace `films`."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
