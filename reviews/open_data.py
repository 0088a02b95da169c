"""The lines of the open data, as docs/open-data.md tells them: what somebody signed out may read, and no more.

PostgreSQL makes the JSON and sends it line by line, so that twenty million ratings need neither memory nor an object
each.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case, Exists, F, FloatField, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat, JSONObject

from config.paths import path
from films.models import Film, FilmId, Person
from reviews.models import Essay, FilmList, ListEntry, Mark, Review
from reviews.models.edition import EditionFile
from reviews.models.mark import MarkQuerySet

A_BLOCK: Final = 2**20  # bytes
Kind = EditionFile.Kind

# What a line of each file has, in its order.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    Kind.FILMS: ("slug", "title", "year", "imdb", "tmdb", "wikidata", "ratings", "stars", "histogram"),
    Kind.RATINGS: ("rater", "film", "stars", "month"),
    Kind.REVIEWS: ("id", "url", "film", "by", "name", "licence", "stars", "body", "spoilers", "tags", "month"),
    Kind.LISTS: ("id", "url", "by", "name", "licence", "title", "description", "ranked", "tags", "month", "films"),
    Kind.ESSAYS: ("id", "url", "by", "name", "licence", "title", "body", "spoilers", "month", "films", "people"),
}

type Asked = tuple[str, tuple[Any, ...]]

# A name for each member, drawn by PostgreSQL's generator for secrets; it is never stored, and so never the same twice.
# The order is that of the names, since the order of accounts would tell who has which.
RATINGS: Final = """
    WITH drawn AS MATERIALIZED (SELECT id, gen_random_uuid() AS name FROM accounts_user)
    SELECT row_to_json(line) FROM (
        SELECT drawn.name AS rater, film.slug AS film, rated.half_stars / 2.0::float8 AS stars, rated.month
          FROM ({ratings}) rated(member, film, half_stars, month)
          JOIN drawn ON drawn.id = rated.member
          JOIN films_film film ON film.id = rated.film
         ORDER BY drawn.name, rated.film
    ) line
"""


def blocks(kind: str) -> Iterator[bytes]:
    """The file of this kind, some whole lines at a time."""
    statement, params = FILES[kind]()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT", params) as copy:
        come = bytearray()
        for sent in copy:
            come += sent
            if len(come) > A_BLOCK:
                whole = come.rfind(b"\n") + 1
                yield _as_it_was(come[:whole])
                del come[:whole]
        yield _as_it_was(come)


def _as_it_was(lines: bytearray) -> bytes:
    """COPY doubles backslashes. It would write other signs in its own way, too, but JSON has none of them."""
    return bytes(lines.replace(rb"\\", b"\\"))


def that_are_open() -> MarkQuerySet:
    """Ratings that count, as everybody may see them, of members who let them be part of it."""
    return Mark.objects.visible_to(AnonymousUser()).counted().filter(member__opens_ratings=True)


def open_reviews() -> QuerySet[Review]:
    return Review.objects.visible_to(AnonymousUser()).exclude(member__licence="")


def open_lists() -> QuerySet[FilmList]:
    """Those that somebody filled: what one that fills itself finds is read from the catalogue, and is of now."""
    return FilmList.objects.visible_to(AnonymousUser()).by_hand().exclude(member__licence="")


def open_essays() -> QuerySet[Essay]:
    return Essay.objects.visible_to(AnonymousUser()).exclude(member__licence="")


def _films() -> Asked:
    """Those of which the other files or the site's own ratings say something: not a copy of the whole catalogue, which
    comes from databases with terms of their own.
    """
    on_lists = ListEntry.objects.filter(film_list__in=open_lists().values("pk")).values("film")
    on_essays = Essay.films.through.objects.filter(essay__in=open_essays().values("pk")).values("film")
    texts = Q(pk__in=open_reviews().values("film")) | Q(pk__in=on_lists) | Q(pk__in=on_essays)
    ids = FilmId.objects.filter(film=OuterRef("pk"))
    rows = Film.objects.filter(Q(rating_count__gt=0) | texts).order_by("pk")
    elsewhere = [Subquery(ids.filter(source=source).values("value")) for source in ("imdb", "tmdb", "wikidata")]
    sums = [F("rating_count"), _stars("rating_sum"), F("rating_histogram")]
    return _as_json(Kind.FILMS, rows.values_list("slug", "title", "year", *elsewhere, *sums))


def _ratings() -> Asked:
    statement, params = that_are_open().values_list(
        "member", "film", "half_stars", _month("rated_at")
    ).query.sql_with_params()  # fmt: skip
    return RATINGS.format(ratings=statement), params


def _reviews() -> Asked:
    """The stars of somebody who keeps their ratings out are in no file, and those that an incident holds are not."""
    marks = Mark.objects.filter(member=OuterRef("member"), film=OuterRef("film"), incident__isnull=False)
    kept_out = Q(member__opens_ratings=False) | Q(Exists(marks))
    stars = Case(When(kept_out, then=None), default=_stars("half_stars"), output_field=FloatField())
    return _as_json(Kind.REVIEWS, open_reviews().order_by("pk").values_list(
        "pk", _address("reviews:review"), "film__slug", "member__username", _name(), "member__licence", stars, "body",
        "spoilers", "tags", _month("published_at"),
    ))  # fmt: skip


def _lists() -> Asked:
    """Without what others wrote on them: a description that came with a copy, and notes of those who help."""
    own = Case(When(noted_by=F("film_list__member"), then="note"), default=Value(""), output_field=TextField())
    films = ListEntry.objects.filter(film_list=OuterRef("pk")).order_by("position")
    description = Case(When(description_is_own=True, then="description"), default=Value(""), output_field=TextField())
    entries = ArraySubquery(films.values(line=JSONObject(film="film__slug", note=own, spoilers="spoilers")))
    return _as_json(Kind.LISTS, open_lists().order_by("pk").values_list(
        "pk", _address("reviews:list"), "member__username", _name(), "member__licence", "title", description,
        "is_ranked", "tags", _month("created_at"), entries,
    ))  # fmt: skip


def _essays() -> Asked:
    films = Film.objects.filter(essays=OuterRef("pk")).order_by("slug").values("slug")
    people = Person.objects.filter(essays=OuterRef("pk")).order_by("slug").values("slug")
    return _as_json(Kind.ESSAYS, open_essays().order_by("pk").values_list(
        "pk", _address("reviews:essay"), "member__username", _name(), "member__licence", "title", "body", "spoilers",
        _month("published_at"), ArraySubquery(films), ArraySubquery(people),
    ))  # fmt: skip


FILES: Final[dict[str, Callable[[], Asked]]] = {
    Kind.FILMS: _films,
    Kind.RATINGS: _ratings,
    Kind.REVIEWS: _reviews,
    Kind.LISTS: _lists,
    Kind.ESSAYS: _essays,
}


def _as_json(kind: str, rows: QuerySet[Any, Any]) -> Asked:
    statement, params = rows.query.sql_with_params()
    names = ", ".join(FIELDS[kind])
    return f"SELECT row_to_json(line) FROM ({statement}) line({names})", params  # noqa: S608 -- names of our own


def _stars(half_stars: str) -> Any:
    return Cast(half_stars, FloatField()) / 2.0


def _month(moment: str) -> Func:
    return Func(F(moment), Value("YYYY-MM"), function="to_char", output_field=TextField())


def _name() -> Case:
    return Case(When(member__display_name="", then="member__username"), default="member__display_name")


def _address(page: str) -> Concat:
    before, _zero, after = path(page, 0).rpartition("0")
    return Concat(Value(settings.SITE_URL + before), Cast("pk", TextField()), Value(after), output_field=TextField())
