"""The four favourites: of oneself, and on a member's profile."""

from typing import Any, Final

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import examples as of_accounts
from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import MemberSerializer, example
from accounts.models import User
from films.api.refs import FilmRefSerializer
from reviews.actions.favourites import choose_favourites
from reviews.api import examples
from reviews.api.fields import FilmField
from reviews.favourites import favourites_of
from reviews.models.favourite import MOST_FAVOURITES

FAVOURITES: Final = {"films": [examples.FILM_REF]}
PROFILE: Final = of_accounts.MEMBER | {"favourites": [examples.FILM_REF]}


@example(PROFILE)
class ProfileSerializer(MemberSerializer):
    """A member's public profile. Never an email address."""

    favourites = serializers.SerializerMethodField(
        help_text="At most four films, in the member's order; none of a private account that you do not follow."
    )

    class Meta:
        model = User
        fields = read_only_fields = [*MemberSerializer.Meta.fields, "favourites"]

    @extend_schema_field(FilmRefSerializer(many=True))
    def get_favourites(self, member: User) -> Any:
        return FilmRefSerializer(favourites_of(member, self.context["request"].user), many=True).data


@example(FAVOURITES, response_only=True)
class FavouritesSerializer(serializers.Serializer[Any]):
    films = FilmRefSerializer(many=True, read_only=True)


@example({"films": [examples.FILM_REF["slug"]]}, request_only=True)
class FavouritesChosenSerializer(serializers.Serializer[Any]):
    films = serializers.ListField(
        child=FilmField(), max_length=MOST_FAVOURITES, help_text="The films' slugs, in your order: at most four."
    )


@extend_schema_view(
    get=extend_schema(summary="Read your four favourites", responses=FavouritesSerializer),
    put=extend_schema(
        summary="Choose your four favourites",
        description="Replaces the whole choice. May be repeated.",
        request=FavouritesChosenSerializer,
        responses=FavouritesSerializer,
    ),
)
class Favourites(Endpoint, GenericAPIView[Any]):
    """The films by which you want to be known."""

    permission_classes = [Members]
    serializer_class = FavouritesSerializer

    def get(self, request: Request) -> Response:
        return Response(FavouritesSerializer({"films": favourites_of(self.me, self.me)}).data)

    def put(self, request: Request) -> Response:
        sent = FavouritesChosenSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        choose_favourites(member=self.me, films=sent.validated_data["films"])
        return self.get(request)
