"""A film's page: what is known of it, and what members make of it."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.counting import apart_from
from accounts.faces import faces_in
from accounts.freshness import by_tag, face_tag
from accounts.lights import setting_of
from accounts.models.viewer import Viewer
from accounts.requests import MemberRequest
from accounts.shells import Parts, Shell, page_of, parts_of, shell_of
from accounts.views.keeping import kept_page
from accounts.views.posting import posted_from
from config import kept_pages
from config.freshness import WIDE
from config.keeping import Key, Tags, kept
from films.addresses import film_at
from films.facts import facts_of
from films.freshness import LISTS, tag_of, words_tag
from films.models import Film
from films.paging import Run
from reviews.actions.rating import mark_film
from reviews.akin import TAGS as of_akin
from reviews.akin import akin_to
from reviews.blind import cover, cover_films, cover_stars, covered_among, is_blind, is_covered
from reviews.elsewhere import words_on
from reviews.film_page import articles_of, film_for, own_words, said_to, whole_film
from reviews.forms import MarkForm
from reviews.friends import friends_first, friends_on
from reviews.guidance import guidance_of, warnings_of, with_warnings
from reviews.models import Mark, Review
from reviews.models.owned_copy import CopyKind
from reviews.models.review import LONG_READ, ReviewQuerySet
from reviews.notes import draw_notes, place_of, places_of
from reviews.pages import one_of
from reviews.pages import page_of as page_in
from reviews.quiet import without_muted
from reviews.screenings import shown_to
from reviews.shelf import copies_on
from reviews.similar import reasons_of, similar_to
from reviews.stars import to_half_stars
from reviews.tips import tips_on

A_PAGE = 20
FRIENDS_A_PAGE = 40
TOLD = ("friends", "of_friends", "reviews", "lists", "essays")  # as HTML


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    key = ("film page", slug, request.user.pk, setting_of(request), get_language())
    try:
        parts: Parts = kept(key, lambda made: made.tags, lambda: parts_for(request, slug))
    except Film.DoesNotExist:
        return redirect("films:film", film_at(slug).slug, permanent=True)
    kept_pages.made_of(request, *(parts.tags or ()))
    return page_of("reviews/film.html", request, parts)


def parts_for(request: HttpRequest, slug: str) -> Parts:
    """The page for this reader of the film that is at this very address. Raises Film.DoesNotExist."""
    viewer = request.user
    film: Any = film_for(viewer, slug)
    said = said_to(viewer, film)
    if is_covered(viewer, said.mark):
        cover(film)
    shell = shell_for(request, film)
    faces = faces_in(chain.from_iterable(vars(said)[name] for name in TOLD))
    tags = (WIDE, LISTS, *faces, *map(tag_of, [film.pk, *shell.extras["parts"]]), words_tag(film.pk))
    tips = tips_on(film, said.mark) if viewer.is_authenticated else []
    if viewer.is_authenticated:
        tags += (by_tag(viewer.pk), *(face_tag(tip.member.pk) for tip in tips))
    similar: Any = SimpleLazyObject(lambda: similar_to(film))  # which mostly are drawn already
    alike: list[tuple[Any, ...]] = reasons_of(film)
    akin: list[Any] = [] if alike else akin_to(film.pk, viewer)
    if akin:
        tags += of_akin
        similar, alike = akin, [(one.pk, one.reason) for one in akin]
    if viewer.is_authenticated and film.caution_list:
        similar = with_warnings(viewer, akin or similar)
        alike = [(one.pk, one.reason, *one.warned) for one in similar]
        tags += tuple(tag_of(one.pk) for one in similar)
    context = shell.extras | said_of(said.mark) | vars(said) | {"film": film, "similar": similar, "tips": tips}
    context["guidance"] = guidance = guidance_of(film.guidance_list, shell.extras["noted"])
    if viewer.is_authenticated:
        context |= {"copies": copies_on(film), "copy_kinds": CopyKind.choices}
        context["afar"] = words_on(film, said.mark, covered=is_covered(viewer, said.mark))
        context["warned"] = warnings_of(guidance, shell.extras["noted"], film.caution_list)
    return parts_of("reviews/film.html", request, context, shell, keys_of_slots(viewer, context, alike), tags)


def keys_of_slots(viewer: Any, context: dict[str, Any], alike: Sequence[tuple[Any, ...]]) -> dict[str, Key]:
    """The parts that are the same for all viewers without blocks and covers, or whose marks of the film are alike.

    `alike` are the numbers of similar films, why they are, and of what in them the viewer is warned.
    """
    if is_blind(viewer) or apart_from(viewer):
        return {}
    film, mark = context["film"], context["mark"]
    same = (film.pk, film.slug, viewer.is_authenticated, get_language())
    mine = mark and (mark.half_stars, mark.visibility, mark.incident_id, mark.is_watched, mark.is_liked)
    mine = (mine, mark and mark.is_in_watchlist, *((own["id"], own["published_at"]) for own in context["own_reviews"]))
    heard = (viewer.is_authenticated and film.muted, *map(tuple, (context[name] for name in TOLD)))
    return {name: (name, *same) for name in ("head", "score", "tabs", "guidance")} | {
        "you": ("you", *same, mine),
        "similar": ("similar", *same, *alike),
        "community": ("community", *same, *heard),
    }


def shell_for(request: HttpRequest, film: Film) -> Shell:
    """What the page says of the film to everybody. Made afresh for a reader from whom scores are covered."""

    def make() -> Shell:
        whole: Any = whole_film(film.pk)
        facts = facts_of(whole)
        cover_films(request.user, [whole, *facts.parts])
        extras = {
            "articles": articles_of(whole),
            "billed": facts.billed,
            "noted": whole.note_list,
            "parts": [part.pk for part in facts.parts],
        }
        context = {"film": whole, "facts": facts, "screenings": shown_to(request.user, whole.screening_list)}
        return shell_of("reviews/film.html", request, context, extras)

    if is_blind(request.user):
        return make()
    key = ("film", film.pk, film.slug, request.user.is_authenticated, setting_of(request), get_language())
    shell: Shell = kept(key, lambda made: (WIDE, *map(tag_of, made.extras["parts"])), make)
    return shell


def reviews_of(viewer: Viewer, film: Film) -> ReviewQuerySet:
    """What there is to read of a film, to be drawn; the film itself may be one that the viewer mutes."""
    heard: ReviewQuerySet = without_muted(Review.objects.visible_to(viewer).filter(film=film), viewer, films=())
    return places_of(heard, viewer)


def mine(viewer: Any, film: Film) -> dict[str, Any]:
    """The viewer's own mark of a film and the latest of what they wrote about it."""
    return said_of(Mark.objects.filter(member=viewer, film=film).annotate(own=ArraySubquery(own_words())).first())


def said_of(mark: Any) -> dict[str, Any]:
    """Whoever wrote about a film has a mark of it: writing makes one (reviews/actions/rating.py)."""
    return {"mark": mark, "own_reviews": mark.own if mark else []}


@login_required
@posted_from("films:film", "slug")
def mark(request: MemberRequest, slug: str) -> HttpResponse:
    film = film_at(slug)
    form = MarkForm(request.POST)
    refusal = None
    if form.is_valid():
        try:
            film = mark_film(member=request.user, film=film, **form.changes()).film
        except ValidationError as error:
            refusal = " ".join(error.messages)
    else:
        refusal = " ".join(str(message) for errors in form.errors.values() for message in errors)
    if not request.htmx:
        if refusal:
            messages.error(request, refusal)
        return redirect(f"{film.get_absolute_url()}#you")
    film.refresh_from_db(fields=["rating_count", "rating_sum", "rating_histogram"])
    context = {"film": film, "refusal": refusal} | mine(request.user, film)
    if is_covered(request.user, context["mark"]):
        cover(film)
    return render(request, "reviews/film.html#answer", context)


@require_safe
def reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """All reviews of a film that the viewer may read, by likes or date; of one rating, long, or without an ending."""
    film = film_at(slug)
    if film.slug != slug:
        return redirect("films:reviews", film.slug, permanent=True)
    return kept_page(request, "reviews/film_reviews.html", lambda: _all_reviews(request, film))


def _all_reviews(request: HttpRequest, film: Film) -> tuple[dict[str, Any], Tags]:
    shown = reviews_of(request.user, film)
    try:
        half_stars = to_half_stars(request.GET.get("stars"))
    except ValidationError:
        half_stars = None
    if covered_among(request.user, [film.pk]):
        half_stars = None  # what is left would tell how many gave so many
        cover(film)
    if half_stars:
        shown = shown.filter(half_stars=half_stars)
    is_long, is_safe = (request.GET.get(name) == "1" for name in ("long", "safe"))
    shown = shown.at_least(LONG_READ) if is_long else shown
    shown = shown.filter(spoilers=False) if is_safe else shown
    orders = {
        "liked": (Run(("like_count", "published_at", "id")),),
        "newest": (Run(("published_at", "id")),),
        "friends": friends_first(request.user),
    }
    sort = one_of(request, "sort", orders) or "liked"
    page = page_in(request, shown, size=A_PAGE, runs=orders[sort])
    notes = draw_notes(request.user, map(place_of, page["rows"]), bare=True)
    context = {"film": film, "half_stars": half_stars, "sort": sort, "notes": list(notes.values())} | page
    context |= {"is_long": is_long, "is_safe": is_safe}
    return context, (by_tag(request.user.pk), tag_of(film.pk), words_tag(film.pk), *faces_in(context["notes"]))


@login_required
@require_safe
def friends(request: MemberRequest, slug: str) -> HttpResponse:
    """What everybody whom the viewer follows makes of a film, who said something last first."""
    film = film_at(slug)
    if film.slug != slug:
        return redirect("films:friends", film.slug, permanent=True)
    page = page_in(request, friends_on(request.user, film), "updated_at", "id", size=FRIENDS_A_PAGE)
    cover_stars(request.user, page["rows"])
    return render(request, "reviews/film_friends.html", {"film": film} | page)
