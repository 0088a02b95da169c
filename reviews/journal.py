"""Articles as the journal's shelf shows them."""

from typing import Final

from django.db.models import Prefetch, QuerySet

from films.models import Film
from reviews.models import Article

FANNED: Final = 3


def with_card(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With their authors, and the best known of their films in `shown`: one query more for all of them."""
    films = Film.objects.with_card().popular()[:FANNED]
    shown = Prefetch("films", queryset=films, to_attr="shown")
    return articles.select_related("author").defer("body_html", "headings").prefetch_related(shown)
