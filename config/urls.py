"""The site map."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path, re_path

from accounts import lights, tongue
from config import errors, health, media
from config.api import docs

# Who is not logged in goes to the house's own door first.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth's documented way

handler500 = "config.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("media/<path:path>", media.serve, name="media"),
    path("lights/", lights.switch, name="lights"),
    path("language/", tongue.choose, name="language"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    # The house asks nobody for a telephone number, and allauth 65.21 breaks where somebody sends one unasked.
    re_path(r"^_allauth/app/v1/(?P<part>account|auth)/phone\b", errors.nothing_here),
    path("_allauth/", include("allauth.headless.urls")),
    path("", include("accounts.identity_urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("reviews.api.urls")),
    path("api/schema/", docs.schema, name="api_schema"),
    path("api/docs/", docs.page, name="api_docs"),
    path("", include("reviews.urls")),
]
