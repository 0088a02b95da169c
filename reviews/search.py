"""One search over films, people, members, reviews, articles and lists."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet, TextChoices, TextField, Value
from django.utils.translation import gettext_lazy as _

from accounts.search import find_members
from films.finding import Typed, best_films, best_people
from films.search import as_typed
from reviews import journal
from reviews.curtains import with_seen
from reviews.lists import with_cards
from reviews.models import Article, FilmList, Review

MOST_COUNTED: Final = 100
# How the texts are cut into words; the indexes review_words, list_words and article_words are made of the same.
REVIEW_WORDS: Final = SearchVector("body", config="english")
LIST_WORDS: Final = SearchVector("title", "description", config="english")
ARTICLE_WORDS: Final = SearchVector("title", "standfirst", "body", config="english")


class Kind(TextChoices):
    FILMS = "films", _("Films")
    PEOPLE = "people", _("People")
    MEMBERS = "members", _("Members")
    REVIEWS = "reviews", _("Reviews")
    ARTICLES = "articles", _("Articles")
    LISTS = "lists", _("Lists")


@dataclass(frozen=True)
class Found:
    """What a search found of one kind, and how many there are of each, counted up to MOST_COUNTED + 1."""

    kind: Kind
    rows: QuerySet[Any]
    counts: dict[Kind, int]


def search(viewer: Any, query: str, kind: str = "") -> Found:
    """All kinds are counted in one query. An unknown or empty kind becomes the first that has anything."""
    typed = Typed(query)
    queries = {each: find(viewer, query, each, typed) for each in Kind}
    counts = count_kinds(queries)
    chosen = Kind(kind) if kind in Kind.values else next((each for each in Kind if counts[each]), Kind.FILMS)
    rows = with_card(queries[chosen], chosen)
    return Found(chosen, with_seen(rows, viewer) if chosen is Kind.REVIEWS else rows, counts)


def find(viewer: Any, query: str, kind: Kind, typed: Typed | None = None) -> QuerySet[Any]:
    """What there is of one kind, the best first, as far as the viewer may see it."""
    typed = typed or Typed(query)
    match kind:
        case Kind.FILMS:
            return best_films(typed)
        case Kind.PEOPLE:
            return best_people(typed)
        case Kind.MEMBERS:
            return find_members(viewer, as_typed(query))
        case Kind.REVIEWS:
            return find_reviews(viewer, query)
        case Kind.ARTICLES:
            return find_articles(query)
        case Kind.LISTS:
            return lists_with_words(FilmList.objects.visible_to(viewer), query).best_liked()


def with_card(rows: Any, kind: Kind) -> QuerySet[Any]:
    """The same rows with what their cards show."""
    match kind:
        case Kind.FILMS:
            return rows.with_card()
        case Kind.PEOPLE:
            return rows.only("slug", "name", "born_on", "died_on", "credit_count")
        case Kind.MEMBERS:
            return rows.defer("password", "email")
        case Kind.REVIEWS:
            return rows.with_card()
        case Kind.ARTICLES:
            return journal.with_card(rows)
        case Kind.LISTS:
            return with_cards(rows)


def find_reviews(viewer: Any, query: str) -> QuerySet[Review]:
    """Reviews with these words, as one would ask a search engine; those that the viewer may read, newest first."""
    words = _words(query)
    if words is None:
        return Review.objects.none()
    return Review.objects.visible_to(viewer).annotate(words=REVIEW_WORDS).filter(words=words).newest()


def find_articles(query: str) -> QuerySet[Article]:
    words = _words(query)
    if words is None:
        return Article.objects.none()
    return Article.objects.published().annotate(words=ARTICLE_WORDS).filter(words=words).newest()


def lists_with_words(rows: Any, query: str) -> Any:
    """Those of the lists whose name or description has these words."""
    words = _words(query)
    return rows.none() if words is None else rows.annotate(words=LIST_WORDS).filter(words=words)


def _words(query: str) -> SearchQuery | None:
    text = as_typed(query).strip()
    return SearchQuery(text, config="english", search_type="websearch") if text else None


def count_kinds(queries: dict[Kind, QuerySet[Any]]) -> dict[Kind, int]:
    """How many each finds, up to MOST_COUNTED + 1, in one query."""
    rows = [
        found.order_by().values_list(Value(kind.value, output_field=TextField()))[: MOST_COUNTED + 1]
        for kind, found in queries.items()
        if not found.query.is_empty()
    ]
    if not rows:
        return dict.fromkeys(queries, 0)
    counted = Counter(kind for (kind,) in (rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]))
    return {kind: counted[kind.value] for kind in queries}
