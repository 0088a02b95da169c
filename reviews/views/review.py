"""A review and the talk under it."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.compiled import for_viewers
from accounts.federation.standing import liked_elsewhere
from accounts.freshness import FACES, by_tag
from accounts.models.sight import is_signed_in
from accounts.requests import MemberRequest
from accounts.views.keeping import kept_page
from accounts.views.posting import gone_before, gone_to, posted_from
from config.keeping import Tags
from films.freshness import about
from reviews.actions.pinning import pin_review, unpin_review
from reviews.actions.reviewing import delete_review, like_review, unlike_review
from reviews.blind import cover_stars
from reviews.counting import count_for
from reviews.curtains import opened_for
from reviews.forms import CommentForm
from reviews.models import Review, ReviewLike
from reviews.thread_state import Relation, relation_by_number
from reviews.views.federation import led_elsewhere
from reviews.views.talk import talk_on

REVIEW: Final = "reviews/review.html"


def visible_review(request: HttpRequest, review_id: int) -> Review:
    """The review, if this viewer may read it. Raises Http404, the same for one that is not there."""
    for review in _visible(request.user, number=review_id):
        return review
    raise Http404


@for_viewers(number=int)
def _visible(viewer: Any, number: Any) -> Any:
    shown = Review.objects.visible_to(viewer).filter(pk=number)
    reviews = opened_for(shown.select_related("member", "film", "viewing", "document"), viewer)
    if is_signed_in(viewer):
        likes = ReviewLike.objects.filter(review=OuterRef("pk"), member=viewer)
        reviews = reviews.annotate(liked_by_me=Exists(likes))
    return reviews.defer("film__search_text")


@require_safe
def show(request: HttpRequest, review_id: int) -> HttpResponse:
    if place := led_elsewhere(request, "review", review_id, member__reviews=review_id):
        return redirect(place)
    relation = relation_by_number("review", review_id, request.user)
    return kept_page(request, REVIEW, lambda: whole(request, review_id, relation), relation)


def whole(request: HttpRequest, review_id: int, relation: Relation | None) -> tuple[dict[str, Any], Tags | None]:
    """What the page shows, and of what that is made. Raises Http404."""
    review = visible_review(request, review_id)
    context = context_of(request, review, relation=relation)
    return context, None if context["talk"].is_editable else (FACES, *about([review.film_id]), by_tag(request.user.pk))


def page(request: HttpRequest, review: Review, form: CommentForm | None = None, status: int = 200) -> HttpResponse:
    return render(request, REVIEW, context_of(request, review, form), status=status)


def context_of(request: HttpRequest, review: Review, form: CommentForm | None = None, **known: Any) -> dict[str, Any]:
    count_for(request.user, [review])
    cover_stars(request.user, [review])
    elsewhere = liked_elsewhere(review.pk, review.member_id) if review.member_id == request.user.pk else {}
    return {"review": review, "elsewhere": elsewhere} | talk_on(request, review, form, **known)


@login_required
@posted_from("reviews:review", "review_id")
def like(request: MemberRequest, review_id: int) -> HttpResponse:
    review = visible_review(request, review_id)
    if request.POST.get("liked") == "0":
        unlike_review(member=request.user, review=review)
    else:
        like_review(member=request.user, review=review)
    if not request.htmx:
        return redirect(review)
    changed = visible_review(request, review_id)
    count_for(request.user, [changed])
    return render(request, "reviews/review.html#like", {"review": changed})


@login_required
@posted_from("reviews:review", "review_id")
def pin(request: MemberRequest, review_id: int) -> HttpResponse:
    review = visible_review(request, review_id)
    if request.POST.get("pinned") == "0":
        unpin_review(member=request.user, review=review)
        messages.success(request, _("It is no longer pinned."))
        return redirect(review)
    try:
        pin_review(member=request.user, review=review)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("It stands first on your page now."))
    return redirect(review)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: MemberRequest, review_id: int) -> HttpResponse:
    own = Review.objects.filter(member=request.user).select_related("film", "member")
    review = own.filter(pk=review_id).first()
    if review is None:
        return gone_before(request)
    if request.method == "GET":
        return render(request, "reviews/delete_review.html", {"review": review})
    delete_review(member=request.user, review=review)
    messages.success(request, _("Your review is deleted. Your rating and your diary stay as they were."))
    return gone_to(request, review.film.get_absolute_url())
