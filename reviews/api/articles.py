"""Editorial."""

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView, RetrieveAPIView

from accounts.api.endpoint import Endpoint
from films.models import Film, Person
from films.paging import Run
from reviews.api.filters import NEWEST, ArticleFilters, Reveal
from reviews.api.serializers import ArticleCardSerializer, ArticleSerializer
from reviews.blind import with_critics_covered
from reviews.curtains import opened_for
from reviews.models import Article


@extend_schema_view(
    get=extend_schema(
        summary="List articles",
        description="Essays, news, interviews and critics' reviews, the newest first.",
    )
)
class ArticleList(Endpoint, ListAPIView[Article]):
    serializer_class = ArticleCardSerializer
    filters_class = ArticleFilters

    def get_queryset(self) -> QuerySet[Article]:
        filters: ArticleFilters = self.asked()
        articles = with_critics_covered(Article.objects.published(), self.request.user)
        return filters.apply(articles.select_related("author").defer("body_html", "headings"))

    def get_runs(self) -> tuple[Run, ...]:
        return NEWEST


@extend_schema_view(get=extend_schema(summary="Read an article", parameters=[Reveal]))
class ArticleDetail(Endpoint, RetrieveAPIView[Article]):
    """An article with the films and people it is about."""

    serializer_class = ArticleSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Article]:
        films = Film.objects.only("slug", "title", "year").order_by("sort_title", "id")
        people = Person.objects.only("slug", "name").order_by("search_text", "id")
        shown = with_critics_covered(Article.objects.published(), self.request.user).select_related("author")
        return opened_for(shown, self.request.user).prefetch_related(
            Prefetch("films", films), Prefetch("people", people)
        )
