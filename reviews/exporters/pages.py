"""Diary, films, reviews, essays, lists, the shelf and what films contain, as pages that open from a disk.

They need no network, and say what their member sees of it, drafts and loans among it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import batched, count
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from films.models import Film
from reviews.exporters.films import votes_by_film
from reviews.exporters.rows import each, site_url, with_film
from reviews.exporters.shelf import copies_of
from reviews.exporters.texts import ESSAYS_AT_ONCE, lists_with_entries
from reviews.models import Category, Caution, ContentVote, Essay, FilmList, Level, Mark, OwnedCopy, Review, Viewing
from reviews.models.guidance import YES
from reviews.models.viewing import Cut, Format
from reviews.stars import label

A_PAGE: Final = 500  # films or lines
REVIEWS_A_PAGE: Final = 50
KINDS: Final = ("diary", "films", "reviews", "essays", "lists", "shelf", "guidance")
STYLE: Final = Path(__file__).with_name("style.css")
# In members' rendered words, addresses of this site, which lead nowhere on a disk.
OWN: Final = re.compile(r'(?<= href=")/(?!/)')

# Name of a file, and its text.
type Page = tuple[str, str]


def pages(member: User) -> Iterator[Page]:
    """All of them; the first page comes last, for it says how many there are of the others."""
    kept: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    for kind, title, name, text in _all(member):
        kept[kind].append((title, name))
        yield f"pages/{name}", text
    yield "pages/style.css", STYLE.read_text("utf-8")
    cautions = list(Caution.objects.filter(member=member).order_by("note__name").values_list("note__name", flat=True))
    shown = {"style": "pages/style.css", "kept": kept, "cautions": cautions}
    yield "index.html", _render("index", member, here="", **shown)


def _all(member: User) -> Iterator[tuple[str, str, str, str]]:
    viewings = each(with_film(Viewing.objects.filter(member=member)).order_by("-watched_on", "-pk"))
    yield from _paged("diary", member, map(_viewing, viewings), A_PAGE)
    marks = each(with_film(Mark.objects.filter(member=member).said_something()).order_by("pk"))
    yield from _paged("films", member, map(_mark, marks), A_PAGE)
    reviews = each(with_film(Review.objects.filter(member=member).select_related("viewing")).order_by("-pk"))
    yield from _paged("reviews", member, map(_review, reviews), REVIEWS_A_PAGE)
    for essay in Essay.objects.filter(member=member).order_by("-pk").iterator(chunk_size=ESSAYS_AT_ONCE):
        name = f"essay-{essay.pk}-{slugify(essay.title)[:60]}".rstrip("-") + ".html"
        said = {"essay": essay, "words": _words(essay.body_html)}
        yield "essays", essay.title, name, _render("essay", member, here="essays", **said)
    for film_list, entries in lists_with_entries(member):
        name = f"list-{film_list.pk}-{slugify(film_list.title)[:60]}".rstrip("-") + ".html"
        shown = {"film_list": _list(film_list), "rows": [_entry(entry) for entry in entries]}
        yield "lists", film_list.title, name, _render("list", member, here="lists", **shown)
    yield from _paged("shelf", member, map(_copy, copies_of(member)), A_PAGE)
    yield from _paged("guidance", member, map(_votes, votes_by_film(member)), A_PAGE)


def _paged(kind: str, member: User, rows: Iterable[dict[str, Any]], size: int) -> Iterator[tuple[str, str, str, str]]:
    """In pages of at most `size` rows, each with links to the ones before and after it."""
    runs = batched(rows, size)
    run = next(runs, None)
    for number in count(1):
        if run is None:
            return
        following = next(runs, None)
        around = {"before": number - 1, "after": number + 1 if following else 0, "number": number, "kind": kind}
        yield kind, str(number), f"{kind}-{number}.html", _render(kind, member, here=kind, rows=run, **around)
        run = following


def _render(template: str, member: User, **shown: Any) -> str:
    always = {"member": member, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "style": "style.css"}
    return render_to_string(f"export/{template}.html", always | shown)


def _film(film: Film) -> dict[str, Any]:
    return {"film": str(film), "url": site_url(film.get_absolute_url())}


def _stars(half_stars: int | None) -> str:
    return "" if half_stars is None else label(half_stars)


def _words(html: str) -> str:
    return OWN.sub(f"{settings.SITE_URL}/", html)


def _viewing(viewing: Viewing) -> dict[str, Any]:
    how = [viewing.cut and Cut(viewing.cut).label, viewing.format and Format(viewing.format).label, viewing.place]
    return _film(viewing.film) | {
        "viewing": viewing,
        "stars": _stars(viewing.half_stars),
        "how": list(filter(None, how)),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return _film(mark.film) | {"mark": mark, "stars": _stars(mark.half_stars)}


def _copy(copy: OwnedCopy) -> dict[str, Any]:
    return _film(copy.film) | {"copy": copy}


def _votes(votes: list[ContentVote]) -> dict[str, Any]:
    return _film(votes[0].film) | {"said": [_said(vote) for vote in votes]}


def _said(vote: ContentVote) -> str:
    if vote.note is None:
        return f"{Category(vote.category).label}: {Level(vote.answer).label}"
    answer = _("yes") if vote.answer == YES else _("no")
    return f"{vote.note.name}: {answer}"


def _review(review: Review) -> dict[str, Any]:
    said = {"review": review, "stars": _stars(review.half_stars), "words": _words(review.body_html)}
    return _film(review.film) | said


def _list(film_list: FilmList) -> dict[str, Any]:
    return {"row": film_list, "words": _words(film_list.description_html)}


def _entry(entry: Any) -> dict[str, Any]:
    return _film(entry.film) | {"entry": entry, "words": _words(entry.note_html)}
