"""What programs read and write of lists."""

from dataclasses import replace
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import LicenceField, PageAddress
from accounts.api.serializers import MemberRefSerializer, example
from accounts.models import CommentPolicy
from accounts.models.viewer import Viewer
from films.paging import Run
from reviews.actions.listing import LONGEST_TITLE, Details
from reviews.api import list_examples as examples
from reviews.api.fields import FilmField
from reviews.api.filters import Reveal
from reviews.api.queries import by_number
from reviews.api.serializers import CountedList, told_to
from reviews.browsing import MemberFilters
from reviews.counting import count_for
from reviews.curtains import opened_for
from reviews.lists import with_my_like, with_seen
from reviews.models import FilmList, ListEntry
from reviews.models.film_list import LONGEST_DESCRIPTION, LONGEST_FINDS, MOST_FOUND
from reviews.models.tags import LONGEST_TAG, MOST_TAGS
from reviews.search import lists_with_words
from reviews.searches import filters_in
from reviews.self_filling import fill_lists, left_out_of
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


class FilledLists(CountedList):
    """The same, of lists some of which fill themselves: what all of these find is looked up at once."""

    def to_representation(self, rows: Any) -> Any:
        found = list(rows)
        fill_lists(self.context["request"].user, found)
        return super().to_representation(found)


@example(examples.LIST)
class ListSerializer(serializers.ModelSerializer[FilmList]):
    """A list of films; its films are at `entries/`. One that `finds` something fills itself: nothing is put on it by
    hand, and `films` is how many fit now, up to `most_found`. `link` is told to its own member, where a link shows the
    list.

    What gives a film away is left out of the description, and `covered` is true, unless you wrote it, have seen the
    film, or ask with `?reveal=1`.
    """

    member = MemberRefSerializer(read_only=True)
    description = serializers.SerializerMethodField(help_text="Markdown as written.")
    description_html = serializers.SerializerMethodField()
    covered = serializers.SerializerMethodField(help_text="Something is left out.")
    ranked = serializers.BooleanField(source="is_ranked", read_only=True)
    finds = serializers.SerializerMethodField(
        help_text="What it finds, if it fills itself: as in the address of the catalogue's page."
    )
    most_found = serializers.SerializerMethodField(help_text="How many of these it shows at most.")
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
    licence = LicenceField(read_only=True)
    url = PageAddress()
    link = serializers.SerializerMethodField()

    class Meta:
        model = FilmList
        fields = read_only_fields = [
            "id", "member", "title", "description", "description_html", "covered", "ranked", "visibility", "tags",
            "finds", "most_found", "films", "seen", "likes", "liked", "comments", "cloned_from", "licence", "version",
            "created_at", "updated_at", "url", "link",
        ]  # fmt: skip
        list_serializer_class = FilledLists

    def to_representation(self, film_list: FilmList) -> Any:
        count_for(self.context["request"].user, [film_list])
        fill_lists(self.context["request"].user, [film_list])
        return super().to_representation(film_list)

    def get_finds(self, film_list: FilmList) -> str | None:
        return film_list.finds or None

    def get_most_found(self, film_list: FilmList) -> int | None:
        return film_list.most_found if film_list.fills_itself else None

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

    finds = serializers.CharField(
        required=False,
        max_length=LONGEST_FINDS,
        help_text="As in the address of the catalogue's page, such as `genre=thriller&from=2000&sort=rating`; nothing "
        "of your own (`yours`, `tag`).",
    )
    most_found = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_FOUND, help_text="Only of a list that fills itself."
    )

    def validate_tags(self, tags: list[str]) -> tuple[str, ...]:
        return clean_tags(tags)

    def validate_finds(self, finds: str) -> MemberFilters:
        [(filters, notices)] = filters_in([finds])
        told = left_out_of(filters.for_everybody()[1])
        if notices or told:
            raise serializers.ValidationError([*notices, *([told] if told else [])])
        return filters

    @property
    def filters(self) -> MemberFilters | None:
        """What it is to find, if that was sent."""
        sent: MemberFilters | None = self.validated_data.get("finds")
        return sent

    def check_most_found(self, *, fills_itself: bool) -> None:
        """Raise ValidationError where it was sent for a list that does not fill itself."""
        if "most_found" in self.validated_data and not fills_itself:
            raise serializers.ValidationError({"most_found": [_("This is only for a list that fills itself.")]})


@example(examples.LIST_NEW, request_only=True)
class ListNewSerializer(ListWordsSerializer):
    title = serializers.CharField(max_length=LONGEST_TITLE)

    def details(self) -> Details:
        self.check_most_found(fills_itself=self.filters is not None)
        return Details(**{name: v for name, v in self.validated_data.items() if name != "finds"})


@example(examples.LIST_CHANGE, request_only=True)
class ListChangeSerializer(ListWordsSerializer):
    """What is left out stays. With `version`, a list that was changed elsewhere is refused with 409."""

    title = serializers.CharField(required=False, max_length=LONGEST_TITLE)
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    def details(self, film_list: FilmList) -> Details:
        self.check_most_found(fills_itself=film_list.fills_itself)
        names = ("title", "description", "is_ranked", "visibility", "comment_policy", "most_found")
        now = Details(**{name: getattr(film_list, name) for name in names}, tags=tuple(film_list.tags))
        sent = {name: v for name, v in self.validated_data.items() if name not in {"version", "finds"}}
        return replace(now, **sent)


@example(examples.LIST_COPY, request_only=True)
class ListCopySerializer(serializers.Serializer[Any]):
    by_hand = serializers.BooleanField(
        default=False,
        help_text="Of a list that fills itself, the films that it finds for you now: else the copy fills itself, too.",
    )
