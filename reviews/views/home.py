"""The front page."""

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Collection, CollectionEntry, Film
from reviews.counting import count_for
from reviews.curtains import with_seen
from reviews.leaving import leaving_this_week, soonest
from reviews.marks import attach_marks, with_progress
from reviews.models import Article, Review
from reviews.models.review import ReviewQuerySet
from reviews.quiet import without_muted

POPULAR = 12
ON_STAGE = 10
JUST_REVIEWED = 6
LEAVING = 4
LEAVING_WITHIN = timedelta(days=30)
STORIES = 3
ENTRIES_SHOWN = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    viewer = request.user
    popular = list(without_muted(Film.objects.with_card(), viewer, members=(), films=("pk",)).popular()[:POPULAR])
    attach_marks(viewer, popular)
    context = {
        "popular": popular,
        "stage": popular[:ON_STAGE],
        "leaving": soonest(viewer, LEAVING, LEAVING_WITHIN),
        "reviews": newest(viewer, Review.objects.all()),
        "collection": front_collection(viewer),
        "stories": list(Article.objects.published().newest().select_related("author").defer("body_html")[:STORIES]),
    }
    if viewer.is_authenticated:
        context["this_week"] = leaving_this_week(viewer)
        followed = Review.objects.filter(member__follows_received__follower=viewer)
        context["from_followed"] = newest(viewer, followed)
    return render(request, "reviews/home.html", context)


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
