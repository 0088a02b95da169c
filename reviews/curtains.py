"""What is covered for whom: a cover opens by itself for a viewer who has seen the film that it would give away.

Rows that come through `opened_for` know which films the viewer has seen; on others everything stays covered, and so it
does for whoever is signed out. All pages, and the API, show members' words through here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Final, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from reviews import withheld
from reviews.markup import Kind
from reviews.models import Article, Comment, Essay, FilmList, ListEntry, Mark, Review, SpoiledFilm

type Words = Review | Comment | Article | Essay | FilmList | ListEntry

COVER: Final = re.compile(r'<details class="(spoiler|veil)"(?: data-of="(\d{1,3})")?><summary>(.*?)</summary>', re.S)
INSIDE: Final = re.compile(
    r'(<details class="(?:spoiler|veil)"(?: data-of="\d{1,3}")?><summary>.*?</summary>)(<(span|div) class="[\w-]+">).*?'
    r"(</\3></details>)",
    re.S,
)


class Place(NamedTuple):
    """Where SpoiledFilm and a text find each other: its foreign key, the field of the text as written, and the kind of
    text.
    """

    key: str
    field: str = "body"
    kind: Kind = "review"


PLACES: Final[dict[type[Any], Place]] = {
    Review: Place("review"),
    Comment: Place("comment", kind="comment"),
    Article: Place("article", kind="article"),
    Essay: Place("essay", kind="essay"),
    FilmList: Place("film_list", "description"),
    ListEntry: Place("list_entry", "note"),
}


def opened_for[Rows: QuerySet[Any]](rows: Rows, viewer: Viewer) -> Rows:
    """Rows that know whether the viewer has seen the films that they are about, and those that they name.

    Costs no query of its own. What is about several films opens when all of them are seen.
    """
    named = SpoiledFilm.objects.filter(**{PLACES[rows.model].key: OuterRef("pk")}).order_by("number")
    seen = _watched(viewer, Q(film=OuterRef("film")))
    facts = JSONObject(number="number", title="film__title", year="film__year", seen=seen)
    return with_seen(rows, viewer).annotate(films_named=ArraySubquery(named.values(json=facts)))


def with_seen[Rows: QuerySet[Any]](rows: Rows, viewer: Viewer) -> Rows:
    """Enough for cards, which show no more than whether a review is covered whole."""
    return rows.annotate(film_seen=_own_films_seen(rows, viewer))


def _watched(viewer: Any, film: Q) -> Any:
    if not is_signed_in(viewer):
        return Value(False, output_field=BooleanField())
    return Exists(Mark.objects.watched().filter(film, member=viewer))


def _own_films_seen(rows: QuerySet[Any], viewer: Viewer) -> Any:
    if not is_signed_in(viewer) or rows.model is FilmList:
        return Value(False, output_field=BooleanField())
    if rows.model in (Article, Essay):
        return _all_seen(viewer, rows.model, "pk")
    if rows.model is Comment:
        one = _watched(viewer, Q(film=OuterRef("review__film")) | Q(film=OuterRef("film")))
        return one | _all_seen(viewer, Article, "article") | _all_seen(viewer, Essay, "essay")
    return _watched(viewer, Q(film=OuterRef("film")))


def _all_seen(viewer: Viewer, text: type[Article | Essay], row: str) -> Any:
    """Whether the viewer has seen every film of the text that `row` names, and there is any. The films themselves are
    not asked: of those that one text or the other is about, PostgreSQL would look at all there are.
    """
    about = text.films.through.objects.filter(**{PLACES[text].key: OuterRef(row)})
    return Exists(about) & ~Exists(about.exclude(_watched(viewer, Q(film=OuterRef("film")))))


def is_covered(row: Words) -> bool:
    """Whether all of it is behind a curtain for the viewer that it was opened for."""
    return getattr(row, "spoilers", False) and not getattr(row, "film_seen", False)


def holds_covers(row: Words) -> bool:
    """Whether anything in it is covered for the viewer."""
    if is_covered(row):
        return True
    return any(not _is_open(row, _number(cover)) for cover in COVER.finditer(_html(row)))


def drawn(row: Words) -> str:
    """The HTML of a text with its curtains: those open that the viewer may look behind. Safe to show."""
    html = COVER.sub(lambda cover: _draw(row, cover), _html(row))
    if not getattr(row, "spoilers", False):
        return html
    if not is_covered(row):
        why = _("With spoilers: open because you have seen the film.")
        if isinstance(row, Essay):
            why = _("With spoilers: open because you have seen all films in it.")
        return f'<p class="hint seen">{escape(why)}</p>\n{html}'
    return _curtain(html)


@dataclass(frozen=True, slots=True)
class Told:
    """A text as a program gets it. What is `covered` is in neither."""

    body: str
    html: str
    covered: bool


def told(row: Words, viewer: Any, *, reveal: bool = False) -> Told:
    """A text as the viewer may read it. Its writer, viewers who have seen the films that it gives away, and whoever
    asks to reveal it read all of it; for others an ellipsis stands for the covered words.
    """
    place = PLACES[type(row)]
    body: str = getattr(row, place.field)
    wrote = is_signed_in(viewer) and getattr(row, "member_id", None) == viewer.pk
    if wrote or reveal or not holds_covers(row):
        return Told(body, COVER.sub(lambda cover: _shut(cover[1]), _html(row)), covered=False)
    if is_covered(row):
        return Told("", _curtain("<p>…</p>"), covered=True)
    html = COVER.sub(lambda cover: _shut(cover[1]), INSIDE.sub(_leave_out_unless(row), _html(row)))
    return Told(withheld.without_covered(body, place.kind), html, covered=True)


def _html(row: Words) -> str:
    html: str = getattr(row, f"{PLACES[type(row)].field}_html")
    return html


def _number(cover: re.Match[str]) -> int:
    return int(cover[2] or 0)


def _is_open(row: Words, number: int) -> bool:
    if not number:
        return bool(getattr(row, "film_seen", False))
    return any(film["seen"] for film in getattr(row, "films_named", ()) if film["number"] == number)


def _leave_out_unless(row: Words) -> Callable[[re.Match[str]], str]:
    def leave_out(inside: re.Match[str]) -> str:
        cover = COVER.match(inside[0])
        shown = cover is not None and _is_open(row, _number(cover))
        return inside[0] if shown else f"{inside[1]}{inside[2]}…{inside[4]}"

    return leave_out


def _draw(row: Words, cover: re.Match[str]) -> str:
    """The beginning of one curtain, up to what is behind it, in the language of who reads, not of who wrote."""
    kind, number = cover[1], _number(cover)
    of = next((film for film in getattr(row, "films_named", ()) if film["number"] == number), None)
    film = (f"{of['title']} ({of['year']})" if of["year"] else of["title"]) if of else ""
    if _is_open(row, number):
        spoiler, why = _("Spoiler"), _("open because you have seen the film")
        if film:
            why = _("open because you have seen %(film)s") % {"film": film}
        if kind == "veil":
            return _details("veil seen", f'{escape(spoiler)}<span class="vh">, {escape(why)}</span>', is_open=True)
        return _details("spoiler seen", _labels(_("A spoiler is behind here."), f"{spoiler}: {why}"), is_open=True)
    return _shut(kind, film)


def _shut(kind: str, film: str = "") -> str:
    """`film`: whose spoiler it is, if not that of the film which the text is about."""
    if kind == "veil":
        return _details(kind, escape(_("Spoiler of %(film)s") % {"film": film} if film else _("Spoiler")))
    shut = _("A spoiler is behind here. Open the curtain")
    if film:
        shut = _("A spoiler of %(film)s is behind here. Open the curtain") % {"film": film}
    return _details(kind, _labels(shut, _("Draw the curtain again")))


def _curtain(html: str) -> str:
    label = _labels(_("The ending is behind here. Open the curtain"), _("Draw the curtain again"))
    return f'{_details("spoiler", label)}<div class="spoiler-body">{html}</div></details>'


def _labels(shut: str, opened: str) -> str:
    return f'<span class="when-shut">{escape(shut)}</span><span class="when-open">{escape(opened)}</span>'


def _details(names: str, label: str, *, is_open: bool = False) -> str:
    return f'<details class="{names}"{" open" if is_open else ""}><summary>{label}</summary>'
