"""What a film's page shows of what members make of the film, in a few lean queries and in parts that are kept."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.template.loader import get_template
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from accounts.compiled import prepared, row_of
from accounts.counting import apart_from
from accounts.faces import Drawn, drawn
from accounts.models.viewer import Viewer
from config.freshness import WIDE
from config.keeping import kept_many
from films.details import with_details, with_songs_and_prizes
from films.models import Film
from reviews.blind import cover_stars, is_covered
from reviews.counting import count_for, with_apart
from reviews.deals import draw_deals
from reviews.elsewhere import with_words_elsewhere
from reviews.essays import SHOWN as ESSAYS_SHOWN
from reviews.essays import draw_essays, essays_on_show
from reviews.friends import on_the_page_of
from reviews.guidance import with_cautions, with_guidance
from reviews.incidents import with_open_incident
from reviews.lists import lists_on_show
from reviews.models import Article, Mark, Review
from reviews.notes import Place, draw_notes
from reviews.private_notes import with_own_note
from reviews.quiet import mutes_film, without_muted
from reviews.screenings import shown_here
from reviews.shelf import with_own_copies
from reviews.similar import with_similar
from reviews.tips import with_tips

REVIEWS_SHOWN: Final = 10
FRIENDS_SHOWN: Final = 12
FRIENDS_REVIEWS: Final = 3
LISTS_SHOWN: Final = 4
ARTICLES_SHOWN: Final = 4
ON_THE_PAGE: Final = ("id", "slug", "title", "kind", "outlet", "score_value", "score_scale", "published_at")


@prepared(slug=str)
def film_at_slug(slug: str) -> Any:
    return _films(None).filter(slug=slug)


@prepared(viewer=row_of("accounts.User"), slug=str)
def film_at_slug_for(viewer: Viewer, slug: str) -> Any:
    """The film with `muted`, whether the viewer mutes it, `own_note`, what they keep of it for themselves,
    `own_copies`, which they own, `tip_list`, who recommends it to them, `afar_list`, what those say whom they follow on
    other servers, and `caution_list`, of what they want to be told."""
    found = with_cautions(_films(viewer).filter(slug=slug).annotate(muted=mutes_film(viewer, "pk")), viewer)
    for with_more in (with_own_note, with_own_copies, with_tips, with_words_elsewhere):
        found = with_more(found, viewer, OuterRef("pk"))
    return found


@prepared(viewer=row_of("accounts.User"), slug=str, apart=list)
def film_at_slug_apart(viewer: Viewer, slug: str, apart: Any) -> Any:
    """The same for a viewer whom a block keeps apart from these members, to be counted for them."""
    return with_apart(film_at_slug_for.unprepared(viewer, slug), apart)


def _films(viewer: Viewer) -> Any:
    """Films with the numbers of the best liked reviews and lists and the newest essays that the viewer sees there."""
    here = OuterRef("pk")
    heard = without_muted(Review.objects.visible_to(viewer).filter(film=here), viewer, films=())
    lists = lists_on_show(viewer).filter(entries__film=here)
    essays = essays_on_show(viewer).filter(films=here)
    films = with_similar(with_open_incident(Film.objects.defer("search_text")), viewer)
    films = with_guidance(films, here)
    return films.annotate(
        best_reviews=ArraySubquery(heard.best_liked().values("pk")[:REVIEWS_SHOWN]),
        new_essays=ArraySubquery(essays.newest().values("pk")[:ESSAYS_SHOWN]),
        best_lists=ArraySubquery(lists.best_liked().values("pk")[:LISTS_SHOWN]),
    )


@prepared(viewer=row_of("accounts.User"), film=row_of("films.Film"))
def own_and_friends(viewer: Viewer, film: Any) -> Any:
    """The viewer's own mark, and those of some whom they follow; `own`: the latest of what each wrote."""
    return on_the_page_of(film, viewer, FRIENDS_SHOWN).annotate(own=ArraySubquery(own_words()))


def own_words() -> Any:
    """The latest of what the member of a mark wrote about its film, as id and time."""
    own = Review.objects.filter(member=OuterRef("member"), film=OuterRef("film")).order_by("-published_at", "-id")[:5]
    return own.values(_json=JSONObject(id="id", published_at="published_at"))


@dataclass(frozen=True)
class Said:
    """What one viewer is shown of a film besides the film; the notes and cards as HTML."""

    mark: Mark | None
    friends: list[Drawn]
    of_friends: list[Drawn]
    reviews: list[Drawn]
    lists: list[Drawn]
    essays: list[Drawn]


def film_for(viewer: Any, slug: str) -> Film:
    """The film that is at this very address now, for its page, with the counts that the viewer sees. One query.

    Raises Film.DoesNotExist.
    """
    if apart := apart_from(viewer):
        found: list[Film] = film_at_slug_apart(viewer=viewer.pk, slug=slug, apart=list(apart))
    elif viewer.is_authenticated:
        found = film_at_slug_for(viewer=viewer.pk, slug=slug)
    else:
        found = film_at_slug(slug=slug)
    if not found:
        raise Film.DoesNotExist
    count_for(viewer, found)
    return found[0]


def said_to(viewer: Any, film: Any) -> Said:
    """For a film of `film_for`. One query for a member, and what is not kept of the notes and cards."""
    if not viewer.is_authenticated:
        notes = _notes(viewer, film, film.best_reviews, seen=False)
        return Said(None, [], [], list(notes.values()), *_put_together(viewer, film))
    marks = own_and_friends(viewer=viewer.pk, film=film.pk)
    own = next((mark for mark in marks if mark.member_id == viewer.pk), None)
    friends = [mark for mark in marks if mark.member_id != viewer.pk]
    covered = {film.pk} if is_covered(viewer, own) else set()
    cover_stars(viewer, friends, covered=covered)
    wrote = [mark.review_id for mark in friends if mark.review_id][:FRIENDS_REVIEWS]
    rest = [number for number in film.best_reviews if number not in wrote]
    seen = own is not None and own.watched_at is not None
    notes = _notes(viewer, film, [*wrote, *rest], seen=seen, covered=covered)
    of_friends = [notes.pop(number) for number in sorted(wrote, reverse=True) if number in notes]
    return Said(own, _friends(friends), of_friends, list(notes.values()), *_put_together(viewer, film))


def _put_together(viewer: Viewer, film: Any) -> tuple[list[Drawn], list[Drawn]]:
    """The lists and essays with the film."""
    return draw_deals(viewer, film.best_lists), draw_essays(viewer, film.new_essays)


@prepared(film=int)
def _whole(film: Any) -> Any:
    whole = _with_articles(with_songs_and_prizes(with_details(Film.objects.with_facts())))
    return whole.annotate(screening_list=shown_here()).filter(pk=film)


def whole_film(pk: int) -> Film:
    """The film with all that its page tells everybody, for `facts_of`, `articles_of` and `shown_to`.

    Raises Film.DoesNotExist.
    """
    found: list[Film] = _whole(film=pk)
    if not found:
        raise Film.DoesNotExist
    return found[0]


def _with_articles(films: Any) -> Any:
    about = Article.objects.published().filter(films=OuterRef("pk")).newest()[:ARTICLES_SHOWN]
    columns = JSONObject(**{name: name for name in ON_THE_PAGE})
    return films.annotate(article_list=ArraySubquery(about.values(_row=columns)))


def articles_of(film: Any) -> list[Article]:
    """No query."""
    rows: list[dict[str, Any]] = film.article_list
    return [Article(**row | {"published_at": parse_datetime(row["published_at"]), **_score_in(row)}) for row in rows]


def _score_in(row: dict[str, Any]) -> dict[str, Decimal | None]:
    """JSON knows no decimals."""
    figures = {name: row[name] for name in ("score_value", "score_scale")}
    return {name: None if figure is None else Decimal(str(figure)) for name, figure in figures.items()}


def _notes(
    viewer: Viewer, film: Film, numbers: Iterable[int], *, seen: bool, covered: Collection[int] = ()
) -> dict[int, Drawn]:
    return draw_notes(viewer, (Place(number, film.pk, seen) for number in numbers), bare=True, covered=covered)


def _friends(marks: Iterable[Any]) -> list[Drawn]:
    keys = {
        mark: ("friend", mark.pk, mark.updated_at, mark.half_stars, mark.review_id, get_language()) for mark in marks
    }
    friend = get_template("reviews/_friend.html")

    def make(missing: list[Any]) -> dict[Any, Drawn]:
        return {mark: drawn(friend.render({"friend": mark}), [mark.member_id]) for mark in missing}

    made = kept_many(keys, lambda _mark, said: (WIDE, *said.faces), make)
    return [made[mark] for mark in keys]
