"""What programs read and write of lists."""

from dataclasses import replace
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import PageAddress
from accounts.api.serializers import MemberRefSerializer, example
from accounts.models import CommentPolicy
from accounts.models.viewer import Viewer
from films.api.refs import FilmRefSerializer
from films.paging import Run
from reviews.actions.listing import LONGEST_TITLE, Details
from reviews.api import list_examples as examples
from reviews.api.fields import FilmField
from reviews.api.filters import Reveal
from reviews.api.queries import by_number
from reviews.api.serializers import CountedList, told_to
from reviews.counting import count_for
from reviews.curtains import opened_for, told
from reviews.lists import entries_for, with_my_like, with_seen
from reviews.models import Collaborator, FilmList, ListEntry
from reviews.models.film_list import LONGEST_DESCRIPTION, LONGEST_NOTE
from reviews.models.tags import LONGEST_TAG, MOST_TAGS
from reviews.search import lists_with_words
from reviews.tags import clean_tags, tagged

LIST_ORDERS = {
    "-updated_at": (Run(("updated_at", "id")),),
    "-likes": (Run(("like_count", "updated_at", "id")),),
}


def lists_for(viewer: Viewer, *, link_key: str = "") -> Any:
    """What the viewer may see, in one query."""
    sources = FilmList.objects.visible_to(viewer).filter(pk=OuterRef("cloned_from")).values("pk")
    rows = FilmList.objects.visible_to(viewer, link_key=link_key).select_related("member")
    rows = rows.defer("member__password", "member__email", "member__bio").annotate(shown_source=Subquery(sources))
    return opened_for(with_my_like(with_seen(rows, viewer), viewer), viewer)


load_lists = by_number(lists_for)


def shown_entries(viewer: Viewer, film_list: FilmList) -> QuerySet[ListEntry]:
    rows = opened_for(entries_for(viewer, film_list), viewer).select_related("film")
    return rows.defer("film__search_text", "film__synopsis")


class ListFilters(Reveal):
    member = serializers.CharField(required=False, max_length=30, help_text="A member's username.")
    film = FilmField(required=False, help_text="The slug of a film that is on it.")
    tag = serializers.CharField(required=False, max_length=LONGEST_TAG, help_text="A tag.")
    search = serializers.CharField(required=False, max_length=200, help_text="Words of the title or description.")
    ordering = serializers.ChoiceField(required=False, choices=list(LIST_ORDERS), help_text="Default `-updated_at`.")

    def apply(self, lists: Any) -> Any:
        asked = self.validated_data
        if "member" in asked:
            lists = lists.filter(member__username__iexact=asked["member"])
        if "film" in asked:
            lists = lists.filter(pk__in=ListEntry.objects.filter(film=asked["film"]).values("film_list"))
        if "tag" in asked:
            lists = tagged(lists, asked["tag"])
        return lists_with_words(lists, asked["search"]) if "search" in asked else lists

    def runs(self) -> tuple[Run, ...]:
        return LIST_ORDERS[self.validated_data.get("ordering", "-updated_at")]


class LinkKey(Reveal):
    key = serializers.CharField(required=False, max_length=24, help_text="The secret part of a list's link.")


@example(examples.LIST)
class ListSerializer(serializers.ModelSerializer[FilmList]):
    """A list of films; its films are at `entries/`. `link` is told to its own member, where a link shows the list.

    What gives a film away is left out of the description, and `covered` is true, unless you wrote it, have seen the
    film, or ask with `?reveal=1`.
    """

    member = MemberRefSerializer(read_only=True)
    description = serializers.SerializerMethodField(help_text="Markdown as written.")
    description_html = serializers.SerializerMethodField()
    covered = serializers.SerializerMethodField(help_text="Something is left out.")
    ranked = serializers.BooleanField(source="is_ranked", read_only=True)
    films = serializers.IntegerField(source="film_count", read_only=True)
    seen = serializers.IntegerField(
        allow_null=True, read_only=True, help_text="How many of its films you have watched; null without a log-in."
    )
    likes = serializers.IntegerField(source="like_count", read_only=True)
    liked = serializers.BooleanField(source="liked_by_me", default=False, read_only=True)
    comments = serializers.IntegerField(source="comment_count", read_only=True)
    cloned_from = serializers.IntegerField(
        source="shown_source", allow_null=True, read_only=True, help_text="The list that it was made from."
    )
    url = PageAddress()
    link = serializers.SerializerMethodField()

    class Meta:
        model = FilmList
        fields = read_only_fields = [
            "id", "member", "title", "description", "description_html", "covered", "ranked", "visibility", "tags",
            "films", "seen", "likes", "liked", "comments", "cloned_from", "version", "created_at", "updated_at", "url",
            "link",
        ]  # fmt: skip
        list_serializer_class = CountedList

    def to_representation(self, film_list: FilmList) -> Any:
        count_for(self.context["request"].user, [film_list])
        return super().to_representation(film_list)

    def get_description(self, film_list: FilmList) -> str:
        return told_to(self, film_list).body

    def get_description_html(self, film_list: FilmList) -> str:
        return told_to(self, film_list).html

    def get_covered(self, film_list: FilmList) -> bool:
        return told_to(self, film_list).covered

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_link(self, film_list: FilmList) -> Any:
        request = self.context["request"]
        if film_list.member_id != request.user.pk or film_list.visibility != FilmList.Visibility.LINK:
            return None
        return request.build_absolute_uri(reverse("reviews:list_link", args=[film_list.pk, film_list.link_key]))


@example(examples.ENTRY)
class ListEntrySerializer(serializers.ModelSerializer[ListEntry]):
    """A film on a list. Places count from 1, without gaps."""

    film = FilmRefSerializer(read_only=True)
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
        words = told(entry, request.user, reveal=reveal)
        vars(entry)["is_covered_here"] = words.covered
        return super().to_representation(entry) | {"note": words.body, "note_html": words.html}


class ListWordsSerializer(serializers.Serializer[Any]):
    description = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=LONGEST_DESCRIPTION, help_text="Markdown."
    )
    ranked = serializers.BooleanField(source="is_ranked", required=False)
    visibility = serializers.ChoiceField(choices=FilmList.Visibility.choices, required=False)
    tags = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_TAG), required=False, max_length=MOST_TAGS
    )
    comment_policy = serializers.ChoiceField(
        choices=CommentPolicy.choices, required=False, allow_blank=True, help_text="Empty: as the settings say."
    )

    def validate_tags(self, tags: list[str]) -> tuple[str, ...]:
        return clean_tags(tags)


@example(examples.LIST_NEW, request_only=True)
class ListNewSerializer(ListWordsSerializer):
    title = serializers.CharField(max_length=LONGEST_TITLE)

    def details(self) -> Details:
        return Details(**self.validated_data)


@example(examples.LIST_CHANGE, request_only=True)
class ListChangeSerializer(ListWordsSerializer):
    """What is left out stays. With `version`, a list that was changed elsewhere is refused with 409."""

    title = serializers.CharField(required=False, max_length=LONGEST_TITLE)
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    def details(self, film_list: FilmList) -> Details:
        names = ("title", "description", "is_ranked", "visibility", "comment_policy")
        now = Details(**{name: getattr(film_list, name) for name in names}, tags=tuple(film_list.tags))
        return replace(now, **{name: v for name, v in self.validated_data.items() if name != "version"})


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
