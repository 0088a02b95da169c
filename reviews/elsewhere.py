"""What those say about films whom a member follows on other servers, as pages and programs show it to that member."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from django.template.loader import get_template
from django.utils.dateparse import parse_datetime

from accounts.faces import Drawn, drawn
from accounts.models import FollowElsewhere, Stranger
from accounts.models.viewer import Viewer
from films.models.film import ON_A_CARD
from reviews.blind import with_all_stars_covered
from reviews.curtains import is_covered, with_seen
from reviews.models import Mark, WordElsewhere
from reviews.models.word_elsewhere import WordElsewhereQuerySet
from reviews.quiet import without_muted
from reviews.timeline import followed_by

ON_HOME: Final = 10
ON_A_FILM: Final = 3
OF_WRITER: Final = ("uri", "host", "username", "name")
OF_WORDS: Final = ("words", "half_stars", "spoilers", "published_at", "url")


def words_for(viewer: Viewer) -> WordElsewhereQuerySet:
    """What the viewer reads of people elsewhere, without films that they mute, with writer and film, for `cover`."""
    rows = WordElsewhere.objects.visible_to(viewer) if settings.FEDERATION else WordElsewhere.objects.none()
    heard = without_muted(with_all_stars_covered(with_seen(rows, viewer), viewer), viewer, members=())
    shown: WordElsewhereQuerySet = heard.select_related("stranger", "film").only(
        *OF_WORDS, "stranger", "film", *(f"stranger__{name}" for name in OF_WRITER),
        *(f"film__{name}" for name in ON_A_CARD),
    )  # fmt: skip
    return shown


def cover(words: Iterable[WordElsewhere]) -> list[WordElsewhere]:
    """The same rows without what the viewer is not to read yet: stars, if they hide scores, and the end of a film that
    they have not seen. `is_covered` says of which. No query.
    """
    rows: list[Any] = list(words)
    for word in rows:
        word.is_covered = is_covered(word)
        if word.is_covered:
            word.words = ""
        if getattr(word, "stars_covered", False):
            word.half_stars = None
    return rows


def latest_words(viewer: Viewer) -> list[WordElsewhere]:
    """For the viewer's own page; one query, which brings in `circle` whom else that page is made of."""
    words = words_for(viewer).annotate(circle=ArraySubquery(followed_by(viewer)))
    return cover(words.newest()[:ON_HOME])


def drawn_words(words: list[WordElsewhere]) -> list[Drawn]:
    """Lines as they stand in the feed. No member's face is on them."""
    template = get_template("reviews/_word.html")
    return [drawn(template.render({"word": word}), []) for word in words]


def has_follows_elsewhere() -> Exists:
    """Whether they hear of anybody there, of a row of User."""
    return Exists(FollowElsewhere.objects.heard().filter(actor__member=OuterRef("pk")))


def follows_anybody(viewer: Any) -> bool:
    """Whether there can be anything for the viewer. accounts.backends reads it with the member, as `mutes_films`."""
    if not settings.FEDERATION:
        return False
    if getattr(viewer, "follows_afar", None) is None:
        viewer.follows_afar = FollowElsewhere.objects.heard().filter(actor__member=viewer).exists()
    return bool(viewer.follows_afar)


def with_words_elsewhere(films: Any, viewer: Viewer, film: Any) -> Any:
    """Films with `afar_list`, the latest of what those say whom the viewer follows there. `film`: how rows name it."""
    theirs = WordElsewhere.objects.visible_to(viewer).filter(film=film).newest()[:ON_A_FILM]
    columns = {name: name for name in OF_WORDS} | {name: f"stranger__{name}" for name in OF_WRITER}
    return films.annotate(afar_list=ArraySubquery(theirs.values(_afar=JSONObject(**columns))))


def words_on(film: Any, mark: Mark | None, *, covered: bool) -> list[WordElsewhere]:
    """What the page of a film of `with_words_elsewhere` shows of it. `covered`: its score is, from the viewer, whose
    mark of it this is. No query.
    """
    if not settings.FEDERATION:
        return []
    words = [_of_row(row) for row in film.afar_list]
    for word in words:
        word.film_seen, word.stars_covered = mark is not None and mark.is_watched, covered
    return cover(words)


def _of_row(row: dict[str, Any]) -> Any:
    said = {name: row[name] for name in OF_WORDS} | {"published_at": parse_datetime(row["published_at"])}
    return WordElsewhere(stranger=Stranger(**{name: row[name] for name in OF_WRITER}), **said)
