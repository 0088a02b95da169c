"""What programs ask for: sitemaps, robots.txt, OpenSearch, the web app's manifest, oEmbed."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from films.addresses import film_at
from reviews import sitemaps
from reviews.list_cards import first_entries, public_list
from reviews.models import Review
from reviews.stars import label

A_WHILE = 300  # for what can be withdrawn
AN_HOUR = 3600
A_DAY = 24 * AN_HOUR
LISTED = 10
CARD = '<blockquote><p>{}</p><p><a href="{}">{}</a></p></blockquote>'
# Pages that need an account, do something, or have no end.
NOT_FOR_ROBOTS = (
    "/accounts/",
    "/admin/",
    "/api/",
    "/lights/",
    "/search/",
    "/house/notices/",
    "/films/?",
    "/calendar/?",
    "/oembed",
)


def _xml(parts: Iterator[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(parts, content_type="application/xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    return _xml(sitemaps.index())


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def sitemap_pages(request: HttpRequest) -> StreamingHttpResponse:
    return _xml(sitemaps.pages())


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def sitemap_section(request: HttpRequest, name: str, number: int) -> StreamingHttpResponse:
    if name not in sitemaps.SECTIONS or not 0 < number < 100_000:
        raise Http404
    return _xml(sitemaps.file(name, number))


@require_safe
@cache_control(public=True, max_age=A_DAY)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('reviews:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets a browser search here from its address bar."""
    text = format_html(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><ShortName>{name}</ShortName>'
        "<Description>{words}</Description><InputEncoding>UTF-8</InputEncoding>"
        '<Image type="image/svg+xml">{icon}</Image><Url type="text/html" template="{search}?q={{searchTerms}}"/>'
        "</OpenSearchDescription>\n",
        name=settings.SITE_NAME[:16],  # the format allows no more
        words=_("Films, people and members"),
        icon=settings.SITE_URL + static("art/favicon.svg"),
        search=settings.SITE_URL + reverse("reviews:search"),
    )
    return HttpResponse(text, content_type="application/opensearchdescription+xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put the site among its apps."""
    return JsonResponse({
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME[:12],
        "id": "/",
        "start_url": reverse("reviews:home"),
        "scope": "/",
        "display": "standalone",  # without it an iPhone lets no page ring
        "display_override": ["minimal-ui"],
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "background_color": "#130c13",
        "theme_color": "#130c13",
        "icons": [
            {"src": static("art/favicon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"},
            {"src": static("art/icon-192.png"), "type": "image/png", "sizes": "192x192", "purpose": "any maskable"},
        ],
    }, content_type="application/manifest+json")  # fmt: skip


@require_safe
@cache_control(public=True, max_age=A_WHILE)
def oembed(request: HttpRequest) -> JsonResponse:
    """A card of a review, a list or a film for another site. https://oembed.com"""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"detail": _("Only JSON is spoken here.")}, status=501)
    card = _card_of(request.GET.get("url", ""))
    if card is None:
        return JsonResponse({"detail": _("Give the url of a review, a list or a film on this site.")}, status=404)
    house = {"provider_name": settings.SITE_NAME, "provider_url": settings.SITE_URL, "cache_age": A_WHILE}
    return JsonResponse({"version": "1.0", "type": "rich", "width": 550, "height": None} | house | card)


def _card_of(url: str) -> dict[str, Any] | None:
    try:
        there = urlsplit(url)
        if there.netloc.lower() != urlsplit(settings.SITE_URL).netloc.lower():
            return None
        found = resolve(there.path)
        if found.view_name == "reviews:review":
            return _review_card(found.kwargs["review_id"])
        if found.view_name == "reviews:list":
            return _list_card(found.kwargs["list_id"])
        return _film_card(found.kwargs["slug"]) if found.view_name == "films:film" else None
    except (ValueError, Resolver404, Http404):
        return None


def _review_card(review_id: int) -> dict[str, Any] | None:
    review = Review.objects.visible_to(AnonymousUser()).with_card().filter(pk=review_id).first()
    if review is None:
        return None
    title = _("%(member)s on %(film)s") % {"member": review.member.name, "film": review.film}
    words = _("The ending is behind a curtain.") if review.spoilers else review.excerpt
    stars = f"{label(review.half_stars)}. " if review.half_stars else ""
    address = settings.SITE_URL + review.get_absolute_url()
    return {
        "title": title,
        "author_name": review.member.name,
        "author_url": settings.SITE_URL + review.member.get_absolute_url(),
        "html": format_html(CARD, stars + words, address, title),
    }


def _list_card(list_id: int) -> dict[str, Any] | None:
    film_list = public_list(list_id)
    if film_list is None:
        return None
    words = ", ".join(entry.film.title for entry in first_entries(film_list, LISTED))
    words += "…" if film_list.film_count > LISTED else ""
    return {
        "title": film_list.title,
        "author_name": film_list.member.name,
        "author_url": settings.SITE_URL + film_list.member.get_absolute_url(),
        "html": format_html(CARD, words, settings.SITE_URL + film_list.get_absolute_url(), film_list.title),
    }


def _film_card(slug: str) -> dict[str, Any]:
    film = film_at(slug)
    address = settings.SITE_URL + film.get_absolute_url()
    words = film.synopsis or film.tagline
    return {
        "title": str(film),
        "html": format_html(CARD, words, address, film),
    }
