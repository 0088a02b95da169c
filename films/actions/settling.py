"""What follows from a change of the catalogue: what search finds, and which poster is drawn."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from films.actions.spelling import learn_words_of
from films.models import Film, Job
from films.search import search_text_of


def directors_of(film: Film) -> list[int]:
    """Their ids. A poster names them, so it is drawn anew when they change."""
    return list(film.credits.filter(job=Job.DIRECTOR).values_list("person_id", flat=True))


def settle(film: Film, *, redraw: bool = False) -> None:
    """Write what search finds the film by, and with `redraw` have its poster drawn anew."""
    film.search_text = search_text_of(film)
    changes: dict[str, Any] = {"search_text": film.search_text, "updated_at": timezone.now()}
    if redraw:
        changes["poster_version"] = F("poster_version") + 1
    Film.objects.filter(pk=film.pk).update(**changes)
    learn_words_of(film.search_text.partition("\n\n")[0])  # the titles; people are known already
    if redraw:
        film.refresh_from_db(fields=["poster_version"])
