"""The site map."""
from django.contrib import admin
from django.urls import include, path

from accounts import lights

urlpatterns = [
    path("lights/", lights.switch, name="lights"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("admin/", admin.site.urls),
    path("", include("reviews.urls")),
]
