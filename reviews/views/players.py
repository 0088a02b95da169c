"""Players that a member has at home: their addresses, what they said last, and what became of it."""

from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity import absolute
from accounts.mail import tell_of_player
from accounts.requests import MemberRequest
from accounts.views.posting import gone_before, gone_to, posted_from
from films.addresses import film_at
from films.finding import best_films
from films.models import Film
from films.search import as_typed
from reviews.actions.listening import MOST_SHOWN, MOST_WAITING, WAITS
from reviews.actions.players import MOST_PLAYERS, change_player, make_player, remove_player, renew_address
from reviews.actions.playings import candidates_for, leave_out, name_film, take_out
from reviews.models import Player, Playing
from reviews.player_forms import PlayerForm
from reviews.playings import players_of, playings_of
from reviews.search import Kind, with_card

FOUND: Final = 8


@login_required
@require_safe
def players(request: MemberRequest) -> HttpResponse:
    """All of them, and what they are for."""
    own = list(players_of(request.user))
    context = {"players": own, "most": MOST_PLAYERS, "is_full": len(own) >= MOST_PLAYERS}
    return render(request, "reviews/players.html", context)


@login_required
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """A form for a new one; its address is shown once, in the answer to making it."""
    form = PlayerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            player, secret = make_player(member=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            tell_of_player(request.user, player.name)
            return _page(request, player, secret=secret)
    return render(request, "reviews/new_player.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def player(request: MemberRequest, player_id: int) -> HttpResponse:
    """What it said last, and what it is called, for whom it writes and where it stands."""
    found = _mine(request, player_id)
    if request.method != "POST":
        return _page(request, found)
    form = PlayerForm(request.POST, player=found)
    if form.is_valid():
        try:
            change_player(member=request.user, player=found, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("reviews:player", player_id)
    return _page(request, found, form=form)


@login_required
@reauthentication_required
@never_cache
@posted_from("reviews:player", "player_id")
def renew(request: MemberRequest, player_id: int) -> HttpResponse:
    """Another address, shown once in the answer."""
    found = _mine(request, player_id)
    secret = renew_address(member=request.user, player=found)
    tell_of_player(request.user, found.name)
    return _page(request, found, secret=secret)


@login_required
@posted_from("reviews:players")
def remove(request: MemberRequest, player_id: int) -> HttpResponse:
    found = Player.objects.visible_to(request.user).filter(pk=player_id).first()
    if found is not None:
        remove_player(member=request.user, player=found)
        messages.success(request, _("“%(name)s” is removed. What it wrote stays in your diary.") % {"name": found})
    return redirect("reviews:players")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def playing(request: MemberRequest, player_id: int, playing_id: int) -> HttpResponse:
    """Which film it was, of what waits; `q` looks for films. Posted: `film`, a slug, or `do`, to leave it out, or to
    take it out of the diary again.
    """
    own = _mine(request, player_id)
    found = playings_of(own).filter(pk=playing_id).first()
    if found is None:
        return gone_before(request)
    found.player = own
    if request.method == "POST":
        return _done(request, found)
    if found.outcome not in WAITS:
        return redirect("reviews:player", player_id)
    query = " ".join(as_typed(request.GET.get("q", found.title)).split())
    may_be = candidates_for(found)
    known = Film.objects.with_card().in_bulk(may_be)
    candidates = [known[number] for number in may_be if number in known]
    films: list[Any] = list(with_card(best_films(query), Kind.FILMS)[:FOUND]) if query else []
    films = [film for film in films if film not in candidates]
    context = {"playing": found, "query": query, "found": films, "candidates": candidates}
    return render(request, f"reviews/playing.html{'#found' if request.htmx else ''}", context)


def _done(request: MemberRequest, found: Playing) -> HttpResponse:
    try:
        if request.POST.get("do") == "take_out":
            take_out(member=request.user, playing=found)
            messages.success(request, _("%(film)s is out of your diary again.") % {"film": found.named})
        elif request.POST.get("do") == "leave_out":
            leave_out(member=request.user, playing=found)
            messages.success(request, _("It stays out of your diary."))
            return gone_to(request, found.player.get_absolute_url())
        else:
            _name(request, found)
    except Http404:
        messages.error(request, _("This film is not in the catalogue any more."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("reviews:player", found.player_id)


def _name(request: MemberRequest, found: Playing) -> None:
    film = film_at(request.POST.get("film", "")[:120])
    outcomes = name_film(member=request.user, playing=found, film=film)
    if Playing.Outcome.LIMIT in outcomes:
        messages.info(request, _("You have written as many lines as one may in a day. The rest comes in by itself."))
    written = len(outcomes) - outcomes.count(Playing.Outcome.LIMIT)
    if written:
        words = ngettext(
            "%(film)s it is. One line is in your diary.",
            "%(film)s it is. %(number)d lines are in your diary.",
            written,
        )
        messages.success(request, words % {"film": film, "number": written})


def _mine(request: MemberRequest, player_id: int) -> Player:
    found = get_object_or_404(Player.objects.visible_to(request.user), pk=player_id)
    found.member = request.user
    return found


def _page(request: MemberRequest, player: Player, *, form: PlayerForm | None = None, secret: str = "") -> HttpResponse:
    rows = playings_of(player).order_by("-heard_at", "-id")
    context = {
        "player": player,
        "form": form or PlayerForm(player=player),
        "address": absolute(reverse("reviews:play", args=[secret])) if secret else "",
        "waiting": rows.filter(outcome__in=WAITS)[:MOST_WAITING],
        "settled": rows.exclude(outcome__in=WAITS)[:MOST_SHOWN],
    }
    return render(request, "reviews/player.html", context, status=422 if form and form.errors else 200)
