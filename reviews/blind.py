"""Members who see no score of a film until they have rated it: what is covered from whom. The one place that knows.

A film is covered from a member who switched that on (`User.hides_scores`), has not rated it, and has not asked to see
its score: no mean, no bars, nobody else's stars. Somebody who did not switch it on costs no query here.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from accounts.models.viewer import Viewer
from films.models import Film
from reviews.models import Article, Mark

SEEN = Q(half_stars__isnull=False) | Q(score_seen_at__isnull=False)


def is_blind(viewer: Any) -> bool:
    """Whether this viewer switched scores off; nobody who is signed out did."""
    return bool(getattr(viewer, "is_authenticated", False) and viewer.hides_scores)


def is_covered(viewer: Viewer, mark: Mark | None) -> bool:
    """Whether the score of a film is covered from this viewer, whose mark of it this is. No query."""
    return is_blind(viewer) and (mark is None or (mark.half_stars is None and mark.score_seen_at is None))


def covered_among(viewer: Any, films: Iterable[int | None]) -> set[int]:
    """Which of these films (by id) have their score covered from the viewer. One query, none for viewers who see
    scores.
    """
    ids = {number for number in films if number is not None}
    if not ids or not is_blind(viewer):
        return set()
    return ids - set(Mark.objects.filter(SEEN, member=viewer, film__in=ids).values_list("film", flat=True))


def cover(film: Film) -> None:
    """To a reader this film is as if nobody had rated it; `score_covered` says why. The row is not to be saved."""
    film.rating_count = film.rating_sum = film.blind_count = film.blind_sum = 0
    film.rating_histogram, film.aside_histogram = [0] * 10, [0] * 10
    film.rating_weighted = film.rating_spread = film.top_position = None
    film.score_covered = True  # type: ignore[attr-defined]  # the catalogue below knows nothing of it


def cover_films(viewer: Viewer, films: Iterable[Film], *, covered: Collection[int] | None = None) -> None:
    """Cover those that have to be. One query, unless it is known which are `covered_among` them.

    `attach_marks` does so by itself.
    """
    if is_blind(viewer):
        rows = list(films)
        covered = covered_among(viewer, (film.pk for film in rows)) if covered is None else covered
        for film in rows:
            if film.pk in covered:
                cover(film)


def cover_stars(viewer: Any, *kinds: Iterable[Any], covered: Collection[int] | None = None) -> None:
    """Take other members' stars (and the score of a film at hand) from rows with `member_id` and `film_id`: reviews,
    viewings, marks. Other rows stay as they are; `stars_covered` says why there are none. One query for all that are
    given, unless it is known which films are `covered_among` theirs.
    """
    if not is_blind(viewer):
        return
    rows = [row for rows in kinds for row in rows if hasattr(type(row), "half_stars")]
    covered = covered_among(viewer, (row.film_id for row in rows)) if covered is None else covered
    for row in rows:
        if row.film_id not in covered:
            continue
        if row.member_id != viewer.pk:
            row.half_stars, row.stars_covered = None, True
        if (film := row._state.fields_cache.get("film")) is not None:
            cover(film)


def cover_critics(viewer: Viewer, articles: Iterable[Article]) -> None:
    """Take the critic's own score from reviews of films whose score is covered."""
    if not is_blind(viewer):
        return
    scored = {article.pk: article for article in articles if article.score_value is not None}
    about = Article.films.through.objects.filter(article__in=scored).values_list("article", "film")
    pairs = list(about) if scored else []
    covered = covered_among(viewer, (film for _article, film in pairs))
    for number, film in pairs:
        if film in covered:
            scored[number].score_value = scored[number].score_scale = None


def with_cover(films: QuerySet[Film], viewer: Viewer) -> QuerySet[Film]:
    """Films that know themselves, by `score_covered`, whether their score is covered: for answers to programs."""
    return films.annotate(score_covered=_covered(viewer, OuterRef("pk"))) if is_blind(viewer) else films


def with_stars_covered(rows: Any, viewer: Viewer) -> Any:
    """Rows with `stars_covered`, for what others say of films whose score is covered from the viewer."""
    if not is_blind(viewer):
        return rows
    others = ~Q(member=viewer) & Q(_covered(viewer, OuterRef("film")))
    when = When(others, then=Value(True))
    return rows.annotate(stars_covered=Case(when, default=Value(False), output_field=BooleanField()))


def with_all_stars_covered(rows: Any, viewer: Viewer) -> Any:
    """The same of rows that no member wrote."""
    return rows.annotate(stars_covered=_covered(viewer, OuterRef("film"))) if is_blind(viewer) else rows


def with_critics_covered(articles: QuerySet[Article], viewer: Viewer) -> QuerySet[Article]:
    """Articles with `score_covered`, for critics' own scores of such films."""
    if not is_blind(viewer):
        return articles
    about = Article.films.through.objects.filter(_covered(viewer, OuterRef("film")), article=OuterRef("pk"))
    return articles.annotate(score_covered=Exists(about))


def _covered(viewer: Any, film: OuterRef) -> Any:
    return ~Exists(Mark.objects.filter(SEEN, member=viewer, film=film))
