"""The page of one's saved searches, where they are saved and deleted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from accounts.views.posting import gone_before, gone_to, posted_from
from reviews.actions.searching import delete_search, save_search
from reviews.forms import SavedSearchForm
from reviews.models import SavedSearch
from reviews.searches import filters_in, searches_of, words_of
from reviews.views import finding


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def searches(request: MemberRequest) -> HttpResponse:
    """All of them, each with what it asks for. What the catalogue's page sends here is saved, or comes back."""
    if request.method != "POST":
        return _page(request)
    form = SavedSearchForm(request.POST)
    if form.is_valid():
        [(filters, _notices)] = filters_in([form.cleaned_data["query"]])
        try:
            saved = save_search(member=request.user, name=form.cleaned_data["name"], filters=filters)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
            return redirect(saved)
    return _page(request, form)


def _page(request: MemberRequest, form: SavedSearchForm | None = None) -> HttpResponse:
    saved = searches_of(request.user)
    asked = [filters for filters, _notices in filters_in(one.query for one in saved)]
    wishes = (finding.wish_of(filters) for filters in asked)
    context = {"searches": list(zip(saved, map(words_of, asked), wishes, strict=True)), "form": form}
    return render(request, "reviews/searches.html", context, status=422 if form else 200)


@login_required
@posted_from("reviews:searches")
def delete(request: MemberRequest, search_id: int) -> HttpResponse:
    search = SavedSearch.objects.filter(member=request.user, pk=search_id).first()
    if search is None:
        return gone_before(request)
    delete_search(member=request.user, search=search)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": search.name})
    return gone_to(request, reverse("reviews:searches"))
