"""The front page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.compiled import prepared
from films.models import Film
from reviews.for_you import for_you
from reviews.friends import popular_with_friends
from reviews.front import hero, pick, stories, tickets
from reviews.leaving import leaving_this_week
from reviews.lines import draw_lines
from reviews.marks import attach_marks
from reviews.models import Activity, Review
from reviews.models.activity import SHOWN
from reviews.notes import draw_notes, place_of, places_of
from reviews.pages import addressed, page_of
from reviews.timeline import A_PAGE, Scope, bare, first_page, kinds_of, timeline

POPULAR = 12
RECOMMENDED = 6
LATEST = 60  # ratings that what is recommended on this page comes from
ON_STAGE = 10
JUST_REVIEWED = 6
QUIPS = 2


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "reviews/feed.html", feed(request))
    return render(request, "reviews/home.html", lobby(request))


def lobby(request: HttpRequest) -> dict[str, Any]:
    """What somebody signed out sees."""
    viewer = request.user
    popular = _popular()
    newest = [place_of(review) for review in _newest()]
    notes = draw_notes(viewer, newest, lead=newest[0].number if newest else None)
    return {
        "popular": popular,
        "hero": hero(popular[:ON_STAGE], newest[:QUIPS]),
        "reviews": list(notes.values()),
        "tickets": tickets(viewer),
        "pick": pick(viewer),
        "stories": stories(),
    }


@prepared()
def _popular() -> Any:
    return Film.objects.with_card().popular()[:POPULAR]


@prepared()
def _newest() -> Any:
    return places_of(Review.objects.visible_to(None).newest()[:JUST_REVIEWED], None)


def feed(request: HttpRequest) -> dict[str, Any]:
    """What one's circle, or everybody, did lately; on its first page with what else the house has."""
    viewer = request.user
    scope = Scope.EVERYONE if request.GET.get("scope") == Scope.EVERYONE else Scope.CIRCLE
    kinds = kinds_of(request.GET.getlist("kind"))
    is_first = not {"after", "before"} & set(request.GET)
    if is_first and kinds == SHOWN:
        page = addressed(request, first_page(viewer, scope))
    else:
        rows, runs = timeline(viewer, scope, kinds)
        page = page_of(request, bare(rows, viewer), size=A_PAGE, runs=runs)
    page["rows"] = draw_lines(viewer, page["rows"])
    context: dict[str, Any] = {"scope": scope, "kinds": kinds, "choices": Activity.Kind.choices, "is_first": is_first}
    return context | page | (what_else(viewer) if is_first else {})


def what_else(viewer: Any) -> dict[str, Any]:
    """What stands below the lines of somebody's first page."""
    shelf, recommended = popular_with_friends(viewer, POPULAR), for_you(viewer, RECOMMENDED, rated=LATEST)
    attach_marks(viewer, [*shelf, *recommended])
    return {
        "shelf": shelf,
        "recommended": recommended,
        "this_week": leaving_this_week(viewer),
        "tickets": tickets(viewer),
        "pick": pick(viewer),
    }
