"""What a member wrote down for themselves: their own notes, and those with certain words."""

from typing import Any, Final

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts.models.viewer import Viewer
from films.search import as_typed
from reviews.models import PrivateNote

MOST_WORDS: Final = 12


def notes_of(member: Viewer, query: str = "") -> QuerySet[PrivateNote]:
    """The member's own notes with their films; of a query those that have all of its words, in the note or the title.

    Parts of words count, as nobody remembers their own to the letter.
    """
    notes = PrivateNote.objects.visible_to(member).select_related("film").defer("film__search_text")
    for word in as_typed(query).split()[:MOST_WORDS]:
        notes = notes.filter(
            Q(body__icontains=word) | Q(film__title__icontains=word) | Q(film__original_title__icontains=word)
        )
    return notes


def with_own_note(films: Any, viewer: Viewer, film: Any) -> Any:
    """Films with `own_note`, the viewer's own as body and version, or None. `film`: how the rows name the film."""
    own = PrivateNote.objects.visible_to(viewer).filter(film=film)
    return films.annotate(own_note=Subquery(own.values(_note=JSONObject(body="body", version="version"))))
