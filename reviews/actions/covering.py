"""Covering what gives a film away: by whoever writes it, and by moderators where the writer did not."""

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from films.models import Film, FormerSlug
from reviews import markup
from reviews.curtains import PLACES, Words
from reviews.mentions import Mentions
from reviews.models import Essay, Review, SpoiledFilm
from reviews.spoilers import slugs_named


class Rendering(NamedTuple):
    """A text as pages show it, and the films that its covers name, by their numbers from 1."""

    rendered: markup.Rendered
    films: tuple[Film, ...]


def render_words(text: str, *, kind: markup.Kind = "review", mentions: Mentions | None = None) -> Rendering:
    """Render what a member wrote. Store `films` with the text by `keep_spoiled`. Raises markup.TooLong."""
    named = _films_at(slugs_named(text)[: markup.MOST_CURTAINS])
    films = tuple(dict.fromkeys(named.values()))
    numbers = {slug: films.index(film) + 1 for slug, film in named.items()}
    return Rendering(markup.render(text, kind=kind, films=numbers, mentions=mentions), films)


def _films_at(slugs: list[str]) -> dict[str, Film]:
    """The films that are or were at these addresses, in the order of the slugs; no query for none."""
    if not slugs:
        return {}
    former = FormerSlug.objects.filter(slug__in=slugs).select_related("film")
    found = {row.slug: row.film for row in former} | {f.slug: f for f in Film.objects.filter(slug__in=slugs)}
    return {slug: found[slug] for slug in slugs if slug in found}


def keep_spoiled(text: Words, films: tuple[Film, ...]) -> None:
    """Store which films the covers of a text name. Runs in the transaction that stores the text."""
    of_text: dict[str, Any] = {PLACES[type(text)].key: text}
    rows = SpoiledFilm.objects.filter(**of_text)
    if list(rows.order_by("number").values_list("film", flat=True)) != [film.pk for film in films]:
        rows.delete()
        SpoiledFilm.objects.bulk_create(
            SpoiledFilm(number=number, film=film, **of_text) for number, film in enumerate(films, start=1)
        )


@transaction.atomic
def lock_spoilers(*, moderator: User, text: Review | Essay) -> Review | Essay:
    """Put all of it behind the curtain. Its writer may change the words, but not take the curtain off."""
    return _set_lock(moderator, text, locked=True)


@transaction.atomic
def unlock_spoilers(*, moderator: User, text: Review | Essay) -> Review | Essay:
    """Leave it to the writer again. The curtain stays until they take it off."""
    return _set_lock(moderator, text, locked=False)


def _set_lock(moderator: User, text: Review | Essay, *, locked: bool) -> Review | Essay:
    if not moderator.has_perm("reviews.remove_review"):
        raise PermissionDenied(_("Only moderators do this."))
    row: Review | Essay = type(text)._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=text.pk)
    row.spoilers = row.spoilers or locked
    row.spoilers_locked_at = (row.spoilers_locked_at or timezone.now()) if locked else None
    row.save(update_fields=["spoilers", "spoilers_locked_at"])
    text.spoilers, text.spoilers_locked_at = row.spoilers, row.spoilers_locked_at
    return row
