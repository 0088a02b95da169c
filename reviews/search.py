"""One search over films, people, members, reviews, articles, essays and lists."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import QuerySet, TextChoices, TextField, Value
from django.utils.translation import gettext_lazy as _

from accounts.models.viewer import Viewer
from accounts.search import find_members
from config.replica import to_read
from films.finding import FILMS, PEOPLE, Typed, best_films, best_people
from reviews import essays, journal
from reviews.curtains import with_seen
from reviews.lists import with_cards
from reviews.models import Article, Essay, FilmList, Review

MOST_COUNTED: Final = 100
MOST_TEXTS: Final = 600  # of one kind, the newest; what the viewer may not see is among them


class Kind(TextChoices):
    FILMS = "films", _("Films")
    PEOPLE = "people", _("People")
    MEMBERS = "members", _("Members")
    REVIEWS = "reviews", _("Reviews")
    ARTICLES = "articles", _("Articles")
    ESSAYS = "essays", _("Essays")
    LISTS = "lists", _("Lists")


COVERED: Final = {Kind.REVIEWS, Kind.ESSAYS}  # of which a whole one may be behind a curtain
SHELVES: Final = {Kind.FILMS: FILMS, Kind.PEOPLE: PEOPLE}
# The functions that find texts by their words (migrations 0004_found, 0031_essays).
TEXTS: Final = {
    Kind.REVIEWS: "reviews_found", Kind.ARTICLES: "articles_found", Kind.ESSAYS: "essays_found",
    Kind.LISTS: "lists_found",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What a search found of one kind, and how many there are of each, counted up to MOST_COUNTED + 1.

    `guessed`: none of it has the words as they were typed.
    """

    kind: Kind
    rows: QuerySet[Any]
    counts: dict[Kind, int]
    guessed: bool


class Finding:
    """What there is for one query of one viewer: each kind the best first, as far as the viewer may see it.

    What is asked of the database before a kind's own query is asked once: films and people together, texts together.
    """

    def __init__(self, viewer: Viewer, query: str, *kinds: Kind) -> None:
        self.viewer, self.typed = viewer, Typed(query)
        self.kinds = kinds or tuple(Kind)

    @cached_property
    def _texts(self) -> dict[Kind, list[int]]:
        return ids_with_words(self.typed.text, *(kind for kind in self.kinds if kind in TEXTS))

    def of(self, kind: Kind) -> QuerySet[Any]:
        match kind:
            case Kind.FILMS | Kind.PEOPLE:
                self.typed.look_up(*(SHELVES[each] for each in self.kinds if each in SHELVES))
                return best_films(self.typed) if kind is Kind.FILMS else best_people(self.typed)
            case Kind.MEMBERS:
                return find_members(self.viewer, self.typed.text)
            case Kind.REVIEWS:
                return _those(Review.objects.visible_to(self.viewer), self._texts[kind]).newest()
            case Kind.ARTICLES:
                return _those(Article.objects.published(), self._texts[kind]).newest()
            case Kind.ESSAYS:
                return _those(Essay.objects.visible_to(self.viewer), self._texts[kind]).newest()
            case Kind.LISTS:
                return _those(FilmList.objects.visible_to(self.viewer), self._texts[kind]).best_liked()

    def with_card(self, kind: Kind) -> QuerySet[Any]:
        """The same with what their cards show."""
        return with_card(self.of(kind), kind)


def search(viewer: Viewer, query: str, kind: str = "") -> Found:
    """All kinds are counted in one query. An unknown or empty kind becomes the first that has anything.

    Whoever types an @ looks for a member.
    """
    finding = Finding(viewer, query)
    queries = {each: finding.of(each) for each in Kind}
    counts = count_kinds(queries)
    likely = [Kind.MEMBERS, *Kind] if query.startswith("@") else Kind
    chosen = Kind(kind) if kind in Kind.values else next((each for each in likely if counts[each]), Kind.FILMS)
    rows = with_card(queries[chosen], chosen)
    guessed = chosen in SHELVES and finding.typed.guessed(SHELVES[chosen])
    return Found(chosen, with_seen(rows, viewer) if chosen in COVERED else rows, counts, guessed)


def with_card(rows: Any, kind: Kind) -> QuerySet[Any]:
    """The same rows with what their cards show."""
    match kind:
        case Kind.FILMS:
            return rows.with_card()
        case Kind.PEOPLE:
            return rows.only("slug", "name", "born_on", "died_on", "credit_count")
        case Kind.MEMBERS:
            return rows.defer("password", "email")
        case Kind.REVIEWS:
            return rows.with_card()
        case Kind.ARTICLES:
            return journal.with_card(rows)
        case Kind.ESSAYS:
            return essays.with_cards(rows)
        case Kind.LISTS:
            return with_cards(rows)


def lists_with_words(rows: Any, query: str) -> Any:
    """Those of the lists whose name or description has these words. One query before their own."""
    return _those(rows, ids_with_words(query, Kind.LISTS)[Kind.LISTS])


def ids_with_words(query: str, *kinds: Kind) -> dict[Kind, list[int]]:
    """The newest texts of each kind with these words, whoever may see them, as one would ask a search engine.

    Words under a cover are not looked at: what is found would give away what stands there. One query.
    """
    found: dict[Kind, list[int]] = {kind: [] for kind in kinds}
    text = query.replace("\0", " ").strip()
    if not text or not kinds:
        return found
    asked = " UNION ALL ".join(
        f"SELECT '{kind.value}', id FROM {TEXTS[kind]}(websearch_to_tsquery('english', %s), %s) id"  # noqa: S608
        for kind in kinds
    )
    with to_read().cursor() as cursor:
        cursor.execute(asked, [text, MOST_TEXTS] * len(kinds))
        for kind, pk in cursor.fetchall():
            found[Kind(kind)].append(pk)
    return found


def _those(rows: Any, ids: list[int]) -> Any:
    return rows.filter(pk__in=ids) if ids else rows.none()


def count_kinds(queries: dict[Kind, QuerySet[Any]]) -> dict[Kind, int]:
    """How many each finds, up to MOST_COUNTED + 1, in one query."""
    rows = [
        found.order_by().values_list(Value(kind.value, output_field=TextField()))[: MOST_COUNTED + 1]
        for kind, found in queries.items()
        if not found.query.is_empty()
    ]
    if not rows:
        return dict.fromkeys(queries, 0)
    counted = Counter(kind for (kind,) in (rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]))
    return {kind: counted[kind.value] for kind in queries}
