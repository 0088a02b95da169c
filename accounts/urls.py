"""One's own account, beside allauth's pages."""

from django.urls import path

from accounts.views import apps, settings, tokens, webhooks

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
    # Apps by OpenID Connect
    path("apps/", apps.apps, name="apps"),
    path("apps/registration/", apps.register, name="register_app"),
    path("apps/<slug:app_id>/", apps.app, name="app"),
    path("apps/<slug:app_id>/secret/", apps.renew, name="renew_app_secret"),
    path("apps/<slug:app_id>/removal/", apps.remove, name="remove_app"),
    path("apps/<slug:app_id>/revocation/", apps.shut_out, name="shut_out_app"),
    # Webhooks
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/registration/", webhooks.register, name="register_webhook"),
    path("webhooks/<int:webhook_id>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:webhook_id>/secret/", webhooks.renew, name="renew_webhook_secret"),
    path("webhooks/<int:webhook_id>/switch/", webhooks.switch, name="switch_webhook"),
    path("webhooks/<int:webhook_id>/test/", webhooks.test, name="test_webhook"),
    path("webhooks/<int:webhook_id>/removal/", webhooks.remove, name="remove_webhook"),
    path("webhooks/<int:webhook_id>/deliveries/<int:delivery_id>/", webhooks.again, name="send_again"),
]
