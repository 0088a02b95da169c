"""The front page."""

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Collection, CollectionEntry, Film
from reviews.blind import cover_films
from reviews.counting import count_for
from reviews.curtains import with_seen
from reviews.for_you import for_you
from reviews.friends import popular_with_friends
from reviews.leaving import leaving_this_week, soonest
from reviews.lines import draw_lines
from reviews.marks import attach_marks, with_progress
from reviews.models import Activity, Article, Review
from reviews.models.review import ReviewQuerySet
from reviews.pages import page_of
from reviews.quiet import without_muted
from reviews.timeline import A_PAGE, Scope, kinds_of, timeline

POPULAR = 12
RECOMMENDED = 6
LATEST = 60  # ratings that what is recommended on this page comes from
ON_STAGE = 10
JUST_REVIEWED = 6
LEAVING = 4
LEAVING_WITHIN = timedelta(days=30)
STORIES = 3
ENTRIES_SHOWN = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "reviews/feed.html", feed(request))
    return render(request, "reviews/home.html", lobby(request))


def lobby(request: HttpRequest) -> dict[str, Any]:
    """What somebody signed out sees."""
    viewer = request.user
    films = without_muted(Film.objects.with_card(), viewer, members=(), films=("pk",))
    popular = list(films.popular()[:POPULAR])
    stories = Article.objects.published().newest().select_related("author").defer("body_html")
    attach_marks(viewer, popular)
    return {
        "popular": popular,
        "stage": popular[:ON_STAGE],
        "reviews": newest(viewer, Review.objects.all()),
        "leaving": soonest(viewer, LEAVING, LEAVING_WITHIN),
        "collection": front_collection(viewer),
        "stories": list(stories[:STORIES]),
    }


def feed(request: HttpRequest) -> dict[str, Any]:
    """What one's circle, or everybody, did lately; on its first page with what else the house has."""
    viewer = request.user
    scope = Scope.EVERYONE if request.GET.get("scope") == Scope.EVERYONE else Scope.CIRCLE
    kinds = kinds_of(request.GET.getlist("kind"))
    rows, runs = timeline(viewer, scope, kinds)
    page = page_of(request, rows, size=A_PAGE, runs=runs)
    lines = page["rows"]
    draw_lines(viewer, lines)
    context: dict[str, Any] = page | {"scope": scope, "kinds": kinds, "choices": Activity.Kind.choices}
    shelf: list[Film] = []
    recommended: list[Film] = []
    if is_first := not {"after", "before"} & set(request.GET):
        shelf, recommended = popular_with_friends(viewer, POPULAR), for_you(viewer, RECOMMENDED, rated=LATEST)
        context |= {
            "shelf": shelf,
            "recommended": recommended,
            "this_week": leaving_this_week(viewer),
            "leaving": soonest(viewer, LEAVING, LEAVING_WITHIN),
            "collection": front_collection(viewer),
        }
    attach_marks(viewer, [*shelf, *recommended])
    if is_first and (collection := context["collection"]):
        cover_films(viewer, [entry.film for entry in collection.shown])
    return context | {"is_first": is_first}


def newest(viewer: Any, reviews: ReviewQuerySet) -> list[Review]:
    """The latest of these that the viewer may read and has not muted."""
    heard = without_muted(reviews.visible_to(viewer), viewer).with_card()
    found = list(with_seen(heard, viewer).newest()[:JUST_REVIEWED])
    count_for(viewer, found)
    return found


def front_collection(viewer: Any) -> Collection | None:
    """The first collection that curators put on the front page, with its first films in `shown`, and its progress."""
    entries = CollectionEntry.objects.select_related("film").order_by("position", "id")
    chosen: Any = (
        with_progress(Collection.objects.on_front_page(), viewer)
        .select_related("curator")
        .prefetch_related(Prefetch("entries", queryset=entries[:ENTRIES_SHOWN], to_attr="shown"))
    )
    return chosen.first()
