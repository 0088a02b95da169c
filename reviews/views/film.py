"""A film's page: what is known of it, and what members make of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from films.addresses import film_at
from films.details import with_details
from films.facts import facts_of
from films.kept import made_of_films
from films.models import Film
from films.paging import Run
from reviews.actions.rating import mark_film
from reviews.blind import cover, cover_films, cover_stars, covered_among, is_covered
from reviews.counting import count_for
from reviews.curtains import with_seen
from reviews.forms import MarkForm
from reviews.friends import best_with_friends, friends_first, friends_on, on_the_page_of
from reviews.incidents import with_open_incident
from reviews.lists import lists_with, with_cards
from reviews.models import Article, Mark, Review
from reviews.models.review import ReviewQuerySet
from reviews.pages import page_of
from reviews.quiet import mutes_film, without_muted
from reviews.similar import similar_to, with_similar
from reviews.stars import to_half_stars

REVIEWS_SHOWN = 10
FRIENDS_SHOWN = 12
FRIENDS_REVIEWS = 3
LISTS_SHOWN = 4
A_PAGE = 20
FRIENDS_A_PAGE = 40


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = request.user
    films = with_similar(with_open_incident(with_details(Film.objects.with_facts())), viewer)
    film = film_at(slug, films.annotate(muted=mutes_film(viewer, "pk")) if viewer.is_authenticated else films)
    if film.slug != slug:
        return redirect("films:film", film.slug, permanent=True)
    facts = facts_of(film)
    own, panel = marks_on(viewer, film)
    of_friends, reviews = words_on(viewer, film, panel)
    cover_stars(viewer, of_friends, reviews)
    count_for(viewer, [film])
    count_for(viewer, [*of_friends, *reviews])
    lists = list(with_cards(lists_with(film, viewer).best_liked())[:LISTS_SHOWN])
    count_for(viewer, lists)
    context = {
        "film": film,
        "facts": facts,
        "of_friends": of_friends,
        "reviews": reviews,
        "articles": Article.objects.published().filter(films=film).newest().defer("body", "body_html")[:4],
        "lists": lists,
        "similar": similar_to(film),
    }
    made_of_films(request, [film.pk, *(part.pk for part in facts.parts)])
    if viewer.is_authenticated:
        context |= own | {"friends": panel}
        cover_films(viewer, [film, *facts.parts])
    return render(request, "reviews/film.html", context)


def reviews_of(viewer: Any, film: Film) -> ReviewQuerySet:
    """What there is to read of a film, as cards; the film itself may be one that the viewer mutes."""
    heard = without_muted(Review.objects.visible_to(viewer).filter(film=film), viewer, films=())
    return with_seen(heard.with_card(), viewer)


def marks_on(viewer: Any, film: Film) -> tuple[dict[str, Any], list[Mark]]:
    """What `mine` says, and the marks of whom the viewer follows. One query; none for somebody signed out."""
    if not viewer.is_authenticated:
        return {}, []
    rows = list(on_the_page_of(film, viewer, FRIENDS_SHOWN).annotate(own=ArraySubquery(own_words())))
    panel = [mark for mark in rows if mark.member_id != viewer.pk]
    cover_stars(viewer, panel)
    return said_of(next((mark for mark in rows if mark.member_id == viewer.pk), None)), panel


def words_on(viewer: Any, film: Film, panel: list[Mark]) -> tuple[list[Review], list[Review]]:
    """What some of whom the viewer follows wrote, the latest first, and what else is liked best. One query."""
    wrote = [mark for mark in panel if mark.review_id][:FRIENDS_REVIEWS]  # type: ignore[attr-defined]  # annotated
    chosen = best_with_friends(reviews_of(viewer, film), wrote, REVIEWS_SHOWN)
    friends = {mark.review_id for mark in wrote}  # type: ignore[attr-defined]
    shown = list(with_seen(Review.objects.filter(pk__in=chosen).with_card(), viewer).best_liked())
    first = sorted((review for review in shown if review.pk in friends), key=lambda one: one.pk, reverse=True)
    return first, [review for review in shown if review.pk not in friends]


def own_words() -> Any:
    """The latest of what the member of a mark wrote about its film, as id and time."""
    own = Review.objects.filter(member=OuterRef("member"), film=OuterRef("film")).order_by("-published_at", "-id")[:5]
    return own.values(_json=JSONObject(id="id", published_at="published_at"))


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
    """All reviews of a film that the viewer may read, by likes or by date, of one rating or all."""
    film = film_at(slug)
    if film.slug != slug:
        return redirect("films:reviews", film.slug, permanent=True)
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
    sort = request.GET.get("sort", "")
    runs = {"newest": (Run(("published_at", "id")),), "friends": friends_first(request.user)}.get(sort)
    if runs is None:
        sort, runs = "liked", (Run(("like_count", "published_at", "id")),)
    page = page_of(request, shown, size=A_PAGE, runs=runs)
    count_for(request.user, page["rows"])
    cover_stars(request.user, page["rows"])
    context = {"film": film, "half_stars": half_stars, "sort": sort} | page
    return render(request, "reviews/film_reviews.html", context)


@login_required
@require_safe
def friends(request: MemberRequest, slug: str) -> HttpResponse:
    """What everybody whom the viewer follows makes of a film, who said something last first."""
    film = film_at(slug)
    if film.slug != slug:
        return redirect("films:friends", film.slug, permanent=True)
    page = page_of(request, friends_on(request.user, film), "updated_at", "id", size=FRIENDS_A_PAGE)
    cover_stars(request.user, page["rows"])
    return render(request, "reviews/film_friends.html", {"film": film} | page)
