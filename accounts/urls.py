"""One's own account, beside allauth's pages."""

from django.urls import path

from accounts.views import settings, tokens

app_name = "accounts"

urlpatterns = [
    # Settings
    path("settings/", settings.settings, name="settings"),
    path("settings/profile/", settings.profile, name="profile"),
    path("settings/username/", settings.username, name="username"),
    path("settings/picture/", settings.avatar, name="avatar"),
    path("settings/unblocking/", settings.unblocking, name="unblocking"),
    # Access tokens
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/revocation/", tokens.revoke, name="revoke_token"),
]
