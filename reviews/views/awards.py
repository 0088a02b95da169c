"""Awards: all of them, the years of one, and who won and was nominated in a year of it."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.freshness import by_tag
from accounts.views.keeping import kept_page
from config.freshness import ANY
from config.keeping import Tags
from films import ceremonies
from films.freshness import tag_of
from films.models import Film
from reviews.marks import attach_marks
from reviews.pages import page_of

A_PAGE: Final = 100
YEARS_A_PAGE: Final = 24
MOST_STAMPED: Final = 300


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """By name. It tells nothing that members do, so nothing of that outdates it."""

    def make() -> tuple[dict[str, Any], Tags]:
        page = page_of(request, ceremonies.ceremonies(), size=A_PAGE, runs=ceremonies.OF_ALL)
        return page | {"rows": ceremonies.named(page["rows"])}, ()

    return kept_page(request, "films/awards.html", make)


@require_safe
def award(request: HttpRequest, slug: str) -> HttpResponse:
    """Its years, the latest first, each with the films that won most."""

    def make() -> tuple[dict[str, Any], Tags]:
        name = ceremonies.name_at(slug)
        page = page_of(request, ceremonies.years_of(slug), size=YEARS_A_PAGE, runs=ceremonies.OF_ONE)
        years = ceremonies.told(slug, page["rows"])
        films = ceremonies.with_fans(years)
        return page | {"name": name, "slug": slug, "rows": years}, _tags(request, films)

    return kept_page(request, "films/award.html", make)


@require_safe
def year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    def make() -> tuple[dict[str, Any], Tags]:
        prizes = ceremonies.prizes_of(slug, year)
        films = list({prize.film_id: prize.film for prize in prizes}.values())
        attach_marks(request.user, [prize.film for prize in prizes])
        before, after = ceremonies.beside(slug, year)
        context = {
            "name": prizes[0].award,
            "slug": slug,
            "year": year,
            "categories": ceremonies.by_category(prizes),
            "films": films,
            "seen": sum(bool(film.mark and film.mark.is_watched) for film in films),  # type: ignore[attr-defined]  # attached above
            "before": before,
            "after": after,
        }
        return context, _tags(request, films)

    return kept_page(request, "films/award_year.html", make)


def _tags(request: HttpRequest, films: list[Film]) -> Tags:
    about = map(tag_of, (film.pk for film in films)) if len(films) <= MOST_STAMPED else (ANY,)
    return by_tag(request.user.pk), *about
