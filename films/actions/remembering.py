"""Whatever changes a fact of a film leaves word of it: what it was, what it is, who said so."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from accounts.models import Event, User
from accounts.webhooks.announcing import announce_film
from films import record
from films.models import FactSource, Film, FilmChange, ImportRun, Source


@contextmanager
def remembering(
    film: Film,
    keys: Iterable[str],
    *,
    source: str | Mapping[str, str] = Source.CURATOR,
    by: User | None = None,
    run: ImportRun | None = None,
    reverts: FilmChange | None = None,
) -> Iterator[list[FilmChange]]:
    """Compare these facts before and after the block, and note each that changed; within the caller's transaction.

    `source` may name one for each fact. Gives the list of changes, which is full after the block.
    """
    keys = sorted(set(keys))
    before = record.read_all(film, keys)
    changes: list[FilmChange] = []
    yield changes
    after = record.read_all(film, keys)
    changes += [
        FilmChange(
            film=film,
            fact=key,
            before=before[key],
            after=after[key],
            by=by,
            run=run,
            reverts=reverts,
            source=source if isinstance(source, str) else source[key],
        )
        for key in keys
        if before[key] != after[key]
    ]
    FilmChange.objects.bulk_create(changes)
    FactSource.objects.bulk_create(
        [FactSource(film=film, fact=change.fact, source=change.source, by=by, at=change.at) for change in changes],
        update_conflicts=True,
        unique_fields=["film", "fact"],
        update_fields=["source", "by", "at"],
    )
    if changes and run is None:  # an import changes thousands
        announce_film(Event.FILM_CHANGED, film=film.pk)
