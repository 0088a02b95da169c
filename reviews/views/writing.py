"""Writing a review, and changing one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from films.addresses import film_at
from films.models import Film
from reviews.actions.reviewing import StaleEdit, edit_review, post_review, save_draft
from reviews.forms import ReviewForm
from reviews.models import Mark, Review, Viewing
from reviews.stars import to_stars


@login_required
@require_http_methods(["GET", "POST"])
def write(request: MemberRequest, slug: str) -> HttpResponse:
    """Write or edit my review: my draft, else my review, else a new one; `?again=1` always opens a new one."""
    try:
        film = film_at(slug)
    except Http404:
        return gone(request)
    own = Review.objects.filter(member=request.user, film=film).select_related("film", "viewing", "member")
    draft = own.filter(published_at=None).first()
    again = request.GET.get("again") == "1"
    published = None if draft or again else own.order_by("-published_at", "-id").first()
    if published and request.method == "POST":
        return written_meanwhile(request, published)
    if published:
        return redirect("reviews:edit_review", published.pk)
    if request.method == "POST":
        return post(request, film)
    form = ReviewForm.of(draft) if draft else first_guess(request, film)
    return render(request, "reviews/write.html", {"form": form, "film": film, "draft": draft, "again": again})


def first_guess(request: MemberRequest, film: Film) -> ReviewForm:
    """A new review starts from the rating given already, from today, and from whether the film is in the diary."""
    mark = Mark.objects.filter(member=request.user, film=film).first()
    seen = Viewing.objects.filter(member=request.user, film=film).exists()
    return ReviewForm.for_today(stars=to_stars(mark.half_stars) if mark else None, rewatch=seen)


def post(request: MemberRequest, film: Film) -> HttpResponse:
    form = ReviewForm(request.POST)
    as_draft = "draft" in request.POST
    if form.is_valid():
        try:
            action = save_draft if as_draft else post_review
            version = form.cleaned_data["version"] or 0
            review = action(member=request.user, film=film, writing=form.writing(), version=version)
        except StaleEdit as stale:
            return both_texts(request, form, stale.review)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if as_draft:
                messages.success(request, _("Your draft is kept. Only you can see it."))
                return redirect("reviews:write_review", film.slug)
            return redirect(review)
    return render(request, "reviews/write.html", {"form": form, "film": film}, status=422)


def written_meanwhile(request: HttpRequest, review: Review) -> HttpResponse:
    """The form was opened before the review was posted, in another window or by a second press of the button."""
    form = ReviewForm(request.POST)
    form.full_clean()
    if form.data.get("body", "").replace("\r\n", "\n") == review.body:
        return redirect(review)
    return both_texts(request, form, review)


def both_texts(request: HttpRequest, form: ReviewForm, stored: Review) -> HttpResponse:
    """What was typed, ready to be posted over what is stored now, and that beside it."""
    draft = stored if stored.is_draft else None
    changed = _("This review was changed in another window. Compare the two, then post again.")
    if draft is not None:
        changed = _("This draft was changed in another window. Compare the two, then save or post again.")
    form.add_error(None, changed)
    form.data = request.POST.copy()
    form.data["version"] = str(stored.version)
    shown = None if draft else stored
    context = {"form": form, "review": shown, "draft": draft, "newer": stored, "film": stored.film}
    return render(request, "reviews/write.html", context, status=409)


def gone(request: HttpRequest) -> HttpResponse:
    """The film was deleted while somebody wrote about it: their words come back to them."""
    if request.method != "POST":
        raise Http404(_("No film has this address."))
    return render(request, "reviews/film_gone.html", {"words": request.POST.get("body", "")}, status=410)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, review_id: int) -> HttpResponse:
    own = Review.objects.published().filter(member=request.user).select_related("film", "viewing", "member")
    review = own.filter(pk=review_id).first()
    if review is None:
        return gone(request)
    context: dict[str, Any] = {"review": review, "film": review.film}
    if request.method == "GET":
        return render(request, "reviews/write.html", context | {"form": ReviewForm.of(review)})
    form = ReviewForm(request.POST)
    form.lock_cover(review)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            return redirect(edit_review(member=request.user, review=review, writing=form.writing(), version=version))
        except StaleEdit as stale:
            return both_texts(request, form, stale.review)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return render(request, "reviews/write.html", context | {"form": form}, status=422)
