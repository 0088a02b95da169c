"""What programs read and write of essays. The actions write."""

from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.examples import MEMBER_REF
from accounts.api.fields import LicenceField, PageAddress
from accounts.api.serializers import MemberRefSerializer, example
from accounts.models import CommentPolicy
from films.api.examples import FILM_REF
from films.api.refs import FilmRefSerializer, PersonRefSerializer
from films.paging import Run
from reviews.actions.composing import Composition
from reviews.api.fields import FilmField, PersonField, ThreadStateField
from reviews.api.filters import NEWEST, Reveal
from reviews.api.serializers import CountedList, HeadingSerializer, told_to
from reviews.counting import count_for
from reviews.models import Essay
from reviews.models.essay import LONGEST_ESSAY, LONGEST_TITLE, MOST_FILMS, EssayQuerySet
from reviews.models.visibility import Visibility

ESSAY: Final[dict[str, Any]] = {
    "id": 12,
    "member": MEMBER_REF,
    "title": "Doors that close by themselves",
    "body": "## Exits\n\nNobody in these films *ever* shuts a door.",
    "body_html": '<h2 id="s-exits">Exits</h2>\n<p>Nobody in these films <em>ever</em> shuts a door.</p>\n',
    "headings": [{"level": 2, "id": "s-exits", "text": "Exits"}],
    "covered": False,
    "spoilers": False,
    "films": [FILM_REF],
    "people": [{"slug": "edgar-wright", "name": "Edgar Wright"}],
    "visibility": "public",
    "reading_minutes": 6,
    "likes": 4,
    "comments": 2,
    "comment_policy": "",
    "thread_state": "can_comment",
    "licence": "CC-BY-4.0",
    "version": 1,
    "created_at": "2026-11-22T17:00:00Z",
    "updated_at": "2026-11-22T17:00:00Z",
    "url": "https://films.example.org/essays/12/",
}
ESSAY_NEW: Final = {
    "title": "Doors that close by themselves", "body": "Nobody in these films *ever* shuts a door.",
    "films": ["baby-driver-2017"], "people": ["edgar-wright"],
}  # fmt: skip
ESSAY_CHANGE: Final = {"title": "Doors that nobody closes", "visibility": "followers", "version": 1}
ORDERS: Final = {"-created_at": NEWEST, "-likes": (Run(("like_count", "published_at", "id")),)}


@example(ESSAY)
class EssaySerializer(serializers.ModelSerializer[Essay]):
    """An essay. `body` is Markdown as written; `body_html` is safe to show.

    What gives a film away is left out of both, and `covered` is true, unless you wrote it, have seen the film, or ask
    with `?reveal=1`. Of one that is covered whole, the headings are left out as well.
    """

    member = MemberRefSerializer(read_only=True)
    body = serializers.SerializerMethodField(help_text="Markdown as written; `>!…!<` for what is left out.")
    body_html = serializers.SerializerMethodField()
    headings = serializers.SerializerMethodField()
    covered = serializers.SerializerMethodField(help_text="Something is left out.")
    films = FilmRefSerializer(many=True, read_only=True)
    people = PersonRefSerializer(many=True, read_only=True)
    reading_minutes = serializers.IntegerField(read_only=True)
    likes = serializers.IntegerField(source="like_count", read_only=True)
    comments = serializers.IntegerField(source="comment_count", read_only=True)
    comment_policy = serializers.CharField(read_only=True, help_text="Who may comment; empty for the writer's custom.")
    thread_state = ThreadStateField()
    licence = LicenceField(read_only=True)
    created_at = serializers.DateTimeField(source="published_at", read_only=True, help_text="When it was posted.")
    url = PageAddress()

    class Meta:
        model = Essay
        fields = read_only_fields = [
            "id", "member", "title", "body", "body_html", "headings", "covered", "spoilers", "films", "people",
            "visibility", "reading_minutes", "likes", "comments", "comment_policy", "thread_state", "licence",
            "version", "created_at", "updated_at", "url",
        ]  # fmt: skip
        list_serializer_class = CountedList

    def to_representation(self, essay: Essay) -> Any:
        count_for(self.context["request"].user, [essay])  # in a list they all are counted already
        return super().to_representation(essay)

    def get_body(self, essay: Essay) -> str:
        return told_to(self, essay).body

    def get_body_html(self, essay: Essay) -> str:
        return told_to(self, essay).html

    @extend_schema_field(HeadingSerializer(many=True))
    def get_headings(self, essay: Essay) -> Any:
        return essay.headings if told_to(self, essay).body else []

    def get_covered(self, essay: Essay) -> bool:
        return told_to(self, essay).covered


class WrittenSerializer(serializers.Serializer[Any]):
    """The parts of an essay that its writer decides on."""

    title = serializers.CharField(max_length=LONGEST_TITLE)
    body = serializers.CharField(trim_whitespace=False, max_length=LONGEST_ESSAY, help_text="Markdown.")
    films = serializers.ListField(
        child=FilmField(), required=False, max_length=MOST_FILMS, help_text="Slugs of films that it is about."
    )
    people = serializers.ListField(
        child=PersonField(), required=False, max_length=MOST_FILMS, help_text="Slugs of people of whom it speaks."
    )
    spoilers = serializers.BooleanField(required=False)
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)
    comment_policy = serializers.ChoiceField(
        choices=CommentPolicy.choices,
        required=False,
        allow_blank=True,
        help_text="Who may comment; empty for what you have chosen for all you write.",
    )

    def composition(self, essay: Essay | None = None) -> Composition:
        """What is left out is as it stands in the essay."""
        said = {name: value for name, value in self.validated_data.items() if name not in ("version", "draft")}
        for name in ("films", "people"):
            if name in said:
                said[name] = tuple(said[name])
        if essay is not None:
            names = ("title", "body", "spoilers", "visibility", "comment_policy")
            kept = {"films": tuple(essay.films.all()), "people": tuple(essay.people.all())}
            said = {name: getattr(essay, name) for name in names} | kept | said
        return Composition(**said)


@example(ESSAY_NEW, request_only=True)
class EssayNewSerializer(WrittenSerializer):
    """All of an essay. With `draft`, that draft of yours becomes it."""

    draft = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="The `id` of a draft of yours."
    )

    def draft_of(self, member: Any) -> Essay | None:
        """Raises ValidationError where there is none of that number."""
        if (number := self.validated_data.get("draft")) is None:
            return None
        if (found := Essay.objects.drafts_of(member).filter(pk=number).first()) is None:
            raise serializers.ValidationError({"draft": _("You have no such draft. It may be posted already.")})
        return found


@example(ESSAY_CHANGE, request_only=True)
class EssayChangeSerializer(WrittenSerializer):
    """What is left out stays. With `version`, an essay that was changed elsewhere is refused with 409."""

    title = serializers.CharField(required=False, max_length=LONGEST_TITLE)
    body = serializers.CharField(trim_whitespace=False, required=False, max_length=LONGEST_ESSAY, help_text="Markdown.")
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class EssayFilters(Reveal):
    author = serializers.CharField(required=False, max_length=30, help_text="A member's username.")
    film = FilmField(required=False, help_text="The slug of a film that it is about.")
    person = PersonField(required=False, help_text="The slug of a person of whom it speaks.")
    ordering = serializers.ChoiceField(required=False, choices=list(ORDERS), help_text="Default `-created_at`.")

    def apply(self, essays: EssayQuerySet) -> EssayQuerySet:
        asked = self.validated_data
        if "author" in asked:
            essays = essays.filter(member__username__iexact=asked["author"])
        if "film" in asked:
            essays = essays.filter(films=asked["film"])
        return essays.filter(people=asked["person"]) if "person" in asked else essays

    def runs(self) -> tuple[Run, ...]:
        return ORDERS[self.validated_data.get("ordering", "-created_at")]
