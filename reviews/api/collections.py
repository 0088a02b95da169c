"""Collections, and how much of them the reader has seen."""

from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, Prefetch, QuerySet, Value
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from accounts.api.endpoint import Endpoint
from accounts.api.fields import PageAddress
from accounts.api.serializers import MemberRefSerializer, example
from accounts.picture_shapes import view_of
from films.api.refs import FilmRefSerializer
from films.models import Collection, CollectionEntry
from films.paging import Run
from reviews.api import examples
from reviews.marks import with_progress
from reviews.models import Mark


class CollectionPictureSerializer(serializers.Serializer[Collection]):
    """The picture at its largest, cut around its focal point to 16 by 9."""

    url = serializers.SerializerMethodField()
    alt = serializers.CharField(source="picture_alt", help_text="What it shows.")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, collection: Collection) -> str:
        image = view_of(collection.picture_key)
        return str(self.context["request"].build_absolute_uri(image.large)) if image else ""


@example(examples.COLLECTION_CARD)
class CollectionCardSerializer(serializers.ModelSerializer[Collection]):
    picture = serializers.SerializerMethodField()
    curator = MemberRefSerializer(read_only=True, allow_null=True)
    film_count = serializers.IntegerField(source="size", read_only=True)
    seen = serializers.IntegerField(
        allow_null=True, read_only=True, help_text="How many of its films you have watched; null without a log-in."
    )
    url = PageAddress()

    class Meta:
        model = Collection
        fields = read_only_fields = [
            "slug", "title", "text", "picture", "curator", "shown_from", "shown_until", "film_count", "seen", "url",
            "updated_at",
        ]  # fmt: skip

    @extend_schema_field(CollectionPictureSerializer(allow_null=True))
    def get_picture(self, collection: Collection) -> Any:
        return CollectionPictureSerializer(collection, context=self.context).data if collection.picture_key else None


class EntrySerializer(serializers.ModelSerializer[CollectionEntry]):
    film = FilmRefSerializer(read_only=True)
    seen = serializers.BooleanField(
        allow_null=True, read_only=True, help_text="Whether you have watched it; null without a log-in."
    )

    class Meta:
        model = CollectionEntry
        fields = read_only_fields = ["film", "note", "seen"]


@example(examples.COLLECTION)
class CollectionSerializer(CollectionCardSerializer):
    films = EntrySerializer(source="entries", many=True, read_only=True)

    class Meta:
        model = Collection
        fields = read_only_fields = [
            "slug", "title", "text", "picture", "curator", "shown_from", "shown_until", "film_count", "seen", "films",
            "url", "updated_at",
        ]  # fmt: skip


@extend_schema_view(
    get=extend_schema(summary="List collections", description="Films that curators put together, on show today.")
)
class CollectionList(Endpoint, ListAPIView[Collection]):
    serializer_class = CollectionCardSerializer

    def get_queryset(self) -> QuerySet[Collection]:
        return with_progress(Collection.objects.shown().select_related("curator"), self.request.user)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("position", "id"), descending=False),)


@extend_schema_view(get=extend_schema(summary="Read a collection", description="Its films, in the curator's order."))
class CollectionDetail(Endpoint, RetrieveAPIView[Collection]):
    serializer_class = CollectionSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Collection]:
        shown = with_progress(Collection.objects.shown().select_related("curator"), self.request.user)
        return shown.prefetch_related(Prefetch("entries", entries_for(self.request.user)))


def entries_for(viewer: Any) -> QuerySet[CollectionEntry]:
    """Entries with the names of their films, each with whether the viewer has `seen` it."""
    seen: Any = Value(None, output_field=BooleanField())
    if viewer.is_authenticated:
        seen = Exists(Mark.objects.watched().filter(member=viewer, film=OuterRef("film")))
    named = ("collection_id", "note", "position", "film__slug", "film__title", "film__year")
    return CollectionEntry.objects.select_related("film").only(*named).annotate(seen=seen)
