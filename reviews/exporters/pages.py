"""Diary, films, reviews and lists as pages that open from a disk, without a network, and can be hosted anywhere."""

import re
from collections.abc import Iterable, Iterator
from itertools import batched, count
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify

from accounts.models import User
from films.models import Film
from reviews.exporters.rows import each, site_url, with_film
from reviews.exporters.texts import lists_with_entries
from reviews.models import FilmList, Mark, Review, Viewing
from reviews.models.viewing import Cut, Format
from reviews.stars import label

A_PAGE: Final = 500  # films or lines
REVIEWS_A_PAGE: Final = 50
STYLE: Final = Path(__file__).with_name("style.css")
# In members' rendered words, addresses of this site, which lead nowhere on a disk.
OWN: Final = re.compile(r'(?<= href=")/(?!/)')

# Name of a file, and its text.
type Page = tuple[str, str]


def pages(member: User) -> Iterator[Page]:
    """All of them; the first page comes last, for it says how many there are of the others."""
    kept: dict[str, list[tuple[str, str]]] = {"diary": [], "films": [], "reviews": [], "lists": []}
    for kind, title, name, text in _all(member):
        kept[kind].append((title, name))
        yield f"pages/{name}", text
    yield "pages/style.css", STYLE.read_text("utf-8")
    yield "index.html", _render("index", member, here="", style="pages/style.css", kept=kept)


def _all(member: User) -> Iterator[tuple[str, str, str, str]]:
    viewings = each(with_film(Viewing.objects.filter(member=member)).order_by("-watched_on", "-pk"))
    yield from _paged("diary", member, map(_viewing, viewings), A_PAGE)
    marks = each(with_film(Mark.objects.filter(member=member).said_something()).order_by("pk"))
    yield from _paged("films", member, map(_mark, marks), A_PAGE)
    reviews = each(with_film(Review.objects.filter(member=member).select_related("viewing")).order_by("-pk"))
    yield from _paged("reviews", member, map(_review, reviews), REVIEWS_A_PAGE)
    for film_list, entries in lists_with_entries(member):
        name = f"list-{film_list.pk}-{slugify(film_list.title)[:60]}".rstrip("-") + ".html"
        shown = {"film_list": _list(film_list), "rows": [_entry(entry) for entry in entries]}
        yield "lists", film_list.title, name, _render("list", member, here="lists", **shown)


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


def _review(review: Review) -> dict[str, Any]:
    said = {"review": review, "stars": _stars(review.half_stars), "words": _words(review.body_html)}
    return _film(review.film) | said


def _list(film_list: FilmList) -> dict[str, Any]:
    return {"row": film_list, "words": _words(film_list.description_html)}


def _entry(entry: Any) -> dict[str, Any]:
    return _film(entry.film) | {"entry": entry, "words": _words(entry.note_html)}
