"""Articles as the journal's shelf shows them."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from films.models import Film
from reviews.models import Article

FANNED: Final = 3


def with_card(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With their authors, and the best known of their films in `shown`: one query more for all of them."""
    films = Film.objects.with_card().popular()[:FANNED]
    shown = Prefetch("films", queryset=films, to_attr="shown")
    return articles.select_related("author").defer("body_html", "headings").prefetch_related(shown)


def article_facts(article: Article, films: Iterable[Film]) -> dict[str, Any]:
    """What an article says of itself to search engines, in the vocabulary of schema.org."""
    author = article.byline or (article.author.name if article.author else settings.SITE_NAME)
    return {
        "@type": "NewsArticle" if article.kind == Article.Kind.NEWS else "Article",
        "headline": article.title,
        "description": article.standfirst,
        "url": settings.SITE_URL + article.get_absolute_url(),
        "datePublished": article.published_at.isoformat() if article.published_at else None,
        "dateModified": article.updated_at.isoformat(),
        "author": {"@type": "Person" if article.author or article.byline else "Organization", "name": author},
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "about": [
            {"@type": "Movie", "name": film.title, "url": settings.SITE_URL + film.get_absolute_url()} for film in films
        ],
    }
