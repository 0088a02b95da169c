"""What the search box offers while somebody types (static/js/suggest.js asks for it)."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from films.search import as_typed
from reviews.suggesting import suggest

SECONDS_KEPT = 60  # by the browser that asked, which asks again with each letter that is taken back


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A fragment: the options for `q`. With `for=log` films alone."""
    query = " ".join(as_typed(request.GET.get("q", "")).split())
    logging = request.GET.get("for") == "log"
    found = suggest(request.user, as_typed(request.GET.get("q", "")), only_films=logging)
    context = {"query": query, "found": found, "logging": logging}
    response = HttpResponse(get_template("reviews/_suggestions.html").render(context))
    if request.user.is_authenticated:  # who blocks them now is not offered any more
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, max_age=SECONDS_KEPT)
    return response
