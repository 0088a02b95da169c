"""Where a film's facts come from, and what members say is wrong."""

from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from films.actions import TooManyWaiting, suggest_correction, suggest_merge
from films.actions.suggesting import LONGEST
from films.addresses import film_at
from films.api import examples
from films.api.queries import film_here
from films.api.refs import FilmRefSerializer
from films.models import Film, Source, Suggestion
from films.paging import Run
from films.provenance import provenance_of

EXAMPLE_NEW: Final = {
    "kind": "correction", "fact": "runtime_minutes", "value": "113", "note": "The end credits run until 1:52:46.",
}  # fmt: skip
EXAMPLE: Final[dict[str, Any]] = {
    "id": 5,
    "film": examples.FILM_REF,
    **EXAMPLE_NEW,
    "twin": None,
    "state": "accepted",
    "answer": "So it is. Thank you.",
    "created_at": "2026-11-22T17:00:00Z",
    "decided_at": "2026-11-23T09:30:00Z",
}
EXAMPLE_SOURCES: Final = {
    "film": examples.FILM_REF,
    "facts": [
        {
            "fact": "runtime_minutes",
            "source": "imdb",
            "stated_at": "2026-11-22T17:00:00Z",
            "url": "https://www.imdb.com/title/tt3890160/",
        }
    ],
}


class StatedSerializer(serializers.Serializer[Any]):
    fact = serializers.CharField(source="key", help_text="Such as `title`, `credits.director` or `scores.Metacritic`.")
    source = serializers.ChoiceField(choices=Source.choices)  # type: ignore[assignment]  # DRF's own attribute
    stated_at = serializers.DateTimeField(source="at")
    url = serializers.CharField(help_text="Where the source speaks of the film; empty where it has no page of it.")


@example(EXAMPLE_SOURCES)
class SourcesSerializer(serializers.Serializer[Any]):
    film = FilmRefSerializer()
    facts = StatedSerializer(many=True)


@example(EXAMPLE_NEW, request_only=True)
class SuggestionNewSerializer(serializers.Serializer[Any]):
    """A correction says what a `fact` should be; a merge names the film's `twin`."""

    kind = serializers.ChoiceField(choices=Suggestion.Kind.choices, default=Suggestion.Kind.CORRECTION)
    fact = serializers.CharField(
        required=False, allow_blank=True, max_length=80, help_text="As under `sources/`; empty for anything else."
    )
    value = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST, trim_whitespace=False)
    twin = serializers.CharField(required=False, max_length=120, help_text="The other film's slug.")
    note = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST, help_text="How you know.")

    def validate_twin(self, slug: str) -> Film:
        try:
            return film_at(slug)
        except Http404 as refusal:
            raise ValidationError(str(refusal)) from refusal

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if sent["kind"] == Suggestion.Kind.MERGE and "twin" not in sent:
            raise ValidationError({"twin": [_("Name the other film.")]})
        return sent


@example(EXAMPLE, response_only=True)
class SuggestionSerializer(serializers.ModelSerializer[Suggestion]):
    film = FilmRefSerializer(read_only=True)
    twin = serializers.CharField(source="twin.slug", allow_null=True, default=None, help_text="The other film's slug.")

    class Meta:
        model = Suggestion
        fields = read_only_fields = [
            "id", "film", "kind", "fact", "value", "twin", "note", "state", "answer", "created_at", "decided_at",
        ]  # fmt: skip


@extend_schema_view(
    get=extend_schema(
        summary="Read where a film's facts come from",
        description="Who stated each fact last, and when. What a `curator` or a `document` stated no import changes.",
    )
)
class FilmSources(Endpoint, RetrieveAPIView[Film]):
    serializer_class = SourcesSerializer

    def get_object(self) -> Any:
        film = film_here(self)
        return {"film": film, "facts": provenance_of(film)}


@extend_schema_view(
    post=extend_schema(
        summary="Suggest a correction",
        description="Or say that a film is here twice. Curators answer; the same while it waits is one suggestion.",
        request=SuggestionNewSerializer,
        responses={201: SuggestionSerializer},
    )
)
class FilmSuggestions(Endpoint, GenericAPIView[Suggestion]):
    permission_classes = [Members]
    serializer_class = SuggestionSerializer

    def post(self, request: Request, slug: str) -> Response:
        film = film_here(self)
        new = SuggestionNewSerializer(data=request.data)
        new.is_valid(raise_exception=True)
        sent: dict[str, Any] = new.validated_data
        note = sent.get("note", "")
        try:
            if sent["kind"] == Suggestion.Kind.MERGE:
                made = suggest_merge(member=self.me, film=film, twin=sent["twin"], note=note)
            else:
                fact, value = sent.get("fact", ""), sent.get("value", "")
                made = suggest_correction(member=self.me, film=film, fact=fact, value=value, note=note)
        except TooManyWaiting as refusal:
            raise Throttled(detail=" ".join(refusal.messages)) from None
        return Response(self.get_serializer(made).data, status=201)


@extend_schema_view(
    get=extend_schema(summary="List your suggestions", description="The newest first, with what became of each.")
)
class MySuggestions(Endpoint, ListAPIView[Suggestion]):
    permission_classes = [Members]
    serializer_class = SuggestionSerializer

    def get_queryset(self) -> QuerySet[Suggestion]:
        rows = Suggestion.objects.filter(member=self.me).select_related("film", "twin")
        return rows.defer("film__search_text", "twin__search_text")

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("created_at", "id")),)
