"""The posters that the site draws itself."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from films.models import Film
from films.posters import WIDTHS, drawn_url
from films.press import stock


@require_safe
def drawn(request: HttpRequest, film_id: int, version: int, width: int) -> HttpResponse:
    """A drawn poster, from the stock without a query or drawn now. An outdated address leads to the current one."""
    if width not in WIDTHS:
        raise Http404
    tag = f'"{film_id}-{version}-{width}"'
    if request.headers.get("If-None-Match") == tag:
        return _for_ever(HttpResponseNotModified(), tag)
    poster = stock.kept(film_id, version, width)
    if poster is None:
        film = get_object_or_404(Film.objects.defer("search_text", "synopsis"), pk=film_id)
        if version != film.poster_version:
            return redirect(drawn_url(film.pk, film.poster_version, width))
        poster = stock.drawn(film, width)
    return _for_ever(HttpResponse(poster, content_type="image/webp"), tag)


def _for_ever(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # as for uploaded posters: feeds show them too
    return response
