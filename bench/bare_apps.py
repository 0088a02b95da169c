"""What the bare site needs of allauth: that its models are known, for ours look at them."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Without allauth's own check that its middleware is there: the bare site has Django's alone."""

    name = "allauth.account"
    default_auto_field = "django.db.models.BigAutoField"
