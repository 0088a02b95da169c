"""The catalogue's endpoints. `reviews.api.urls` puts them together with the others."""

from django.urls import URLPattern, path

from films.api import awards, memory, views

urlpatterns: list[URLPattern] = [
    path("films/<str:slug>/sources/", memory.FilmSources.as_view(), name="film_sources"),
    path("films/<str:slug>/suggestions/", memory.FilmSuggestions.as_view(), name="film_suggestions"),
    path("me/suggestions/", memory.MySuggestions.as_view(), name="my_suggestions"),
    path("people/", views.PersonList.as_view(), name="people"),
    path("people/<str:slug>/", views.PersonDetail.as_view(), name="person"),
    path("awards/", awards.Awards.as_view(), name="awards"),
    path("awards/<str:slug>/", awards.AwardYears.as_view(), name="award"),
    path("awards/<str:slug>/<int:year>/", awards.AwardYear.as_view(), name="award_year"),
    path("left-addresses/", views.LeftAddresses.as_view(), name="left_addresses"),
    path("leaving-soon/", views.LeavingSoon.as_view(), name="leaving_soon"),
]
