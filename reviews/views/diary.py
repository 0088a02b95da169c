"""Logging a film without a review, and correcting one's own lines of the diary."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from accounts.views.posting import gone_before, gone_to
from films.addresses import film_at
from films.models import Film
from reviews.actions.diary import change_viewing, delete_viewing, log_once
from reviews.diary_forms import ViewingForm
from reviews.models import Mark, Viewing


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: MemberRequest, slug: str) -> HttpResponse:
    """Write a film into the diary."""
    film = film_at(slug, Film.objects.defer("search_text"))
    if request.method != "POST":
        if film.slug != slug:
            return redirect("reviews:log", film.slug, permanent=True)
        return page(request, film, first_guess(request, film))
    form = ViewingForm(request.POST)
    if form.is_valid():
        try:
            log_once(member=request.user, film=film, **form.line())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%(film)s is in your diary.") % {"film": film})
            return redirect(f"{film.get_absolute_url()}#you")
    return page(request, film, form)


def first_guess(request: MemberRequest, film: Film) -> ViewingForm:
    """Today, again if the film is in the diary, and shown to whom the mark is shown."""
    mark = Mark.objects.filter(member=request.user, film=film).first()
    seen = Viewing.objects.filter(member=request.user, film=film).exists()
    shown = {"visibility": mark.visibility} if mark else {}
    return ViewingForm.for_today(rewatch=seen, **shown)


def page(request: MemberRequest, film: Film, form: ViewingForm, viewing: Viewing | None = None) -> HttpResponse:
    context = {"film": film, "form": form, "viewing": viewing}
    return render(request, "reviews/log.html", context, status=422 if form.errors else 200)


def own_line(request: MemberRequest, viewing_id: int) -> Viewing | None:
    """Nothing for a line of somebody else's diary, as for none."""
    own = Viewing.objects.filter(member=request.user).select_related("film", "review")
    return own.defer("film__search_text").filter(pk=viewing_id).first()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, viewing_id: int) -> HttpResponse:
    """Correct a line. One that belongs to a review is corrected there, so that the two never differ."""
    viewing = own_line(request, viewing_id)
    if viewing is None:
        raise Http404
    if (review := getattr(viewing, "review", None)) is not None:
        return redirect("reviews:edit_review", review.pk)
    if request.method != "POST":
        return page(request, viewing.film, ViewingForm.of(viewing), viewing)
    form = ViewingForm(request.POST)
    if form.is_valid():
        try:
            change_viewing(member=request.user, viewing=viewing, **form.line())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your diary is corrected."))
            return redirect("reviews:member_diary", request.user.username)
    return page(request, viewing.film, form, viewing)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: MemberRequest, viewing_id: int) -> HttpResponse:
    viewing = own_line(request, viewing_id)
    if viewing is None:
        return gone_before(request)
    if request.method != "POST":
        return render(request, "reviews/delete_viewing.html", {"viewing": viewing})
    delete_viewing(member=request.user, viewing=viewing)
    messages.success(request, _("It is out of your diary. Your rating stays."))
    return gone_to(request, reverse("reviews:member_diary", args=[request.user.username]))
