"""OpenID Connect, under the names by which allauth finds its own addresses."""

from django.urls import include, path

from accounts.views import identity

oidc = (
    [
        path(".well-known/openid-configuration", identity.configuration, name="configuration"),
        path(".well-known/jwks.json", identity.jwks, name="jwks"),
        path("identity/o/authorize", identity.authorization, name="authorization"),
        path("identity/o/api/token", identity.token, name="token"),
        path("identity/o/api/revoke", identity.revoke, name="revoke"),
        path("identity/o/api/userinfo", identity.userinfo, name="userinfo"),
        # What the house does without. allauth looks for them by these names.
        path("identity/o/logout", identity.left_out, name="logout"),
        path("identity/o/api/device/code", identity.left_out, name="device_code"),
    ],
    "oidc",
)
app_name = "idp"
urlpatterns = [path("", include(oidc))]
