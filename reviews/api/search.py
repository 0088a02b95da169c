"""Looking for something, and guessing what somebody is typing."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from config.api.paging import OnePage, page_size
from films.api.paging import link_to_place, place_asked_for
from reviews.api.filters import SearchFilters, SuggestFilters
from reviews.api.serializers import FoundSerializer
from reviews.search import Finding, Kind
from reviews.suggesting import suggest

OF_EACH = 5
MOST = 1000


def said_of(kind: Kind, row: Any) -> tuple[str, str, str]:
    """What the API knows it by, its title, and what tells it from a namesake."""
    match kind:
        case Kind.FILMS:
            return row.slug, row.title, str(row.year or "")
        case Kind.PEOPLE:
            return row.slug, row.name, ""
        case Kind.MEMBERS:
            return row.username, row.name, row.username
        case Kind.REVIEWS:
            return str(row.pk), str(row.film), row.member.name
        case Kind.ARTICLES:
            return row.slug, row.title, row.standfirst
        case Kind.ESSAYS:
            return str(row.pk), row.title, row.member.name
        case Kind.LISTS:
            return str(row.pk), row.title, row.member.name


class Finder(Endpoint, GenericAPIView[Any]):
    serializer_class = FoundSerializer

    def told(self, kind: Kind, rows: Iterable[Any]) -> list[dict[str, str]]:
        answers = []
        for row in rows:
            known, title, detail = said_of(kind, row)
            url = self.request.build_absolute_uri(row.get_absolute_url())
            answers.append({"type": str(kind), "id": known, "title": title, "detail": detail, "url": url})
        return answers


@extend_schema_view(
    get=extend_schema(
        summary="Search",
        description="Films, people, members, reviews, articles, essays and lists. Without `type` the best few of each "
        "kind; with it, all of that kind, page by page.",
        responses=FoundSerializer(many=True),
    )
)
class Search(Finder):
    filters_class = SearchFilters

    def get(self, request: Request) -> Response:
        asked: SearchFilters = self.asked()
        query, kind = asked.validated_data["q"], asked.validated_data.get("type")
        if kind is None:
            finding = Finding(request.user, query)
            rows = [row for each in Kind for row in self.told(each, finding.with_card(each)[:OF_EACH])]
            return Response({"next": None, "previous": None, "results": rows})
        start, size = place_asked_for(request, MOST), page_size(request.query_params)
        kind = Kind(kind)
        rows = self.told(kind, Finding(request.user, query, kind).with_card(kind)[start : start + size + 1])
        onward = start + size if len(rows) > size and start + size < MOST else None
        back = max(0, start - size) if start else None
        return Response(
            {"next": link_to_place(request, onward), "previous": link_to_place(request, back), "results": rows[:size]}
        )


@extend_schema_view(
    get=extend_schema(
        summary="Suggest while typing",
        description="Films, people and members who are called so; the last word may be unfinished.",
        responses=FoundSerializer(many=True),
    )
)
class Suggest(Finder):
    pagination_class = OnePage
    filters_class = SuggestFilters

    def get(self, request: Request) -> Response:
        asked: SuggestFilters = self.asked()
        found = suggest(request.user, asked.validated_data["q"])
        of_each: dict[Kind, Iterable[Any]] = {
            Kind.FILMS: found.films,
            Kind.PEOPLE: found.people,
            Kind.MEMBERS: found.members,
        }
        rows = [row for kind, some in of_each.items() for row in self.told(kind, some)]
        return Response({"next": None, "previous": None, "results": rows})
