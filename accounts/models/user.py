from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import OpClass
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.block import Block
from accounts.models.licence import Licence
from accounts.models.viewer import Viewer
from accounts.names import validate_username
from accounts.picture_files import url_of
from config.paths import path
from config.rows import Row

NAMES = ("username", "display_name")


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def named(self, username: str) -> Self:
        """The member of that name, whatever the case."""
        return self.filter(username__iexact=username)

    def not_blocking(self, viewer: Viewer) -> Self:
        """Leave out members who block the viewer or whom the viewer blocks."""
        if not getattr(viewer, "is_authenticated", False):
            return self
        return self.exclude(blocks_given__blocked=viewer).exclude(blocks_received__blocker=viewer)

    def knowing_apart(self) -> Self:
        """With `apart_ids`: the members who block this one, or whom this one blocks."""
        mine = models.Q(blocker=models.OuterRef("pk"))
        blocks = Block.objects.filter(mine | models.Q(blocked=models.OuterRef("pk")))
        other = models.Case(models.When(mine, then="blocked"), default="blocker", output_field=models.BigIntegerField())
        return self.annotate(apart_ids=ArraySubquery(blocks.values(other=other)))


class CommentPolicy(models.TextChoices):
    """Who may comment under what somebody wrote."""

    ANYONE = "anyone", _("Everyone who can read it")
    FOLLOWERS = "followers", _("My followers")
    NOBODY = "nobody", _("Nobody")


class TipPolicy(models.TextChoices):
    """Which members may recommend films to somebody."""

    FOLLOWED = "followed", _("Members I follow")
    CIRCLE = "circle", _("My followers, and members I follow")
    NOBODY = "nobody", _("Nobody")


class ShelfPolicy(models.TextChoices):
    """Who sees which films somebody owns. The values are those of reviews.models.Visibility."""

    PRIVATE = "private", _("Only me")
    FOLLOWERS = "followers", _("My followers")
    PUBLIC = "public", _("Everyone")


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # built at run time
    def create_user(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(username=username, email=self.normalize_email(email) or "", **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        return self.create_user(username, email, password, **fields | {"is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(Row, AbstractBaseUser, PermissionsMixin):
    """A member. The username is unique whatever its case, and part of the member's address."""

    username = models.CharField(_("username"), max_length=30, validators=[validate_username])
    email = models.EmailField(_("email"), blank=True)
    display_name = models.CharField(_("display name"), max_length=50, blank=True)
    bio = models.TextField(_("about you"), max_length=1000, blank=True, validators=[MaxLengthValidator(1000)])
    location = models.CharField(_("location"), max_length=80, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=30, blank=True)
    website = models.URLField(_("website"), max_length=200, blank=True)
    avatar_key = models.CharField(max_length=80, blank=True, editable=False)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    is_private = models.BooleanField(
        _("private account"),
        default=False,
        db_default=False,
        help_text=_("You choose who follows you, and only they see your films, diary, reviews and lists."),
    )
    comment_policy = models.CharField(
        _("who may comment under what you write"),
        max_length=10,
        choices=CommentPolicy,
        default=CommentPolicy.ANYONE,
        db_default=CommentPolicy.ANYONE,
    )
    tip_policy = models.CharField(
        _("which members may recommend films to me"),
        max_length=10,
        choices=TipPolicy,
        default=TipPolicy.FOLLOWED,
        db_default=TipPolicy.FOLLOWED,
        help_text=_("With a line to you, if they like. Nobody is told what you mute or do not want."),
    )
    shelf_policy = models.CharField(
        _("who can see which films I own"),
        max_length=10,
        choices=ShelfPolicy,
        default=ShelfPolicy.PRIVATE,
        db_default=ShelfPolicy.PRIVATE,
        help_text=_("Where a copy stands, and who has it on loan, is for your eyes only in any case."),
    )
    hides_scores = models.BooleanField(
        _("hide scores until I have rated the film"),
        default=False,
        db_default=False,
        help_text=_("Nobody else’s stars, no average and no bars, here or in mails, until you have given yours."),
    )
    wants_recommendations = models.BooleanField(
        _("recommend films to me"),
        default=True,
        db_default=True,
        help_text=_("From what you rate, like and put on your watchlist. Nobody else sees what is recommended to you."),
    )
    lends_taste = models.BooleanField(
        _("let my public ratings help to find films for others"),
        default=True,
        db_default=True,
        help_text=_(
            "Only as a part of what many members have in common. Switched off, what was learnt from them is gone within"
            " the hour."
        ),
    )
    licence = models.CharField(
        _("licence of what I write"),
        max_length=12,
        choices=Licence,
        default=Licence.RESERVED,
        db_default=Licence.RESERVED,
        blank=True,
        help_text=_(
            "Of your reviews, essays and lists that everybody can read. It stands beside them. You may choose another"
            " one at any time, but what somebody has copied by then they may go on using as it was."
        ),
    )
    opens_ratings = models.BooleanField(
        _("let my public ratings be part of the open data"),
        default=True,
        db_default=True,
        help_text=_(
            "Without your name, and with no day. Whoever knows some of your ratings can still find the rest there."
            " Switched off, they are missing from the next night on."
        ),
    )
    follower_count = models.PositiveBigIntegerField(db_default=0, default=0, editable=False)
    following_count = models.PositiveBigIntegerField(db_default=0, default=0, editable=False)
    rating_count = models.PositiveBigIntegerField(db_default=0, default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        permissions = [("suspend_user", _("Can suspend members who are not of the staff, and reinstate them"))]
        indexes = [
            # With all that accounts/search.py compares, so that it need not read the rows.
            *(
                models.Index(
                    OpClass(Lower(name), "text_pattern_ops"),
                    include=("id", *NAMES, "follower_count", "is_active"),
                    name=f"user_by_{name}_covering",
                )
                for name in NAMES
            ),
            models.Index(
                fields=["-follower_count", "-id"],
                include=NAMES,
                condition=models.Q(is_active=True),
                name="user_by_followers_covering",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(licence__in=Licence.values), name="user_licence_known"),
            models.CheckConstraint(
                condition=models.Q(shelf_policy__in=ShelfPolicy.values), name="user_shelf_policy_known"
            ),
            # By what Django and allauth look for names with (`iexact`), so that they find one without reading all.
            models.UniqueConstraint(
                Upper("username"), name="username_unique", violation_error_message=_("Somebody has this name already.")
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="email_unique",
                condition=~models.Q(email=""),
                violation_error_message=_("An account with this email is here already."),
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def save(self, **options: Any) -> None:
        """An update leaves the tallies alone: somebody may have begun to follow since this object was read."""
        if not self._state.adding and options.get("update_fields") is None:
            kept_by_triggers = {"follower_count", "following_count", "rating_count"}
            mine = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            options["update_fields"] = mine - kept_by_triggers - self.get_deferred_fields()
        super().save(**options)

    def get_absolute_url(self) -> str:
        return path("reviews:member", self.username)

    @property
    def name(self) -> str:
        """What the member is called on pages."""
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def avatar_url(self) -> str:
        """The address of the member's picture, or nothing."""
        return url_of(self.avatar_key, 104)

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else words[0][1:2])).upper()

    @property
    def tint(self) -> int:
        """Which of the six colours of faces (1 to 6) the member has."""
        return (self.pk or 0) % 6 + 1


class FormerUsername(Row):
    """A name that a member had: its address leads to the member, and nobody else can take it."""

    username = models.CharField(max_length=30)
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_usernames")
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("former username")
        verbose_name_plural = _("former usernames")
        constraints = [models.UniqueConstraint(Upper("username"), name="former_username_unique")]

    def __str__(self) -> str:
        return self.username
