"""Searches of the catalogue that one has saved: only oneself reads and writes them."""

from typing import Any, Final

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListCreateAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from films.paging import Run
from reviews.actions.searching import delete_search, save_search
from reviews.browsing import MemberFilters
from reviews.models import SavedSearch
from reviews.models.saved_search import LONGEST_NAME
from reviews.searches import LONGEST_QUERY, filters_in

ASKED: Final = {"name": "Short nights", "query": "genre=thriller&length=short&yours=unseen&sort=rating"}
SEARCH: Final = {"id": 7} | ASKED | {
    "created_at": "2026-11-30T19:00:00Z",
    "url": f"https://films.example.org/films/?{ASKED['query']}",
}  # fmt: skip


@example(SEARCH, response_only=True)
class SavedSearchSerializer(serializers.ModelSerializer[SavedSearch]):
    """What you narrowed the catalogue down to, under a name of yours. `url` is the page that shows those films."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = SavedSearch
        fields = read_only_fields = ["id", "name", "query", "created_at", "url"]

    def get_url(self, search: SavedSearch) -> str:
        return str(self.context["request"].build_absolute_uri(search.get_absolute_url()))


@example(ASKED, request_only=True)
class SearchSavingSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=LONGEST_NAME)
    query = serializers.CharField(
        max_length=LONGEST_QUERY, help_text="As in the address of the catalogue's page; the order is its `sort`."
    )

    def validate_query(self, query: str) -> MemberFilters:
        [(filters, notices)] = filters_in([query])
        if notices:
            raise serializers.ValidationError(notices)
        return filters


@extend_schema_view(
    get=extend_schema(summary="List your searches", description="What you saved last comes first."),
    post=extend_schema(
        summary="Save a search",
        description="Takes the place of the one that had that name. What the page does not know is refused.",
        request=SearchSavingSerializer,
        responses={201: SavedSearchSerializer},
    ),
)
class Searches(Endpoint, ListCreateAPIView[SavedSearch]):
    serializer_class = SavedSearchSerializer
    permission_classes = [Members]
    queryset = SavedSearch.objects.none()

    def get_queryset(self) -> QuerySet[SavedSearch]:
        return SavedSearch.objects.filter(member=self.me)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("created_at", "id")),)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        sent = SearchSavingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        saved = save_search(member=self.me, name=said["name"], filters=said["query"])
        return Response(self.get_serializer(saved).data, status=201)


@extend_schema_view(delete=extend_schema(summary="Delete a search", responses={204: None}))
class OneSearch(Endpoint, GenericAPIView[SavedSearch]):
    """A search that you saved."""

    serializer_class = SavedSearchSerializer
    permission_classes = [Members]
    queryset = SavedSearch.objects.none()

    def delete(self, request: Request, pk: int) -> Response:
        delete_search(member=self.me, search=get_object_or_404(SavedSearch, member=self.me, pk=pk))
        return Response(status=204)
