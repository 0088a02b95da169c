"""What lists of the community can be narrowed down by, and in which order they come."""

from typing import Any, Final

from django.db.models import QuerySet
from rest_framework import serializers

from config.api.paging import LARGEST_PAGE
from films.api.filters import since
from films.paging import Run
from films.search import LONGEST_QUERY
from reviews.api.fields import FilmField, PersonField
from reviews.models import Article
from reviews.models.review import LONGEST_BODY, ReviewQuerySet
from reviews.search import Kind
from reviews.tags import tagged

NEWEST: Final = (Run(("published_at", "id")),)
REVIEW_ORDERS: Final = {
    "-created_at": NEWEST,
    "-likes": (Run(("like_count", "published_at", "id")),),
    "updated_at": (Run(("updated_at", "id"), descending=False),),
}


class Reveal(serializers.Serializer[Any]):
    """Whether words that give a film away are wanted all the same."""

    reveal = serializers.ChoiceField(required=False, choices=["1"], help_text="Leave out nothing that is covered.")


class ReviewFilters(Reveal):
    film = FilmField(required=False, help_text="A film's slug.")
    member = serializers.CharField(required=False, max_length=30, help_text="A member's username.")
    tag = serializers.CharField(required=False, max_length=40, help_text="A tag, whatever its case.")
    id = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        max_length=LARGEST_PAGE,
        help_text=f"Given up to {LARGEST_PAGE} times, those of these reviews that you may read.",
    )
    updated_since = since("What was written or changed then or later.")
    min_stars = serializers.FloatField(required=False, min_value=0.5, max_value=5, help_text="At least so many stars.")
    min_length = serializers.IntegerField(
        required=False, min_value=1, max_value=LONGEST_BODY, help_text="At least so many letters, as written."
    )
    spoilers = serializers.ChoiceField(
        required=False, choices=["no"], help_text="`no` leaves out those that give a film away."
    )
    ordering = serializers.ChoiceField(required=False, choices=list(REVIEW_ORDERS), help_text="Default `-created_at`.")

    def apply(self, reviews: ReviewQuerySet) -> ReviewQuerySet:
        asked = self.validated_data
        if "id" in asked:
            reviews = reviews.filter(pk__in=asked["id"])
        if "updated_since" in asked:
            reviews = reviews.filter(updated_at__gte=asked["updated_since"])
        if "film" in asked:
            reviews = reviews.filter(film=asked["film"])
        if "member" in asked:
            reviews = reviews.filter(member__username__iexact=asked["member"])
        if "tag" in asked:
            reviews = tagged(reviews, asked["tag"])
        if "min_length" in asked:
            reviews = reviews.at_least(asked["min_length"])
        if "spoilers" in asked:
            reviews = reviews.filter(spoilers=False)
        return reviews.filter(half_stars__gte=2 * asked["min_stars"]) if "min_stars" in asked else reviews

    def runs(self) -> tuple[Run, ...]:
        return REVIEW_ORDERS[self.validated_data.get("ordering", "-created_at")]


class FilmReviewFilters(ReviewFilters):
    """The same for the reviews of one film."""

    film = None  # type: ignore[assignment]  # how serializers leave out a field that they inherit


class ArticleFilters(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(required=False, choices=Article.Kind.choices, help_text="Only this kind.")
    film = FilmField(required=False, help_text="The slug of a film that it is about.")
    person = PersonField(required=False, help_text="The slug of a person whom it speaks of.")

    def apply(self, articles: QuerySet[Article]) -> QuerySet[Article]:
        asked = self.validated_data
        if "kind" in asked:
            articles = articles.filter(kind=asked["kind"])
        if "film" in asked:
            articles = articles.filter(films=asked["film"])
        return articles.filter(people=asked["person"]) if "person" in asked else articles


class SearchFilters(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=LONGEST_QUERY, help_text="What to look for.")
    type = serializers.ChoiceField(
        required=False, choices=[str(kind) for kind in Kind], help_text="Only this kind, page by page."
    )


class SuggestFilters(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=LONGEST_QUERY, help_text="What has been typed so far.")
