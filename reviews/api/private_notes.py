"""Notes on films for oneself: only their writer reads and writes them."""

from typing import Any, Final

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from config.api.errors import Conflict
from films.api.filters import since
from films.api.queries import film_here
from films.api.refs import FilmRefSerializer
from films.paging import Run
from films.search import LONGEST_QUERY
from reviews.actions.jotting import StalePrivateNote, delete_note, keep_note
from reviews.api import examples
from reviews.models import PrivateNote
from reviews.models.private_note import LONGEST_NOTE
from reviews.private_notes import notes_of

WRITTEN: Final = {"body": "Tom has the disc. Watch the mirrors the second time.", "version": 1}
NOTE: Final = {
    "film": examples.FILM_REF, "body": WRITTEN["body"], "version": 2,
    "created_at": "2026-11-22T17:00:00Z", "updated_at": "2026-11-30T19:00:00Z",
    "url": "https://films.example.org/films/baby-driver-2017/#note",
}  # fmt: skip


class NoteFilters(serializers.Serializer[Any]):
    search = serializers.CharField(
        required=False, max_length=LONGEST_QUERY, help_text="All of these words, in the note or the film's title."
    )
    updated_since = since("What was written or changed then or later.")


@example(NOTE, response_only=True)
class PrivateNoteSerializer(serializers.ModelSerializer[PrivateNote]):
    """What you wrote down about a film for yourself, as plain text. `url` is where it stands."""

    film = FilmRefSerializer(read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = PrivateNote
        fields = read_only_fields = ["film", "body", "version", "created_at", "updated_at", "url"]

    def get_url(self, note: PrivateNote) -> str:
        return str(self.context["request"].build_absolute_uri(note.get_absolute_url()))


@example(WRITTEN, request_only=True)
class NoteWritingSerializer(serializers.Serializer[Any]):
    """With `version`, a note that was changed elsewhere is refused with 409; 0 is for none so far."""

    body = serializers.CharField(help_text=f"Plain text of up to {LONGEST_NOTE} characters.")
    version = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)


@extend_schema_view(
    get=extend_schema(summary="List your private notes", description="What you changed last comes first.")
)
class PrivateNotes(Endpoint, ListAPIView[PrivateNote]):
    serializer_class = PrivateNoteSerializer
    permission_classes = [Members]
    filters_class = NoteFilters
    queryset = PrivateNote.objects.none()

    def get_queryset(self) -> QuerySet[PrivateNote]:
        said = self.asked().validated_data
        notes = notes_of(self.me, said.get("search", ""))
        return notes.filter(updated_at__gte=said["updated_since"]) if "updated_since" in said else notes

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("updated_at", "id")),)


@extend_schema_view(
    get=extend_schema(summary="Read your private note on a film"),
    put=extend_schema(
        summary="Keep a private note on a film",
        description="A film has one at most: this replaces it.",
        request=NoteWritingSerializer,
        responses=PrivateNoteSerializer,
    ),
    delete=extend_schema(
        summary="Delete your private note on a film", description="May be repeated.", responses={204: None}
    ),
)
class OnePrivateNote(Endpoint, GenericAPIView[PrivateNote]):
    """Your note, which nobody else can see."""

    serializer_class = PrivateNoteSerializer
    permission_classes = [Members]
    queryset = PrivateNote.objects.none()

    def get(self, request: Request, slug: str) -> Response:
        return Response(self.get_serializer(get_object_or_404(notes_of(self.me), film=film_here(self))).data)

    def put(self, request: Request, slug: str) -> Response:
        film = film_here(self)
        sent = NoteWritingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            keep_note(member=self.me, film=film, **sent.validated_data)
        except StalePrivateNote as stale:
            raise Conflict(str(stale), code="stale") from None
        return self.get(request, slug)

    def delete(self, request: Request, slug: str) -> Response:
        delete_note(member=self.me, film=film_here(self))
        return Response(status=204)
