"""Making a list, changing what it says of itself, deleting it; who helps with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import MemberRequest
from accounts.views.posting import gone_before, gone_to, posted_from
from films.addresses import film_at
from films.models import Film
from reviews.actions.filling import add_film
from reviews.actions.helping import answer_invitation, invite_collaborator, part_from_list
from reviews.actions.holding_lists import FILLS_ITSELF
from reviews.actions.listing import StaleList, change_list, delete_list, make_list, renew_link
from reviews.lists import invitation_to, may_fill
from reviews.models import FilmList
from reviews.searches import name_for
from reviews.self_filling import ALL_FILMS
from reviews.views.finding import asked_by
from reviews.views.list_forms import InviteForm, ListForm


def own_lists(request: MemberRequest) -> QuerySet[FilmList]:
    return FilmList.objects.filter(member=request.user).select_related("member")


@login_required
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """`?film=` is the slug of a film that comes on it at once. With `?finds=`, filters, the list fills itself."""
    film, finds = _film_asked(request), request.GET.get("finds", "")
    asked = asked_by(finds)
    if finds and asked is None:
        messages.info(request, ALL_FILMS)
        return redirect("films:browse")
    initial = {"title": name_for(asked.filters)} if asked else None
    form = ListForm(request.POST or None, initial=initial, fills_itself=asked is not None)
    if request.method == "POST" and form.is_valid():
        filters = asked.filters if asked else None
        try:
            made = make_list(member=request.user, details=form.details(), begins_with=film, filters=filters)
            if film:
                add_film(member=request.user, film_list=made, film=film)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(made) if asked else redirect("reviews:list_films", made.pk)
    context = {"form": form, "film": film, "asked": asked}
    return render(request, "reviews/list_form.html", context, status=422 if form.errors else 200)


def _film_asked(request: HttpRequest) -> Film | None:
    try:
        return film_at(slug) if (slug := request.GET.get("film", "")[:120]) else None
    except Http404:
        return None


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, list_id: int) -> HttpResponse:
    film_list = get_object_or_404(own_lists(request), pk=list_id)
    context: dict[str, Any] = {"film_list": film_list}
    if request.method == "GET":
        return render(request, "reviews/list_form.html", context | {"form": ListForm.of(film_list)})
    form = ListForm(request.POST, fills_itself=film_list.fills_itself)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            changed = change_list(member=request.user, film_list=film_list, details=form.details(), version=version)
        except StaleList as stale:
            return both_versions(request, form, stale.film_list)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(changed)
    return render(request, "reviews/list_form.html", context | {"form": form}, status=422)


def both_versions(request: HttpRequest, form: ListForm, stored: FilmList) -> HttpResponse:
    """What was typed, ready to be saved over what is stored now, and that beside it."""
    form.add_error(None, _("This list was changed in another window. Compare the two, then save again."))
    form.data = request.POST.copy()
    form.data["version"] = str(stored.version)
    context = {"form": form, "film_list": stored, "newer": stored}
    return render(request, "reviews/list_form.html", context, status=409)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: MemberRequest, list_id: int) -> HttpResponse:
    film_list = own_lists(request).filter(pk=list_id).first()
    if film_list is None:
        return gone_before(request)
    if request.method == "GET":
        return render(request, "reviews/delete_list.html", {"film_list": film_list})
    delete_list(member=request.user, film_list=film_list)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": film_list.title})
    return gone_to(request, reverse("reviews:member_lists", args=[request.user.username]))


@login_required
@posted_from("reviews:edit_list", "list_id")
def new_link(request: MemberRequest, list_id: int) -> HttpResponse:
    renew_link(member=request.user, film_list=get_object_or_404(own_lists(request), pk=list_id))
    messages.success(request, _("There is a new link. The old one leads nowhere now."))
    return redirect("reviews:edit_list", list_id)


@login_required
@require_http_methods(["GET", "POST"])
def people(request: MemberRequest, list_id: int) -> HttpResponse:
    """Who helps: for the list's own member, for those who help, and for those who were asked."""
    asked = invitation_to(request.user, list_id)
    try:
        film_list = asked.film_list if asked else list_to_fill(request, list_id)
    except Http404:
        return gone_before(request)
    if film_list.fills_itself:
        return fills_itself(request, film_list)
    form = InviteForm(request.POST if request.POST.get("do") == "invite" else None)
    if request.method == "POST":
        try:
            return _change_people(request, film_list, form)
        except (ValidationError, PermissionDenied) as refusal:
            form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
    rows = film_list.collaborators.select_related("member").order_by("-accepted_at", "id")
    seen = User.objects.active().not_blocking(request.user)
    mine = film_list.member_id == request.user.pk
    rows = rows.filter(member__in=seen) if mine else rows.filter(member__in=seen, accepted_at__isnull=False)
    shown = [] if asked else list(rows)
    context = {"film_list": film_list, "form": form, "asked": asked, "rows": shown, "mine": mine}
    return render(request, "reviews/list_people.html", context, status=422 if form.errors else 200)


def list_to_fill(request: MemberRequest, list_id: int) -> FilmList:
    """Raises Http404 for those who may not fill it."""
    rows = FilmList.objects.visible_to(request.user).select_related("member")
    film_list = get_object_or_404(rows, pk=list_id)
    if not may_fill(request.user, film_list):
        raise Http404
    return film_list


def fills_itself(request: MemberRequest, film_list: FilmList) -> HttpResponse:
    """Where films would be put on a list: back to one that finds them."""
    messages.info(request, str(FILLS_ITSELF))
    return redirect(film_list)


def _change_people(request: MemberRequest, film_list: FilmList, form: InviteForm) -> HttpResponse:
    """Raises ValidationError and PermissionDenied."""
    me, do = request.user, request.POST.get("do")
    if do in {"accept", "refuse"}:
        answer_invitation(member=me, film_list=film_list, accept=do == "accept")
        accepted = do == "accept"
        return redirect("reviews:list_films", film_list.pk) if accepted else gone_to(request, reverse("reviews:lists"))
    name = request.POST.get("username", "").strip().removeprefix("@")[:30]
    other = me if do == "leave" else User.objects.named(name).first()
    if do == "invite":
        if not form.is_valid() or other is None:
            raise ValidationError({"username": [_("No member has this name.")]} if name else [_("Give a name.")])
        invite_collaborator(member=me, film_list=film_list, other=other)
        messages.success(request, _("%(name)s is asked.") % {"name": other.name})
    elif other is not None:
        part_from_list(member=me, film_list=film_list, other=other)
    if do == "leave":
        return gone_to(request, reverse("reviews:lists"))
    return redirect("reviews:list_people", film_list.pk)
