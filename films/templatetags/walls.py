"""`{% wall_card film sizes=… %}`: a film on a wall or a shelf, as templates/films/_film_card.html draws it."""

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from config.keeping import remembered
from films.models import Film

register = template.Library()


@register.simple_tag
def wall_card(film: Film, sizes: str, heading: str = "", half_stars: int | None = None) -> SafeString:
    """The key has all that the template and films/posters.py read of the film and of the reader's `mark` of it."""
    mark = getattr(film, "mark", None)
    shown = {
        "sizes": sizes,
        "heading": heading or "h3",
        "half_stars": half_stars,
        "average": film.average,
        "watched": bool(mark and mark.is_watched),
        "liked": bool(mark and mark.is_liked),
    }
    poster = film.poster_key, film.poster_version, film.poster_alt
    key = ("film card", get_language(), film.pk, film.slug, film.title, film.year, *poster, *shown.values())
    card = get_template("films/_film_card.html")
    return SafeString(remembered(key, lambda: card.render({"film": film} | shown)))
