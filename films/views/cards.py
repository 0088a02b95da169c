"""Social cards of films and collections."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import override
from django.views.decorators.http import require_safe
from PIL import Image

from films import cards
from films.models import Collection, Film

FOR_EVER: Final = "public, max-age=31536000, immutable"
A_WHILE: Final = "public, max-age=300"  # for what can be withdrawn


@require_safe
def film(request: HttpRequest, film_id: int, version: str) -> HttpResponse:
    """The card, from what is kept without a query or drawn now. An outdated address leads to the current one."""
    if request.headers.get("If-None-Match") == tag_of("film", film_id, version):
        return marked(HttpResponseNotModified(), tag_of("film", film_id, version), FOR_EVER)
    if card := cards.kept("film", film_id, version):
        return marked(HttpResponse(card, content_type="image/jpeg"), tag_of("film", film_id, version), FOR_EVER)
    found = get_object_or_404(Film.objects.defer("search_text", "synopsis"), pk=film_id)
    if version != cards.film_version(found):
        return redirect(cards.card_of_film(found).url)
    return answer("film", film_id, version, lambda: cards.draw_film(found), FOR_EVER)


@require_safe
def collection(request: HttpRequest, collection_id: int, version: str) -> HttpResponse:
    """Only while the collection is shown."""
    found = get_object_or_404(Collection.objects.shown().select_related("curator"), pk=collection_id)
    if version != cards.collection_version(found):
        return redirect(cards.card_of_collection(found).url)
    return answer("collection", collection_id, version, lambda: cards.draw_collection(found), A_WHILE)


def answer(kind: str, pk: int, version: str, draw: Callable[[], Image.Image], keeping: str) -> HttpResponse:
    """A card as it is sent, drawn in the site's own language; 503 while too many are drawn."""
    try:
        with override(settings.LANGUAGE_CODE):
            card = cards.kept_or_drawn(kind, pk, version, draw)
    except cards.Busy:
        return HttpResponse(status=503, headers={"Retry-After": "10", "Cache-Control": "no-store"})
    return marked(HttpResponse(card, content_type="image/jpeg"), tag_of(kind, pk, version), keeping)


def tag_of(kind: str, pk: int, version: str) -> str:
    return f'"{kind}-{pk}-{version}"'


def marked(response: HttpResponse, tag: str, keeping: str) -> HttpResponse:
    response["ETag"] = tag
    response["Cache-Control"] = keeping
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # other sites show it: that is what it is for
    return response
