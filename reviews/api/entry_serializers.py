"""What programs read and write of the films on a list, and of who helps with it."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.serializers import MemberRefSerializer, example
from accounts.models.viewer import Viewer
from films.api.refs import FilmRefSerializer
from reviews.api import list_examples as examples
from reviews.api.fields import FilmField
from reviews.curtains import opened_for, told
from reviews.lists import entries_for
from reviews.models import Collaborator, FilmList, ListEntry
from reviews.models.film_list import LONGEST_NOTE


def shown_entries(viewer: Viewer, film_list: FilmList) -> QuerySet[ListEntry]:
    rows = opened_for(entries_for(viewer, film_list), viewer).select_related("film")
    return rows.defer("film__search_text", "film__synopsis")


@example(examples.ENTRY)
class ListEntrySerializer(serializers.ModelSerializer[ListEntry]):
    """A film on a list. Places count from 1, without gaps. Where the list fills itself, `id` and the times are null."""

    id = serializers.IntegerField(read_only=True, allow_null=True)
    film = FilmRefSerializer(read_only=True)
    added_at = serializers.DateTimeField(read_only=True, allow_null=True)
    updated_at = serializers.DateTimeField(read_only=True, allow_null=True)
    note = serializers.CharField(read_only=True, help_text="Markdown as written; `>!…!<` for what is left out.")
    note_html = serializers.CharField(read_only=True)
    covered = serializers.SerializerMethodField(help_text="Something is left out.")

    class Meta:
        model = ListEntry
        fields = read_only_fields = [
            "id", "position", "film", "note", "note_html", "spoilers", "covered", "added_at", "updated_at",
        ]  # fmt: skip

    def get_covered(self, entry: ListEntry) -> bool:
        return bool(vars(entry).get("is_covered_here"))

    def to_representation(self, entry: ListEntry) -> Any:
        """Whoever wrote a note reads it whole; nobody reads the note of somebody whom they do not see."""
        request = self.context["request"]
        if getattr(entry, "is_hushed", False):
            entry.note = entry.note_html = ""
            entry.spoilers = False
        reveal = entry.noted_by_id == request.user.pk or request.query_params.get("reveal") in {"1", "true"}
        if not entry.note:
            return super().to_representation(entry)
        words = told(entry, request.user, reveal=reveal)
        vars(entry)["is_covered_here"] = words.covered
        return super().to_representation(entry) | {"note": words.body, "note_html": words.html}


class EntryWordsSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    note = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=LONGEST_NOTE, help_text="Markdown."
    )
    spoilers = serializers.BooleanField(required=False)


@example(examples.ENTRY_NEW, request_only=True)
class EntryNewSerializer(EntryWordsSerializer):
    """Without `position` it comes last; at a place, the films from there on move back."""

    film = FilmField(help_text="The film's slug.")


@example(examples.ENTRY_CHANGE, request_only=True)
class EntryChangeSerializer(EntryWordsSerializer):
    """What is left out stays. With `updated_at`, a note that was changed elsewhere is refused with 409."""

    updated_at = serializers.DateTimeField(required=False, help_text="As you read it.")


@example(examples.ORDER, request_only=True)
class OrderSerializer(serializers.Serializer[Any]):
    """The ids of the entries. Those that are not named, because they were added meanwhile, follow in their order."""

    entries = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=5000)


@example(examples.COLLABORATOR)
class CollaboratorSerializer(serializers.ModelSerializer[Collaborator]):
    """Somebody who helps with a list; `accepted_at` is null until they say yes."""

    member = MemberRefSerializer(read_only=True)

    class Meta:
        model = Collaborator
        fields = read_only_fields = ["member", "invited_at", "accepted_at"]


@example(examples.INVITATION, request_only=True)
class InvitationSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=30)
