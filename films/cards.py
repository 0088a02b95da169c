"""Social cards: their addresses, and the files that are drawn once and kept.

An address holds a version made from what the card shows, so it changes when the card does. The files lie outside
of what the web server serves: who may see a card is asked anew each time.
"""

import logging
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image, UnidentifiedImageError

from accounts.picture_files import write_whole
from accounts.picture_shapes import KEPT as SHAPES
from accounts.picture_shapes import is_fresh
from films.models import Collection, CollectionEntry, Credit, Film, Job
from films.press import stock
from films.press.card import HEIGHT, WIDTH, film_card, shelf_card, write_card

logger = logging.getLogger(__name__)

DRAWING: Final = 1  # raised when cards look different from before
PATIENCE: Final = 4.0  # seconds that a request waits for its turn to draw
KEPT: Final = timedelta(days=30)
FRESH_WIDTH: Final = SHAPES["poster"].shape.usual  # all that there is of one whose sizes are still to be made
ON_A_CARD: Final = 600  # the width of the posters that cards are made with
FANNED: Final = 4
MOST_NAMES: Final = 3

# A card keeps a core busy for a quarter of a second: one at a time leaves room for pages.
_turn = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Too many cards are being drawn just now."""


@dataclass(frozen=True, slots=True)
class Card:
    """For a page's own description of itself."""

    url: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


def version_of(*facts: Any) -> str:
    """What changes when one of these facts does."""
    return sha256(repr((DRAWING, settings.SITE_NAME, *facts)).encode("utf-8", "replace")).hexdigest()[:12]


def average_of(film: Film) -> str:
    return "" if film.average is None else f"{film.average:.1f}"


def film_version(film: Film) -> str:
    """For a film with its card. Directors and original title count by the poster's version, which they raise."""
    return version_of(film.title, film.year, film.poster_key, film.poster_version, average_of(film))


def card_of_film(film: Film) -> Card:
    """Costs no query."""
    url = reverse("films:film_card", args=[film.pk, film_version(film)])
    return Card(url, _("The poster of %(film)s beside its title.") % {"film": film})


def collection_version(collection: Collection) -> str:
    return version_of(collection.title, collection.updated_at.isoformat())


def card_of_collection(collection: Collection) -> Card:
    """Costs no query."""
    url = reverse("films:collection_card", args=[collection.pk, collection_version(collection)])
    return Card(url, _("Posters of films in “%(collection)s”.") % {"collection": collection})


def kept(kind: str, pk: int, version: str) -> bytes | None:
    """A card drawn before; None if it was not."""
    try:
        return _place(kind, pk, version).read_bytes()
    except OSError:
        return None


def kept_or_drawn(kind: str, pk: int, version: str, draw: Callable[[], Image.Image]) -> bytes:
    """The card as JPEG, drawn now if it is not kept, in the place of its older versions. Raises Busy."""
    if card := kept(kind, pk, version):
        return card
    if not _turn.acquire(timeout=PATIENCE):
        raise Busy
    try:
        if card := kept(kind, pk, version):  # somebody else wanted it too
            return card
        file = BytesIO()
        write_card(draw(), file)
        place = _place(kind, pk, version)
        shutil.rmtree(place.parent, ignore_errors=True)
        try:
            write_whole(place, file.getvalue())
        except OSError:  # no room, say: it is shown all the same, and drawn again for the next
            logger.exception("A card could not be kept")
        return file.getvalue()
    finally:
        _turn.release()


def draw_film(film: Film) -> Image.Image:
    """Two queries, and those of a poster that has to be drawn."""
    directors = Credit.objects.filter(film=film, job=Job.DIRECTOR).order_by("position", "id")
    names = directors.values_list("person__name", flat=True)[:MOST_NAMES]
    facts = [str(film.year) if film.year else "", ", ".join(names)]
    return film_card(
        picture_of(film),
        titles=[film.title, film.original_title],
        facts=" · ".join(fact for fact in facts if fact),
        half_stars=round(2 * film.average) if film.average else 0,
        average=average_of(film),
        house=settings.SITE_NAME,
    )


def draw_collection(collection: Collection) -> Image.Image:
    """With its curator."""
    entries = CollectionEntry.objects.filter(collection=collection)
    first = [entry.film for entry in entries.select_related("film").order_by("position", "id")[:FANNED]]
    number = entries.count()
    facts = [ngettext("%(number)d film", "%(number)d films", number) % {"number": number}]
    if collection.curator:
        facts.append(_("by %(name)s") % {"name": collection.curator.name})
    pictures = [picture_of(film) for film in first]
    return shelf_card(pictures, title=collection.title, facts=", ".join(facts), house=settings.SITE_NAME)


def picture_of(film: Film) -> Image.Image:
    """The film's poster, uploaded or drawn. An uploaded one whose file is gone is drawn."""
    if film.poster_key:
        width = FRESH_WIDTH if is_fresh(film.poster_key) else ON_A_CARD
        try:
            with default_storage.open(f"{film.poster_key}/{width}.webp") as file:
                return Image.open(BytesIO(file.read())).convert("RGB")
        except (FileNotFoundError, UnidentifiedImageError):
            pass
    return Image.open(BytesIO(stock.drawn(film, ON_A_CARD))).convert("RGB")


def forget_old(older_than: timedelta = KEPT) -> int:
    """Delete cards drawn long ago, which are drawn again for whoever asks; how many there were."""
    before = (timezone.now() - older_than).timestamp()
    old = [path for path in _folder().glob("*/*/*/*.jpg") if path.stat().st_mtime < before]
    for path in old:
        shutil.rmtree(path.parent, ignore_errors=True)
    return len(old)


def forget(kind: str, numbers: Iterable[int]) -> None:
    """Delete the cards of things that are gone themselves."""
    for number in numbers:
        shutil.rmtree(_place(kind, number, "").parent, ignore_errors=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "cards"


def _place(kind: str, pk: int, version: str) -> Path:
    """In a folder of its own, in a thousand folders: a catalogue has more films than a folder likes."""
    return _folder() / kind / f"{pk % 1000:03d}" / str(pk) / f"{version}.jpg"
