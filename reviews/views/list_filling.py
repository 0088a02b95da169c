"""The page on which a list is filled and put in order, by plain forms; static/js/arrange.js makes it quicker."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from films.addresses import film_at
from films.finding import best_films
from films.search import as_typed
from reviews.actions.filling import StaleNote, add_film, change_entry, move_entry, remove_film
from reviews.lists import entries_for
from reviews.models import FilmList, ListEntry
from reviews.search import Kind, with_card
from reviews.views.list_forms import EntryForm
from reviews.views.list_writing import fills_itself, list_to_fill
from reviews.views.lists import ENTRIES_A_PAGE, entries_page

FOUND: Final = 8


@login_required
@require_http_methods(["GET", "POST"])
def arrange(request: MemberRequest, list_id: int) -> HttpResponse:
    """`q` looks for films to add."""
    film_list = list_to_fill(request, list_id)
    if film_list.fills_itself:
        return fills_itself(request, film_list)
    if request.method == "POST":
        return _add(request, film_list)
    query = " ".join(as_typed(request.GET.get("q", "")).split())
    context = {"film_list": film_list, "query": query, "found": _found(film_list, query)}
    if request.htmx:
        return render(request, "reviews/list_films.html#found", context)
    return render(request, "reviews/list_films.html", context | entries_page(request, film_list))


def _found(film_list: FilmList, query: str) -> list[Any]:
    """Films with `is_there`: whether they are on the list already."""
    if not query:
        return []
    films: list[Any] = list(with_card(best_films(query), Kind.FILMS)[:FOUND])
    there = set(film_list.entries.filter(film__in=films).values_list("film", flat=True))
    for film in films:
        film.is_there = film.pk in there
    return films


def _add(request: MemberRequest, film_list: FilmList) -> HttpResponse:
    try:
        film = film_at(request.POST.get("film", "")[:120])
        entry, is_new = add_film(member=request.user, film_list=film_list, film=film)
    except Http404:
        messages.error(request, _("This film is not in the catalogue any more."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        words = _("%(film)s is on the list, at place %(place)d.") if is_new else _("%(film)s is there already.")
        messages.success(request, words % {"film": film, "place": entry.position})
    query = request.POST.get("q", "")[:200]
    address = reverse("reviews:list_films", args=[film_list.pk])
    return redirect(f"{address}?{urlencode({'q': query})}" if query else address)


@login_required
@posted_from("reviews:list_films", "list_id")
def change(request: MemberRequest, list_id: int, entry_id: int) -> HttpResponse:
    """`do` says what: up, down, move (to `position`), note, remove. A script gets no page, only whether it is so."""
    film_list = list_to_fill(request, list_id)
    entry = entries_for(request.user, film_list).select_related("film").filter(pk=entry_id).first()
    if entry is None:
        if ListEntry.objects.filter(pk=entry_id).exists():
            raise Http404  # on another list
        return _off_the_list(request, film_list)
    form = EntryForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError([str(m) for errors in form.errors.values() for m in errors])
        words = _change(request, entry, form.cleaned_data)
    except StaleNote as stale:
        words = _("%(stale)s Compare the two, then save again.") % {"stale": stale}
        return _give_back(request, film_list, entry, words, status=409)
    except ValidationError as refusal:
        if request.htmx:
            return HttpResponse(" ".join(refusal.messages), status=422, content_type="text/plain; charset=utf-8")
        return _give_back(request, film_list, entry, " ".join(refusal.messages))
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, words)
    return redirect(_place_of(film_list, entry))


def _off_the_list(request: MemberRequest, film_list: FilmList) -> HttpResponse:
    """Answer for an entry that is gone: taken off by a first press of the button, in another window, or by somebody who
    helps.
    """
    if request.POST.get("do") == "remove":
        return HttpResponse(status=204) if request.htmx else redirect("reviews:list_films", film_list.pk)
    words = _("This film is not on the list any more.")
    if request.htmx:
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    if note := request.POST.get("note", "").strip():
        words = _("This film is not on the list any more. Your note was: %(note)s") % {"note": note}
    context: dict[str, Any] = {"film_list": film_list, "query": "", "found": [], "refusal": words}
    context |= entries_page(request, film_list)
    return render(request, "reviews/list_films.html", context, status=422)


def _change(request: MemberRequest, entry: ListEntry, sent: dict[str, Any]) -> str:
    """What was done, in a sentence."""
    me, film, do = request.user, entry.film.title, request.POST.get("do")
    if do == "remove":
        remove_film(member=me, entry=entry)
        return _("%(film)s is off the list.") % {"film": film}
    if do == "note":
        change_entry(member=me, entry=entry, note=sent["note"], spoilers=sent["spoilers"], seen=sent["seen"])
        return _("Your note on %(film)s is kept.") % {"film": film}
    if do in {"up", "down"}:
        entry.position = move_entry(member=me, entry=entry, by=-1 if do == "up" else 1).position
    elif sent["position"] is None:
        raise ValidationError(_("Give the number of the place."))
    else:
        entry.position = move_entry(member=me, entry=entry, position=sent["position"]).position
    return _("%(film)s is at place %(place)d now.") % {"film": film, "place": entry.position}


def _place_of(film_list: FilmList, entry: ListEntry) -> str:
    """The arranging page, on the part of it where the entry stands."""
    before = (entry.position - 1) // ENTRIES_A_PAGE * ENTRIES_A_PAGE
    address = reverse("reviews:list_films", args=[film_list.pk])
    return f"{address}{f'?from={before}' if before else ''}#entry-{entry.pk}"


def _give_back(
    request: MemberRequest, film_list: FilmList, entry: ListEntry, words: str, status: int = 422
) -> HttpResponse:
    """The page again, with what was typed in the place where it was typed; beside it, of a stale note, what is kept."""
    context: dict[str, Any] = {"film_list": film_list, "query": "", "found": [], "refusal": words}
    context |= entries_page(request, film_list, start=(entry.position - 1) // ENTRIES_A_PAGE * ENTRIES_A_PAGE)
    for row in context["rows"]:
        if row.pk == entry.pk and request.POST.get("do") == "note":
            row.newer = {"note": row.note, "spoilers": row.spoilers} if status == 409 else None
            row.note, row.spoilers = request.POST.get("note", ""), "spoilers" in request.POST
            row.refusal = words
    return render(request, "reviews/list_films.html", context, status=status)
