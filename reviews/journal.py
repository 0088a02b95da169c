"""Articles as the journal's shelf shows them."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from accounts.picture_shapes import view_of
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
    films = list(films)
    author = {"@type": "Person" if article.writer else "Organization", "name": article.writer or settings.SITE_NAME}
    facts: dict[str, Any] = {
        "@type": "NewsArticle" if article.kind == Article.Kind.NEWS else "Article",
        "headline": article.title,
        "description": article.standfirst,
        "url": settings.SITE_URL + article.get_absolute_url(),
        "datePublished": article.published_at.isoformat() if article.published_at else None,
        "dateModified": article.updated_at.isoformat(),
        "author": author,
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "about": [_movie(film) for film in films],
    }
    if (image := view_of(article.picture_key)) is not None:
        facts["image"] = image.large if "://" in image.large else settings.SITE_URL + image.large
    if article.score and len(films) == 1:
        value, scale = f"{article.score_value:f}", f"{article.score_scale:f}"
        facts |= {
            "@type": "CriticReview",
            "itemReviewed": _movie(films[0]),
            "reviewRating": {"@type": "Rating", "ratingValue": value, "bestRating": scale, "worstRating": "0"},
        }
    return facts


def _movie(film: Film) -> dict[str, str]:
    return {"@type": "Movie", "name": film.title, "url": settings.SITE_URL + film.get_absolute_url()}
