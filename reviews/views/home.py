"""The front page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.compiled import prepared
from accounts.faces import faces_in
from accounts.models.viewer import Viewer
from accounts.views.keeping import kept_page
from config.freshness import ANY
from config.keeping import Tags
from films.freshness import ALL_WORDS, LISTS, about, tag_of
from films.models import Film
from films.models.film import ON_A_CARD
from films.orders import end_of
from reviews.elsewhere import drawn_words, follows_anybody, latest_words
from reviews.for_you import for_you
from reviews.friends import popular_with_friends
from reviews.front import hero, next_screening, pick, stories, tickets
from reviews.guidance import with_warnings
from reviews.house import house_of
from reviews.leaving import leaving_this_week
from reviews.lines import draw_lines
from reviews.models import Activity, FilmMute, Review
from reviews.models.activity import SHOWN
from reviews.notes import draw_notes, place_of, places_of
from reviews.pages import addressed
from reviews.pages import page_of as page_of_rows
from reviews.quiet import mutes_any_film
from reviews.timeline import A_PAGE, Scope, bare, circle_tags, first_page, kinds_of, timeline

LOBBY, FEED = "reviews/home.html", "reviews/feed.html"
POPULAR = 12
RECOMMENDED = 6
LATEST = 60  # ratings that what is recommended on this page comes from
ON_STAGE = 10
JUST_REVIEWED = 5  # the first, and two rows of two
QUIPS = 2


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return kept_page(request, LOBBY, lambda: lobby(request))
    return kept_page(request, FEED, lambda: feed_for(request))


def lobby(request: HttpRequest) -> tuple[dict[str, Any], Tags]:
    """What somebody signed out sees: until anything is written about a film, or one of these films is marked or another
    becomes as popular."""
    viewer = request.user
    popular = _popular()
    newest = [place_of(review) for review in _newest()]
    notes = draw_notes(viewer, newest, lead=newest[0].number if newest else None)
    first = pick(viewer)
    context: dict[str, Any] = {
        "popular": popular,
        "hero": hero(popular[:ON_STAGE], newest[:QUIPS], house_of(request)),
        "reviews": list(notes.values()),
        "screening": next_screening(viewer),
        "tickets": tickets(viewer),
        "pick": first.html,
        "stories": stories(),
    }
    films = [*(film.pk for film in popular), *first.films]
    faces = faces_in([context["hero"], *context["reviews"], context["pick"], context["stories"]])
    return context, (ALL_WORDS, *faces, *end_of(popular, POPULAR), *map(tag_of, films))


@prepared()
def _popular() -> Any:
    return Film.objects.only(*ON_A_CARD, "popularity").popular()[:POPULAR]


def _popular_to(viewer: Any) -> list[Film]:
    """Without those that the viewer mutes, which few do."""
    films = list(_popular())
    muted = FilmMute.objects.filter(member=viewer.pk).values_list("film", flat=True) if mutes_any_film(viewer) else ()
    left_out = set(muted)
    return [film for film in films if film.pk not in left_out]


@prepared()
def _newest() -> Any:
    return places_of(Review.objects.visible_to(None).newest()[:JUST_REVIEWED], None)


def feed_for(request: HttpRequest) -> tuple[dict[str, Any], Tags]:
    """The page for this member, until something is written by them or by one whom they follow (or, if it tells of
    everyone, by anybody), or about a film or, if there is one on it, any list."""
    context = feed(request)
    known = context["words"][0].circle if context["words"] else None
    whose = circle_tags(request.user, known) if context["scope"] is Scope.CIRCLE else (ANY,)
    films = {line.film_id for line in context["lines"]} | {film.pk for film in context.get("films", ())}
    films |= {*context.get("picked", ()), *(word.film_id for word in context["words"])}
    of_lists = (LISTS,) if any(line.film_list_id for line in context["lines"]) else ()
    faces = faces_in([*context["rows"], context.get("pick", "")])
    end = end_of(context.get("popular", ()), POPULAR)
    return context, (*whose, *of_lists, *faces, *end, *about(film for film in films if film))


def feed(request: HttpRequest) -> dict[str, Any]:
    """What one's circle, or everybody, did lately; on its first page, unless kinds of lines are chosen, with what else
    the house has."""
    viewer = request.user
    scope = Scope.EVERYONE if request.GET.get("scope") == Scope.EVERYONE else Scope.CIRCLE
    kinds = kinds_of(request.GET.getlist("kind"))
    is_first = kinds == SHOWN and not {"after", "before"} & set(request.GET)
    if is_first:
        page = addressed(request, first_page(viewer, scope))
    else:
        rows, runs = timeline(viewer, scope, kinds)
        page = page_of_rows(request, bare(rows, viewer), size=A_PAGE, runs=runs)
    lines, page["rows"] = page["rows"], draw_lines(viewer, page["rows"])
    has_afar = follows_anybody(viewer)
    words = latest_words(viewer) if has_afar and is_first and scope is Scope.CIRCLE else []
    if words:
        page["rows"] = _among(lines, page["rows"], words, is_all=not page["next_url"])
    context: dict[str, Any] = {"scope": scope, "kinds": kinds, "choices": Activity.Kind.choices, "is_first": is_first}
    context |= page | {"lines": lines, "words": words, "has_afar": has_afar}
    if is_first:
        context |= what_else(viewer, begins=not page["rows"]) | {"shows": house_of(request).shows}
    return context


def _among(lines: list[Any], rows: list[Any], words: list[Any], *, is_all: bool) -> list[Any]:
    """What people elsewhere say, each where its time is among the lines; not what is older than the last of them, if
    these are not `is_all` that there are.
    """
    times = [line.key_0 for line in lines][: len(rows)]
    newer = [word for word in words if is_all or not times or word.published_at > times[-1]]
    times += [word.published_at for word in newer]
    placed = zip(times, [*rows, *drawn_words(newer)], strict=True)
    return [row for _time, row in sorted(placed, key=lambda one: one[0], reverse=True)]


def what_else(viewer: Viewer, *, begins: bool) -> dict[str, Any]:
    """What stands below the lines of somebody's first page; `begins`: nothing is on it yet."""
    shelf, recommended = (
        popular_with_friends(viewer, POPULAR),
        with_warnings(viewer, for_you(viewer, RECOMMENDED, rated=LATEST)),
    )
    popular = _popular_to(viewer) if begins and not shelf else []
    films = [*popular, *shelf, *recommended]
    first = pick(viewer, beside=films)
    return {
        "films": films,
        "popular": popular,
        "shelf": shelf,
        "recommended": recommended,
        "this_week": leaving_this_week(viewer),
        "tickets": tickets(viewer),
        "pick": first.html,
        "picked": first.films,
    }
