"""What programs read and write of members."""

from typing import Any

from allauth.idp.oidc.models import Token
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.api import examples
from accounts.api.fields import LicenceField, PageAddress, PictureAddress
from accounts.api.queries import between
from accounts.counting import count_follows
from accounts.models import AccessToken, User
from accounts.models.token import Scope
from accounts.picture_files import url_of

AVATAR_WIDTH = 208


def example(value: Any, **where: Any) -> Any:
    """The decorator that gives a serializer its example."""
    return extend_schema_serializer(examples=[OpenApiExample("example", value=value, **where)])


@example(examples.MEMBER_REF)
class MemberRefSerializer(serializers.ModelSerializer[User]):
    name = serializers.CharField(read_only=True, help_text="What the member is called on pages.")

    class Meta:
        model = User
        fields = read_only_fields = ["username", "name"]


class AvatarAddress(PictureAddress):
    def to_representation(self, key: str) -> str | None:  # type: ignore[override]  # takes the picture's key
        return super().to_representation(url_of(key, AVATAR_WIDTH))


class RelationSerializer(serializers.Serializer[Any]):
    """What you and a member are to each other."""

    follow = serializers.BooleanField(help_text="You follow them.")
    requested = serializers.BooleanField(help_text="You asked to follow them, and they have not answered.")
    are_followed = serializers.BooleanField(help_text="They follow you.")
    mute = serializers.BooleanField(help_text="You mute them.")
    block = serializers.BooleanField(help_text="You block them.")


@example(examples.MEMBER)
class MemberSerializer(serializers.ModelSerializer[User]):
    """A member's public profile. Never an email address."""

    name = serializers.CharField(read_only=True)
    avatar = AvatarAddress(source="avatar_key")
    followers = serializers.IntegerField(source="follower_count", read_only=True)
    following = serializers.IntegerField(source="following_count", read_only=True)
    joined_at = serializers.DateTimeField(source="date_joined", read_only=True)
    you = serializers.SerializerMethodField(help_text="Null for yourself and without a log-in.")
    url = PageAddress()

    class Meta:
        model = User
        fields = read_only_fields = [
            "username", "name", "bio", "pronouns", "location", "website", "avatar", "is_private",
            "followers", "following", "joined_at", "you", "url",
        ]  # fmt: skip

    def to_representation(self, member: User) -> Any:
        count_follows(self.context["request"].user, [member])
        return super().to_representation(member)

    @extend_schema_field(RelationSerializer(allow_null=True))
    def get_you(self, member: User) -> dict[str, bool] | None:
        return between(self.context["request"].user, member)


@example(examples.ME)
class MeSerializer(MemberSerializer):
    """Your own profile, and what only you see of it."""

    you = None  # type: ignore[assignment]  # the framework's way to leave a field of the parent out
    email = serializers.SerializerMethodField(help_text="Null for an app that you let in without the scope `email`.")

    licence = LicenceField(read_only=True)

    @extend_schema_field({"type": ["string", "null"], "format": "email"})
    def get_email(self, member: User) -> str | None:
        key = self.context["request"].auth
        return None if isinstance(key, Token) and "email" not in key.get_scopes() else member.email

    class Meta:
        model = User
        fields = read_only_fields = [
            "username", "name", "display_name", "email", "bio", "pronouns", "location", "website", "avatar",
            "is_private", "comment_policy", "tip_policy", "shelf_policy", "hides_scores", "wants_recommendations",
            "lends_taste", "licence", "opens_ratings", "followers", "following", "joined_at", "url",
        ]  # fmt: skip


@example(examples.ME_CHANGE, request_only=True)
class MeChangeSerializer(serializers.ModelSerializer[User]):
    """What you may change of your profile here. Email and password are changed by the pages and the headless API."""

    licence = LicenceField()

    class Meta:
        model = User
        fields = [
            "username", "display_name", "bio", "pronouns", "location", "website", "is_private", "comment_policy",
            "tip_policy", "shelf_policy", "hides_scores", "wants_recommendations", "lends_taste", "licence",
            "opens_ratings",
        ]  # fmt: skip


@example(examples.TOKEN)
class TokenSerializer(serializers.ModelSerializer[AccessToken]):
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices), read_only=True)

    class Meta:
        model = AccessToken
        fields = read_only_fields = ["id", "name", "hint", "scopes", "created_at", "last_used_at", "expires_at"]


@example(examples.NEW_TOKEN, response_only=True)
class NewTokenSerializer(TokenSerializer):
    """A new token with its secret, which is shown this once."""

    secret = serializers.CharField(read_only=True)

    class Meta:
        model = AccessToken
        fields = read_only_fields = [*TokenSerializer.Meta.fields, "secret"]


@example(examples.TOKEN_ASKED, request_only=True)
class TokenAskedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60, help_text="What the token is for.")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.choices),
        default=lambda: [Scope.READ],
        max_length=2,
        help_text="`write` includes `read`.",
    )
    expires_at = serializers.DateTimeField(required=False, allow_null=True, help_text="Null for never.")


@example(examples.LET_IN)
class LetInSerializer(serializers.Serializer[Any]):
    """An app that you let in."""

    id = serializers.CharField(source="app.pk", read_only=True, help_text="Its client ID.")
    name = serializers.CharField(source="app.name", read_only=True)
    made_by = MemberRefSerializer(source="app.owner", read_only=True, allow_null=True, help_text="Null: by the site.")
    scopes = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="What it may do: openid, profile, email, read, write."
    )
    since = serializers.DateTimeField(read_only=True, help_text="Since when it may do any of it.")
