"""The parts of the front page that are the same for many readers, as HTML that is kept."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.compiled import for_viewers, prepared
from accounts.faces import Drawn, drawn
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.freshness import WIDE
from config.keeping import Tags, kept
from films.freshness import tag_of, words_tag
from films.models import Collection, CollectionEntry, Film
from films.models.film import ON_A_CARD
from reviews.blind import is_blind
from reviews.house import House
from reviews.leaving import soonest
from reviews.marks import attach_marks, with_progress
from reviews.models import Article, Review, ScreenedFilm, Screening
from reviews.notes import Place
from reviews.quiet import mutes_any_film

ENTRIES_SHOWN: Final = 4
STORIES: Final = 3


def hero(stage: Sequence[Film], newest: Iterable[Place], house: House) -> Drawn:
    """The curtain for visitors: films whose posters hang there, what was said last (`reviews.notes.place_of`), and
    what the house says of itself."""
    quips = tuple(newest)

    def make() -> Drawn:
        reviews = _quips(numbers=[quip.number for quip in quips])
        known = {"signup": settings.SIGNUP, "site_name": settings.SITE_NAME, "house": house}
        html = get_template("reviews/_hero.html").render({"stage": stage, "reviews": reviews} | known)
        return drawn(html, (review.member_id for review in reviews))

    def tags(made: Drawn) -> Tags:
        return WIDE, *(words_tag(quip.film_id) for quip in quips), *made.faces

    made: Drawn = kept(
        ("hero", tuple(film.pk for film in stage), quips, house.line, house.welcome, get_language()), tags, make
    )
    return made


@prepared(numbers=list)
def _quips(numbers: Any) -> Any:
    return Review.objects.filter(pk__in=numbers).with_card().newest()


def stories() -> Drawn:
    """The latest of the journal; empty for none."""

    def make() -> Drawn:
        articles = _articles()
        html = get_template("reviews/_stories.html").render({"stories": articles}) if articles else ""
        return drawn(html, (article.author_id for article in articles))

    told: Drawn = kept(("stories", get_language()), lambda made: (WIDE, *made.faces), make)
    return told


@prepared()
def _articles() -> Any:
    return Article.objects.published().newest().select_related("author").defer("body_html")[:STORIES]


def tickets(viewer: Viewer) -> str:
    """What leaves a service soonest, as items of a list; empty for none. Made afresh for a viewer who mutes films."""

    def make() -> str:
        ticket = get_template("reviews/_ticket.html")
        drawn = (ticket.render({"place": place}) for place in soonest(viewer))
        return SafeString("".join(drawn))

    if mutes_any_film(viewer):
        return make()
    said: str = kept(("tickets", timezone.localdate(), get_language()), (WIDE,), make)
    return said


def next_screening(viewer: Viewer) -> str:
    """What the house shows next, as far as this viewer may see it; empty for nothing. One query."""

    def make() -> str:
        screening: Any = _next(viewer)
        if screening is None:
            return ""
        films = [Film.of_row(row) for row in screening.films]
        html = get_template("reviews/_next_screening.html").render({"screening": screening, "films": films})
        return SafeString(html)

    said: str = kept(("next screening", is_signed_in(viewer), get_language()), (WIDE,), make)
    return said


def _next(viewer: Viewer) -> Screening | None:
    shown = ScreenedFilm.objects.filter(screening=OuterRef("pk")).order_by("position", "id")
    cards = shown.values(_film=JSONObject(**{name: f"film__{name}" for name in ON_A_CARD}))
    to_come = Screening.objects.visible_to(viewer).to_come().taking_place().defer("words", "words_html")
    return to_come.annotate(films=ArraySubquery(cards)).order_by("starts_at", "id").first()


class Pick:
    """The first collection that curators put on the front page, as it stands there, and which films it shows."""

    def __init__(self, html: Drawn, films: list[int]) -> None:
        self.html, self.films = html, films

    def __len__(self) -> int:
        return len(self.html)


def pick(viewer: Viewer, *, beside: Sequence[Film] = ()) -> Pick:
    """Empty for none. One query, and one for the viewer's marks of these films, and of the films `beside`, which get
    theirs.
    """
    found = _first(viewer, day=timezone.localdate())
    covering = [Film.of_row(row) for row in found[0].first_films] if found and is_blind(viewer) else []
    attach_marks(viewer, beside, covering=covering)
    if not found:
        return Pick(Drawn(), [])
    (first,) = found

    def make() -> Pick:
        films = covering or [Film.of_row(row) for row in first.first_films]
        html = get_template("reviews/_pick.html").render({"collection": first, "films": films})
        return Pick(drawn(html, [first.curator_id]), [film.pk for film in films])

    if is_blind(viewer):
        return make()
    key = ("pick", first.pk, first.size, first.seen, get_language())
    made: Pick = kept(key, lambda made: (WIDE, *made.html.faces, *map(tag_of, made.films)), make)
    return made


@for_viewers(day=date)
def _first(viewer: Viewer, day: Any) -> QuerySet[Collection]:
    entries = CollectionEntry.objects.filter(collection=OuterRef("pk")).order_by("position", "id")[:ENTRIES_SHOWN]
    films = entries.values(_film=JSONObject(**{name: f"film__{name}" for name in ON_A_CARD}))
    front = with_progress(Collection.objects.on_front_page(day), viewer).select_related("curator")
    return front.annotate(first_films=ArraySubquery(films))[:1]
