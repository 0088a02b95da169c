"""What a member does to their own account and to other members. Each is one transaction, and may be repeated."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.idp.oidc.models import Token
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.freshness import by_tag, near_face, near_oneself
from accounts.legible import one_line
from accounts.models import AccessToken, Block, Follow, FollowRequest, FormerUsername, Invite, Mute, RetiredName, User
from accounts.models.limit import SPAN, count_request
from accounts.models.token import Scope, digest
from accounts.names import validate_username
from accounts.picture_files import remove_after_commit
from accounts.pictures import PictureRefused, Readable, save_avatar
from config.writes import only

MOST_TOKENS = 20
MOST_PICTURES = 40
DAY = 24 * 3600
# Each name that somebody had is theirs for good, so nobody may gather them.
MOST_NAMES = 5
NAMES_WITHIN = timedelta(days=30)


def hold_member(member: User) -> None:
    """Let what else begins with this for the same member wait until the transaction ends.

    So two presses of a button follow each other, and the second finds what the first has done.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=member.pk)


def hold_both(member: User, other: User) -> tuple[User, User]:
    """Both as they are now, and what they are to each other stays so until the transaction ends.

    In the order of their numbers, so that two who follow each other at once do not lock each other out.
    """
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=[member.pk, other.pk]).order_by("pk")
    held = {row.pk: row for row in rows}
    return held[member.pk], held[other.pk]


@transaction.atomic
def follow(*, member: User, other: User) -> Follow:
    """Raises PermissionDenied where one of the two blocks the other, ValidationError for oneself.

    Pages and programs call reviews.actions.following, which asks members whose account is private, and tells.
    """
    if member.pk == other.pk:
        raise ValidationError(_("You cannot follow yourself."), code="self")
    hold_both(member, other)
    refuse_across_block(member, other)
    return Follow.objects.get_or_create(follower=member, followed=other)[0]


def refuse_across_block(member: User, other: User) -> None:
    """Raise PermissionDenied where one of the two blocks the other."""
    if Block.objects.filter(blocker__in=[member, other], blocked__in=[member, other]).exists():
        raise PermissionDenied(_("You cannot follow this member."))


@transaction.atomic
def unfollow(*, member: User, other: User) -> None:
    hold_both(member, other)
    Follow.objects.filter(follower=member, followed=other).delete()


@transaction.atomic
def block(*, member: User, other: User) -> Block:
    """Neither sees the other from now on; both stop following and asking to. Raises ValidationError for oneself.

    Pages and programs call reviews.actions.parting, which ends what the two share in the community as well.
    """
    if member.pk == other.pk:
        raise ValidationError(_("You cannot block yourself."), code="self")
    hold_both(member, other)
    Follow.objects.filter(follower__in=[member, other], followed__in=[member, other]).delete()
    FollowRequest.objects.filter(follower__in=[member, other], followed__in=[member, other]).delete()
    return Block.objects.get_or_create(blocker=member, blocked=other)[0]


def unblock(*, member: User, other: User) -> None:
    with only(by_tag(member.pk), by_tag(other.pk)):
        Block.objects.filter(blocker=member, blocked=other).delete()


@near_oneself
def mute(*, member: User, other: User) -> Mute:
    """The member hears nothing of the other from now on; the other is not told. Raises ValidationError for oneself."""
    if member.pk == other.pk:
        raise ValidationError(_("You cannot mute yourself."), code="self")
    return Mute.objects.get_or_create(muter=member, muted=other)[0]


@near_oneself
def unmute(*, member: User, other: User) -> None:
    Mute.objects.filter(muter=member, muted=other).delete()


def refuse_taken_username(name: str, *, member: User | None = None) -> None:
    """Raise ValidationError when somebody else has this name, or had it, be it an account that is deleted."""
    others, former = User.objects.named(name), FormerUsername.objects.filter(username__iexact=name)
    if member is not None:
        others, former = others.exclude(pk=member.pk), former.exclude(member=member)
    if others.exists() or former.exists() or RetiredName.holds(name):
        raise ValidationError(_("Somebody has this name already. Choose another."), code="username_taken")


@transaction.atomic
def change_username(*, member: User, username: str) -> User:
    """The old address leads to the new one for ever. Raises ValidationError for a name that cannot be had."""
    validate_username(username)
    refuse_taken_username(username, member=member)
    locked = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    if locked.username.lower() != username.lower():
        FormerUsername.objects.filter(member=locked, username__iexact=username).delete()
        FormerUsername.objects.get_or_create(member=locked, username=locked.username)
    locked.username = member.username = username
    locked.save(update_fields=["username"])
    return locked


@transaction.atomic
def rename_oneself(*, member: User, username: str) -> User:
    """As `change_username`, for members themselves: at most MOST_NAMES times in thirty days. A name that was theirs
    before they may always take back. Raises ValidationError.
    """
    hold_member(member)
    names = FormerUsername.objects.filter(member=member)
    given_up = names.filter(until__gt=timezone.now() - NAMES_WITHIN).order_by("-until")
    is_theirs = username.lower() == member.username.lower() or names.filter(username__iexact=username).exists()
    if not is_theirs and (oldest := given_up[MOST_NAMES - 1 : MOST_NAMES].first()) is not None:
        raise ValidationError(
            _("You have changed your name %(most)d times in 30 days. You can choose another from %(day)s on.")
            % {"most": MOST_NAMES, "day": date_format(oldest.until + NAMES_WITHIN + timedelta(days=1), "DATE_FORMAT")},
            code="username_often",
        )
    return change_username(member=member, username=username)


@transaction.atomic
def save_profile(*, member: User, display_name: str, bio: str, location: str, pronouns: str, website: str) -> User:
    """What everybody may read of a member. Raises ValidationError by field."""
    locked = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    said = {
        "display_name": display_name, "bio": bio, "location": location, "pronouns": pronouns, "website": website,
    }  # fmt: skip
    had = {name: getattr(locked, name) for name in said}
    for name, words in said.items():
        setattr(locked, name, words.strip() if name == "bio" else one_line(words))
    locked.clean_fields(exclude=[f.name for f in User._meta.fields if f.name not in said])
    changed = [name for name, words in had.items() if words != getattr(locked, name)]
    store = _save_face if "display_name" in changed else _save_words
    store(member=locked, fields=changed)
    return locked


@near_face
def _save_face(*, member: User, fields: list[str]) -> None:
    member.save(update_fields=fields)


@near_oneself
def _save_words(*, member: User, fields: list[str]) -> None:
    member.save(update_fields=fields)


@near_face
def set_avatar(*, member: User, file: Readable | None) -> User:
    """Take a picture for the member, or none. Raises PictureRefused for a file that is no fit picture, and for one
    more than MOST_PICTURES of a day: reading any takes a processor for a second.
    """
    if file is not None:
        last_span = (int(time.time()) // DAY + 1) * DAY // SPAN  # of the day
        if count_request(f"pictures:{member.pk}", last_span) > MOST_PICTURES:
            raise PictureRefused(_("You have sent %(most)d pictures today. Send another tomorrow.") % {
                "most": MOST_PICTURES,
            })  # fmt: skip
    key = save_avatar(file) if file is not None else ""
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=member.pk)
        remove_after_commit(locked.avatar_key)
        locked.avatar_key = member.avatar_key = key
        locked.save(update_fields=["avatar_key"])
    return locked


@transaction.atomic
def make_token(
    *, member: User, name: str, scopes: Iterable[str], expires_at: datetime | None = None
) -> tuple[AccessToken, str]:
    """The new token and its secret, which is shown now and never again."""
    hold_member(member)  # so that there are never too many
    if AccessToken.objects.filter(member=member).count() >= MOST_TOKENS:
        raise ValidationError(
            _("You have %(most)d tokens already. Revoke one that you no longer use.") % {"most": MOST_TOKENS},
            code="most",
        )
    wanted = {Scope(scope).value for scope in scopes} | {Scope.READ.value}
    secret = AccessToken.new_secret()
    token = AccessToken(
        member=member,
        name=name.strip(),
        digest=digest(secret),
        hint=secret[:8],
        scopes=sorted(wanted),
        expires_at=expires_at,
    )
    token.full_clean()
    token.save()
    return token, secret


def revoke_token(*, member: User, token_id: int) -> None:
    AccessToken.objects.filter(member=member, pk=token_id).delete()


def revoke_all_tokens(*, member: User) -> None:
    """Their own, and those of apps that they let in."""
    AccessToken.objects.filter(member=member).delete()
    Token.objects.filter(user=member).delete()


def make_invite(*, member: User, expires_at: datetime | None = None) -> Invite:
    if not member.has_perm("accounts.add_invite"):
        raise PermissionDenied(_("Only the people who run this house give invitations."))
    return Invite.objects.create(created_by=member, expires_at=expires_at)


def _require_may_suspend(moderator: User, member: User) -> None:
    if not moderator.has_perm("accounts.suspend_user"):
        raise PermissionDenied(_("Only moderators do this."))
    if (member.is_staff or member.is_superuser) and not moderator.is_superuser:
        raise PermissionDenied(_("Only an administrator suspends somebody of the staff."))
    if member.pk == moderator.pk:
        raise PermissionDenied(_("You cannot suspend yourself."))


@transaction.atomic
def suspend_member(*, moderator: User, member: User) -> User:
    """Nobody sees what the member wrote, and they cannot come in, until they are reinstated; nothing is deleted."""
    _require_may_suspend(moderator, member)
    User.objects.filter(pk=member.pk).update(is_active=False)
    member.is_active = False
    return member


@transaction.atomic
def reinstate_member(*, moderator: User, member: User) -> User:
    """Open the door again to a member who was suspended."""
    _require_may_suspend(moderator, member)
    User.objects.filter(pk=member.pk).update(is_active=True)
    member.is_active = True
    return member


@transaction.atomic
def empty_profile(*, moderator: User, member: User) -> User:
    """Delete what a member says of themselves on their page, for good."""
    _require_may_suspend(moderator, member)
    for name in ("display_name", "pronouns", "location", "website", "bio"):
        setattr(member, name, "")
    member.save(update_fields=["display_name", "pronouns", "location", "website", "bio"])
    return member


@transaction.atomic
def take_invite(*, member: User, code: str) -> Invite:
    """Use an invitation up for a new member. Raises ValidationError when it is unknown, used or too old."""
    invite = Invite.objects.select_for_update(no_key=True).open().filter(code=code).first()
    if invite is None:
        raise ValidationError(_("This invitation is no longer open."), code="invite")
    invite.used_by, invite.used_at = member, timezone.now()
    invite.save(update_fields=["used_by", "used_at"])
    return invite
