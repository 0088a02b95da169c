"""The front page."""

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Collection, CollectionEntry, Film
from reviews.leaving import leaving_this_week, soonest
from reviews.marks import attach_marks, with_progress
from reviews.models import Article, Review

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
    popular = list(Film.objects.with_card().popular()[:POPULAR])
    attach_marks(viewer, popular)
    context = {
        "popular": popular,
        "stage": popular[:ON_STAGE],
        "leaving": soonest(LEAVING, LEAVING_WITHIN),
        "reviews": list(Review.objects.visible_to(viewer).with_card().newest()[:JUST_REVIEWED]),
        "collection": front_collection(viewer),
        "stories": list(Article.objects.published().newest().select_related("author").defer("body_html")[:STORIES]),
    }
    if viewer.is_authenticated:
        from_followed = Review.objects.visible_to(viewer).filter(member__follows_received__follower=viewer)
        context["this_week"] = leaving_this_week(viewer)
        context["from_followed"] = list(from_followed.with_card().newest()[:JUST_REVIEWED])
    return render(request, "reviews/home.html", context)


def front_collection(viewer: Any) -> Collection | None:
    """The first collection that curators put on the front page, with its first films in `shown`, and its progress."""
    entries = CollectionEntry.objects.select_related("film").order_by("position", "id")
    chosen: Any = (
        with_progress(Collection.objects.on_front_page(), viewer)
        .select_related("curator")
        .prefetch_related(Prefetch("entries", queryset=entries[:ENTRIES_SHOWN], to_attr="shown"))
    )
    return chosen.first()
