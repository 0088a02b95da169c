"""A member's figures: of all that they saw, and of any year."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.views.keeping import kept_page
from config.keeping import Tags
from reviews.goals import Way, goal_of
from reviews.stats.cards import card_of_year
from reviews.stats.drawn import bars_of, calendar_of
from reviews.stats.figures import Figures, figures_of
from reviews.stats.ranking import Place, Ranking
from reviews.stats.words import in_short, said_of, titles
from reviews.stats.years import is_year
from reviews.views.member import between_us, head, member_or_redirect

SHOWN: Final = 6  # of a ranking


@dataclass(frozen=True)
class Row:
    """A place of a ranking on the page: where its films are, and how long its bar is beside the first one's."""

    place: Place
    url: str
    length: str


@require_safe
def show(request: HttpRequest, username: str, year: int | None = None) -> HttpResponse:
    """All years together, or one of them."""
    if year is not None and not is_year(year, timezone.localdate()):
        raise Http404(_("Nobody can have seen a film in that year."))
    member = member_or_redirect(request, username, *([str(year)] if year else []))
    if isinstance(member, HttpResponse):
        return member
    top = head(request, member) | {"kind": "stats"}
    if not top["lets_in"]:
        raise Http404(_("This account is private."))

    def make() -> tuple[dict[str, Any], Tags]:
        figures = figures_of(member, request.user, year)
        shared = bool(year and figures.viewings and not request.user.is_authenticated)
        card = card_of_year(member, figures) if shared else None
        goal = goal_of(member, request.user, year)
        way = Way(goal, figures.films, timezone.localdate()) if goal else None
        context = top | context_of(figures, member) | {"card": card, "way": way}
        return context, (*between_us(request, member), *figures.tags)

    return kept_page(request, "reviews/member_stats.html", make)


def context_of(figures: Figures, member: User) -> dict[str, Any]:
    diary, films = (reverse(f"reviews:member_{kind}", args=[member.username]) for kind in ("diary", "films"))
    where = f"{films}?" if figures.year is None else f"{diary}?on={figures.year}&"
    return {
        "figures": figures,
        "year": figures.year,
        "bars": bars_of(figures, member.username) if figures.viewings else [],
        "calendar": calendar_of(figures, figures.year) if figures.year and figures.viewings else None,
        "standouts": said_of(figures),
        "in_short": in_short(figures),
        "rankings": [(ranking, titles()[ranking.kind], *_rows(ranking, where)) for ranking in figures.rankings],
        "histogram_url": f"{diary}?on={figures.year}"
        if figures.year
        else reverse("reviews:member_ratings", args=[member.username]),
    }


def _rows(ranking: Ranking, where: str) -> tuple[list[Row], list[Row]]:
    """Most seen, by films; rated highest, by stars of five."""
    most = max((place.films for place in ranking.most), default=1)
    address = f"{where}{ranking.kind}="
    return (
        [Row(p, address + p.slug, f"{100 * p.films / most:.1f}") for p in ranking.most[:SHOWN]],
        [Row(p, address + p.slug, f"{20 * (p.mean or 0):.1f}") for p in ranking.best[:SHOWN]],
    )
