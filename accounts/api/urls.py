"""The endpoints of accounts. `reviews.api.urls` puts them together with the others."""

from django.urls import URLPattern, path

from accounts.api import views

urlpatterns: list[URLPattern] = [
    path("me/tokens/", views.Tokens.as_view(), name="tokens"),
    path("me/tokens/<int:pk>/", views.Token.as_view(), name="token"),
    path("me/apps/", views.Apps.as_view(), name="apps"),
    path("me/apps/<slug:app_id>/", views.OneApp.as_view(), name="app"),
]
