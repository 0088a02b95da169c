"""What `accounts` has of a member who deletes their account: the doors, the name, and what everybody could read."""

from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Token
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import AccessToken, App, CopyPlace, FormerUsername, RetiredName, User, Webhook
from accounts.picture_files import remove_after_commit

EMPTIED: Final = ("email", "display_name", "bio", "location", "pronouns", "website", "avatar_key")
TAKEN_AWAY: Final = ("is_active", "is_staff", "is_superuser")


def refuse_last_administrator(member: User) -> None:
    """Raise ValidationError for the only one who can look after the house. Of two at once, one waits for the other."""
    if not member.is_superuser:
        return
    administrators = User.objects.select_for_update(no_key=True).filter(is_superuser=True, is_active=True)
    if {one.pk for one in administrators.order_by("pk").only("pk")} <= {member.pk}:
        raise ValidationError(
            _("You are the only administrator. Make somebody else one first, or nobody can look after the site."),
            code="last_administrator",
        )


def close_doors(member: User) -> None:
    """Nobody comes in as the member any more, on any device, by any program or service; nor anywhere by their apps.

    Nothing is sent to their programs, either.
    """
    devices = UserSession.objects.filter(user=member)
    Session.objects.filter(session_key__in=devices.values("session_key")).delete()
    models: tuple[Any, ...] = (UserSession, Authenticator, EmailAddress)
    if apps.is_installed("allauth.socialaccount"):
        models += (apps.get_app_config("socialaccount").get_model("SocialAccount"),)
    for model in models:
        model.objects.filter(user=member).delete()
    AccessToken.objects.filter(member=member).delete()
    Token.objects.filter(user=member).delete()
    App.objects.filter(owner=member).delete()
    Webhook.objects.filter(member=member).delete()
    CopyPlace.objects.filter(member=member).delete()


def retire_names(member: User) -> None:
    """The name, and those that the member had before: nobody else can take them."""
    former = FormerUsername.objects.filter(member=member)
    names = [member.username, *former.values_list("username", flat=True)]
    retired = [RetiredName(digest=RetiredName.digest_of(name)) for name in names]
    RetiredName.objects.bulk_create(retired, ignore_conflicts=True)
    former.delete()


def empty_account(member: User) -> None:
    """What is left is a number, under a name that no member can have, of which nobody sees anything."""
    remove_after_commit(member.avatar_key)
    for name in EMPTIED:
        setattr(member, name, "")
    for name in TAKEN_AWAY:
        setattr(member, name, False)
    member.username = f"-{member.pk}-"
    member.last_login = None
    member.set_unusable_password()
    member.save(update_fields=["username", "last_login", "password", *EMPTIED, *TAKEN_AWAY])
    member.groups.clear()
    member.user_permissions.clear()
