"""What programs read of the community."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import LicenceField, PageAddress
from accounts.api.serializers import MemberRefSerializer, example
from accounts.picture_shapes import view_of
from films.api.refs import FilmRefSerializer, PersonRefSerializer
from reviews.api import examples
from reviews.api.fields import StarsField, ThreadStateField
from reviews.counting import count_for
from reviews.curtains import Told, Words, told
from reviews.models import Article, Mark, Report, Review
from reviews.search import Kind


def told_to(serializer: serializers.BaseSerializer[Any], row: Words) -> Told:
    """The words of a row for whoever asks, worked out once."""
    if "told" not in vars(row):
        request = serializer.context["request"]
        reveal = request.query_params.get("reveal") in {"1", "true"}
        vars(row)["told"] = told(row, request.user, reveal=reveal)
    answer: Told = vars(row)["told"]
    return answer


class CountedList(serializers.ListSerializer[Any]):
    """Rows whose counts leave out what the reader does not see, in one query for all of them."""

    def to_representation(self, rows: Any) -> Any:
        found = list(rows)
        count_for(self.context["request"].user, found)
        return super().to_representation(found)


@example(examples.MARK)
class MarkSerializer(serializers.ModelSerializer[Mark]):
    """What you think of a film."""

    stars = StarsField(read_only=True)
    watched = serializers.BooleanField(source="is_watched", read_only=True)
    liked = serializers.BooleanField(source="is_liked", read_only=True)
    in_watchlist = serializers.BooleanField(source="is_in_watchlist", read_only=True)
    held = serializers.SerializerMethodField(help_text="An incident holds the rating: it is kept, and not counted.")

    class Meta:
        model = Mark
        fields = read_only_fields = ["stars", "held", "watched", "liked", "in_watchlist", "visibility"]

    def get_held(self, mark: Mark) -> bool:
        return mark.incident_id is not None


@example(examples.REVIEW)
class ReviewSerializer(serializers.ModelSerializer[Review]):
    """A review. `body` is Markdown as written; `body_html` is safe to show.

    What gives the film away is left out of both, and `covered` is true, unless you wrote it, have seen the film, or ask
    with `?reveal=1`.
    """

    body = serializers.SerializerMethodField(help_text="Markdown as written; `>!…!<` for what is left out.")
    body_html = serializers.SerializerMethodField()
    covered = serializers.SerializerMethodField(help_text="Something is left out.")
    film = FilmRefSerializer(read_only=True)
    member = MemberRefSerializer(read_only=True)
    stars = StarsField(read_only=True)
    watched_on = serializers.DateField(source="viewing.watched_on", default=None, allow_null=True, read_only=True)
    rewatch = serializers.SerializerMethodField()
    pinned = serializers.SerializerMethodField(help_text="Its member shows it first on their page.")
    likes = serializers.IntegerField(source="like_count", read_only=True)
    comments = serializers.IntegerField(source="comment_count", read_only=True)
    created_at = serializers.DateTimeField(source="published_at", read_only=True, help_text="When it was posted.")
    comment_policy = serializers.CharField(read_only=True, help_text="Who may comment; empty for the writer's custom.")
    thread_state = ThreadStateField()
    licence = LicenceField(read_only=True)
    url = PageAddress()

    class Meta:
        model = Review
        fields = read_only_fields = [
            "id", "film", "member", "stars", "body", "body_html", "watched_on", "rewatch", "spoilers", "tags",
            "covered", "visibility", "pinned", "likes", "comments", "comment_policy", "thread_state", "licence",
            "version", "created_at", "updated_at", "url",
        ]  # fmt: skip
        list_serializer_class = CountedList

    def to_representation(self, review: Review) -> Any:
        count_for(self.context["request"].user, [review])  # in a list they all are counted already
        return super().to_representation(review)

    def get_body(self, review: Review) -> str:
        return told_to(self, review).body

    def get_body_html(self, review: Review) -> str:
        return told_to(self, review).html

    def get_covered(self, review: Review) -> bool:
        return told_to(self, review).covered

    def get_pinned(self, review: Review) -> bool:
        return review.pinned_at is not None

    def get_rewatch(self, review: Review) -> bool:
        return review.viewing is not None and review.viewing.rewatch


@example(examples.REPORT, response_only=True)
class ReportSerializer(serializers.ModelSerializer[Report]):
    class Meta:
        model = Report
        fields = read_only_fields = ["id", "reason", "message", "created_at"]


class CriticScoreSerializer(serializers.Serializer[Article]):
    """As the critic gave it: 4 out of 5."""

    value = serializers.FloatField(source="score_value")
    scale = serializers.FloatField(source="score_scale")


class PictureSerializer(serializers.Serializer[Article]):
    """The picture at its largest, cut around its focal point to 16 by 9."""

    url = serializers.SerializerMethodField()
    alt = serializers.CharField(source="picture_alt", help_text="What it shows.")
    credit = serializers.CharField(source="picture_credit")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, article: Article) -> str:
        image = view_of(article.picture_key)
        return str(self.context["request"].build_absolute_uri(image.large)) if image else ""


@example(examples.ARTICLE_CARD)
class ArticleCardSerializer(serializers.ModelSerializer[Article]):
    author = MemberRefSerializer(read_only=True, allow_null=True)
    score = serializers.SerializerMethodField()
    picture = serializers.SerializerMethodField()
    reading_minutes = serializers.IntegerField(read_only=True)
    url = PageAddress()

    class Meta:
        model = Article
        fields = read_only_fields = [
            "slug", "kind", "title", "standfirst", "author", "byline", "outlet", "outlet_url", "score", "picture",
            "reading_minutes", "published_at", "updated_at", "url",
        ]  # fmt: skip

    @extend_schema_field(CriticScoreSerializer(allow_null=True))
    def get_score(self, article: Article) -> Any:
        is_told = article.score and not getattr(article, "score_covered", False)
        return CriticScoreSerializer(article).data if is_told else None

    @extend_schema_field(PictureSerializer(allow_null=True))
    def get_picture(self, article: Article) -> Any:
        return PictureSerializer(article, context=self.context).data if article.picture_key else None


class HeadingSerializer(serializers.Serializer[Any]):
    level = serializers.IntegerField(min_value=2, max_value=4)
    id = serializers.CharField()
    text = serializers.CharField()


@example(examples.ARTICLE)
class ArticleSerializer(ArticleCardSerializer):
    body = serializers.SerializerMethodField(help_text="Markdown as written; `>!…!<` for what is left out.")
    body_html = serializers.SerializerMethodField()
    covered = serializers.SerializerMethodField(help_text="Something is left out, as in a review.")
    headings = HeadingSerializer(many=True, read_only=True)
    films = FilmRefSerializer(many=True, read_only=True)
    people = PersonRefSerializer(many=True, read_only=True)

    class Meta:
        model = Article
        fields = read_only_fields = [
            "slug", "kind", "title", "standfirst", "author", "byline", "outlet", "outlet_url", "score", "picture",
            "body", "body_html", "covered", "headings", "films", "people", "reading_minutes", "published_at",
            "updated_at", "url",
        ]  # fmt: skip

    def get_body(self, article: Article) -> str:
        return told_to(self, article).body

    def get_body_html(self, article: Article) -> str:
        return told_to(self, article).html

    def get_covered(self, article: Article) -> bool:
        return told_to(self, article).covered


@example(examples.WATCHLIST)
class WatchlistSerializer(serializers.ModelSerializer[Mark]):
    film = FilmRefSerializer(read_only=True)
    added_at = serializers.DateTimeField(source="watchlisted_at", read_only=True)

    class Meta:
        model = Mark
        fields = read_only_fields = ["film", "added_at"]


@example(examples.FOUND)
class FoundSerializer(serializers.Serializer[Any]):
    """Something that a search found. `id` is the slug, the username or the number by which the API knows it."""

    type = serializers.ChoiceField(choices=[str(kind) for kind in Kind])
    id = serializers.CharField()
    title = serializers.CharField()
    detail = serializers.CharField()
    url = serializers.URLField()
