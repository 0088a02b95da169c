"""Muting members and films, and the page of all that one keeps away from."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actions import mute, unmute
from accounts.models import Block, Mute
from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from films.addresses import film_at
from reviews.actions import hushing
from reviews.models import FilmMute
from reviews.views.member import member_or_redirect

MOST_SHOWN = 500


@login_required
@require_safe
def muted(request: MemberRequest) -> HttpResponse:
    """All blocks and mutes, the latest first, each with what takes it back."""
    member = request.user
    films = FilmMute.objects.filter(member=member).select_related("film").order_by("-created_at", "-id")
    members = Mute.objects.filter(muter=member, muted__is_active=True).exclude(Block.between(member, "muted"))
    blocks = Block.objects.filter(blocker=member).select_related("blocked").order_by("-created_at", "-id")
    return render(request, "reviews/muted.html", {
        "blocks": blocks[:MOST_SHOWN],
        "mutes": members.select_related("muted").order_by("-created_at", "-id")[:MOST_SHOWN],
        "films": films.defer("film__synopsis", "film__search_text")[:MOST_SHOWN],
    })  # fmt: skip


@login_required
@posted_from("reviews:member", "username")
def mute_member(request: MemberRequest, username: str) -> HttpResponse:
    other = member_or_redirect(request, username)
    if isinstance(other, HttpResponse):
        return other
    if request.POST.get("mute") == "0":
        unmute(member=request.user, other=other)
        messages.success(request, _("%(name)s is no longer muted.") % {"name": other.name})
        return redirect("reviews:muted") if "list" in request.POST else redirect(other)
    try:
        mute(member=request.user, other=other)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("%(name)s is muted, and is not told.") % {"name": other.name})
    return redirect(other)


@login_required
@posted_from("films:film", "slug")
def mute_film(request: MemberRequest, slug: str) -> HttpResponse:
    film = film_at(slug)
    if request.POST.get("mute") == "0":
        hushing.unmute_film(member=request.user, film=film)
        messages.success(request, _("You hear of %(film)s again.") % {"film": film})
        return redirect("reviews:muted") if "list" in request.POST else redirect(film)
    hushing.mute_film(member=request.user, film=film)
    messages.success(request, _("You hear nothing more of %(film)s, until you come and look.") % {"film": film})
    return redirect(film)
