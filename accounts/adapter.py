"""Where allauth asks the house: who may sign up, and which names there are."""

import logging
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import mail
from accounts.actions import refuse_taken_username, revoke_all_tokens, take_invite
from accounts.copying import silence_copies
from accounts.freshness import MEMBERS
from accounts.models import User
from accounts.names import validate_username
from accounts.suspended import secret_of
from accounts.webhooks.registering import silence_webhooks
from config.writes import only

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "That username and password do not belong together. Write both again, with care."
        ),
        "email_password_mismatch": _("That email and password do not belong together. Write both again, with care."),
        "email_taken": _(
            "An account with this email is here already. Log in with it, or choose a new password for it."
        ),
        "incorrect_password": _("That is not your password. Write it again, with care."),
        "enter_current_password": _("That is not your current password. Write it again, with care."),
        "too_many_login_attempts": _("That was tried too often. Wait a few minutes, or choose a new password."),
    }

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        message: EmailMessage = super().render_mail(*args, **kwargs)
        if isinstance(message, EmailMultiAlternatives) and not message.alternatives:
            mail.add_html(message)
        return message

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links in a mail lead to the site's own address, whatever host the request asked for: some are keys.

        A mail server that is away, or that refuses the address, breaks no page: what was done stays done, and the
        page says that the mail did not leave."""
        try:
            super().send_mail(template_prefix, email, {name: _at_home(value) for name, value in context.items()})
        except OSError:  # smtplib's errors are such
            logger.exception("A mail was not taken by the mail server", extra={"mail": template_prefix})
            if self.request is not None:  # pages alone show it: allauth tells programs no messages
                self.add_message(self.request, messages.ERROR, message=gettext(
                    "The mail to you could not be sent: the mail server did not take it. See whether the address is"
                    " right, and ask for another in a few minutes."
                ))  # fmt: skip

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """They gave the right password: they may read why they cannot come in, and appeal."""
        return redirect("reviews:suspended", secret_of(user))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGNUP != "closed"

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Raises ValidationError for a name that nobody may have or that somebody has, or had."""
        validate_username(username)
        if not shallow:
            refuse_taken_username(username)
        return username

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new member; with sign-up by invitation their code is used up in the same transaction, or nobody is made.

        They show where members are looked for, and in what counts everybody. Raises PermissionDenied for a code that
        somebody else used a moment ago.
        """
        with transaction.atomic():
            with only(MEMBERS):
                saved: User = super().save_user(request, user, form, commit)
            if settings.SIGNUP == "invite":
                try:
                    take_invite(member=saved, code=form.cleaned_data.get("invite", ""))
                except ValidationError as refusal:
                    raise PermissionDenied(" ".join(refusal.messages)) from None
        return saved

    def set_password(self, user: Any, password: str) -> None:
        """Nothing else of the row is written: what the member changes meanwhile stays changed.

        Tokens end with the old password, and what apps were let do, as sessions do: whoever had it may have made them.
        For the same reason webhooks are switched off, and copies that are sent by themselves.
        """
        user.set_password(password)
        with transaction.atomic():
            user.save(update_fields=["password"])
            revoke_all_tokens(member=user)
            silence_webhooks(member=user)
            silence_copies(member=user)


def _at_home(value: Any) -> Any:
    """An address that was made from the request, at the site's own; anything else as it is."""
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return value
    parts = urlsplit(value)
    return value.replace(f"{parts.scheme}://{parts.netloc}", settings.SITE_URL, 1)
