"""The addresses of all public pages, for search engines: files of at most 50,000, written as they are read."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import CharField, Exists, F, Max, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from films.models import Artist, Award, Collection, Film, Person
from reviews.models import Article, Essay, FilmList, HousePage, Review, Screening
from reviews.models.visibility import Visibility

A_FILE: Final = 50_000
A_READ: Final = 2_000
NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def section(name: str) -> tuple[QuerySet[Any], str, str]:
    """The rows of a section, what stands for a row in its address, and the name of the page."""
    public = Review.objects.published().filter(visibility=Visibility.PUBLIC, removed_at=None, member__is_active=True)
    return {
        "films": (Film.objects.all(), "slug", "films:film"),
        "people": (Person.objects.filter(credit_count__gt=0), "slug", "films:person"),
        "reviews": (public, "pk", "reviews:review"),
        "lists": (FilmList.objects.visible_to(None).with_films(), "pk", "reviews:list"),
        "essays": (Essay.objects.visible_to(None), "pk", "reviews:essay"),
        "articles": (Article.objects.published(), "slug", "reviews:article"),
        "artists": (Artist.objects.filter(songs__isnull=False).distinct(), "slug", "films:artist"),
        "collections": (Collection.objects.shown(), "slug", "films:collection"),
        "awards": (_years_of_awards(), "address", "films:award"),
        "house": (HousePage.objects.published().originals(), "slug", "reviews:house_page"),
        "screenings": (Screening.objects.visible_to(None), "pk", "reviews:screening"),
    }[name]


def _years_of_awards() -> QuerySet[Any]:
    """The first prize of each year of an award, with the address of that year below those of awards."""
    first = Award.objects.filter(slug=OuterRef("slug"), year=OuterRef("year"), pk__lt=OuterRef("pk"))
    address = Concat("slug", Value("/"), Cast("year", CharField()))
    rows: Any = Award.objects.exclude(slug="").filter(~Exists(first))
    return rows.annotate(address=address, updated_at=F("film__updated_at"))


SECTIONS: Final = (
    "films",
    "people",
    "reviews",
    "articles",
    "collections",
    "artists",
    "lists",
    "essays",
    "awards",
    "house",
    "screenings",
)
FIXED: Final = (
    "reviews:home",
    "films:browse",
    "reviews:articles",
    "films:charts",
    "films:collections",
    "films:awards",
    "films:leaving_soon",
    "films:calendar",
    "reviews:lists",
    "reviews:essays",
    "reviews:house",
    "reviews:screenings",
)


def index() -> Iterator[str]:
    """One file of fixed pages, then for each section as many as its highest id asks for."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{NAMESPACE}">\n'
    yield f"<sitemap><loc>{_absolute(reverse('reviews:sitemap_pages'))}</loc></sitemap>\n"
    for name in SECTIONS:
        rows, _field, _page = section(name)
        highest = rows.model._default_manager.aggregate(highest=Max("pk"))["highest"] or 0
        for number in range(1, -(-highest // A_FILE) + 1):
            place = _absolute(reverse("reviews:sitemap_section", args=[name, number]))
            yield f"<sitemap><loc>{place}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def pages() -> Iterator[str]:
    names = (*FIXED, "reviews:open_data") if settings.OPEN_DATA else FIXED
    yield from _urlset((reverse(name), "") for name in names)


def file(name: str, number: int) -> Iterator[str]:
    """The rows with the ids from (number - 1) · 50,000 + 1 to number · 50,000."""
    rows, field, page = section(name)
    placeholder = 987654321
    before, after = reverse(page, args=[placeholder]).split(str(placeholder))
    yield from _urlset((f"{before}{quote(str(word))}{after}", day) for word, day in _read(rows, field, number))


def _read(rows: QuerySet[Any], field: str, number: int) -> Iterator[tuple[Any, str]]:
    """A part at a time, so that neither memory nor a server-side cursor is held for a slow reader."""
    last, end = (number - 1) * A_FILE, number * A_FILE
    while True:
        found = list(
            rows.filter(pk__gt=last, pk__lte=end).order_by("pk").values_list("pk", field, "updated_at")[:A_READ]
        )
        yield from ((word, timezone.localdate(at).isoformat()) for _pk, word, at in found)
        if len(found) < A_READ:
            return
        last = found[-1][0]


def _urlset(addresses: Iterator[tuple[str, str]]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{NAMESPACE}">\n'
    for address, day in addresses:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        yield f"<url><loc>{_absolute(address)}</loc>{changed}</url>\n"
    yield "</urlset>\n"


def _absolute(path: str) -> str:
    return escape(settings.SITE_URL + path)
