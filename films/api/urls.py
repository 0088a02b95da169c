"""The catalogue's endpoints. `reviews.api.urls` puts them together with the others."""

from django.urls import URLPattern, path

from films.api import views

urlpatterns: list[URLPattern] = [
    path("films/", views.FilmList.as_view(), name="films"),
    path("films/<str:slug>/", views.FilmDetail.as_view(), name="film"),
    path("people/", views.PersonList.as_view(), name="people"),
    path("people/<str:slug>/", views.PersonDetail.as_view(), name="person"),
    path("leaving-soon/", views.LeavingSoon.as_view(), name="leaving_soon"),
]
