"""The endpoints of accounts. `reviews.api.urls` puts them together with the others."""

from django.urls import URLPattern, path

from accounts.api import views, webhooks

urlpatterns: list[URLPattern] = [
    path("me/tokens/", views.Tokens.as_view(), name="tokens"),
    path("me/tokens/<int:pk>/", views.Token.as_view(), name="token"),
    path("me/apps/", views.Apps.as_view(), name="apps"),
    path("me/apps/<slug:app_id>/", views.OneApp.as_view(), name="app"),
    path("me/webhooks/", webhooks.Webhooks.as_view(), name="webhooks"),
    path("me/webhooks/<int:pk>/", webhooks.OneWebhook.as_view(), name="webhook"),
    path("me/webhooks/<int:pk>/secret/", webhooks.WebhookSecret.as_view(), name="webhook_secret"),
    path("me/webhooks/<int:pk>/test/", webhooks.WebhookTest.as_view(), name="webhook_test"),
    path("me/webhooks/<int:pk>/deliveries/", webhooks.Deliveries.as_view(), name="deliveries"),
    path("me/webhooks/<int:pk>/deliveries/<int:delivery>/", webhooks.DeliveryAgain.as_view(), name="delivery"),
]
