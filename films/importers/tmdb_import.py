"""TMDB's films into the catalogue: from recorded answers, or asked for one by one; posters when somebody wishes."""

import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from accounts.pictures import PictureRefused
from films.actions.picturing import set_poster
from films.importers.entries import Entry, Unusable
from films.importers.json_files import Value, gather, values
from films.importers.ordering import Order
from films.importers.receiving import BATCH, Receiver
from films.importers.reporting import Report
from films.importers.running import Refused, Running, fingerprint_of
from films.importers.shelf import Shelf
from films.importers.tmdb import films_in
from films.importers.tmdb_live import NoAnswer, Tmdb
from films.importers.values import whole
from films.models import Film, FilmId, Source

FEW = 10  # films asked for live that are stored at once


class TmdbReceiver(Receiver):
    """Hangs up TMDB's posters, between two batches, on films that have none of their own."""

    def __init__(self, running: Running, order: Order, batch: int, tmdb: Tmdb | None) -> None:
        super().__init__(running, Source.TMDB, order.progress, batch=batch)
        self.curator, self.tmdb = order.by, tmdb
        self.posters: list[tuple[int, Entry]] = []

    def stored(self, entries: dict[int, Entry]) -> None:
        if self.tmdb:
            self.posters += [(pk, entry) for pk, entry in entries.items() if entry.poster]

    def between(self) -> None:
        while self.posters:
            pk, entry = self.posters.pop()
            film = Film.objects.filter(pk=pk, poster_key="").first()
            if film is None or self.tmdb is None or self.curator is None:
                continue
            try:
                set_poster(curator=self.curator, film=film, picture=io.BytesIO(self.tmdb.picture(entry.poster)))
            except (NoAnswer, PictureRefused) as reason:
                self.report.doubt(entry.where, str(reason))


def import_tmdb(order: Order) -> Report:
    if order.posters and order.by is None:
        raise Refused(_("Posters are hung up by a curator: name one with --by."))
    if order.ids is not None:
        return _ask(order, order.ids)
    paths = gather(order.paths)
    running = Running.begin(
        source=Source.TMDB, place=", ".join(map(str, order.paths)), fingerprint=fingerprint_of(paths),
        by=order.by, tell=order.tell,
    )  # fmt: skip
    shelf = Shelf(paths)
    return TmdbReceiver(running, order, BATCH, Tmdb() if order.posters else None).receive(_in_files(shelf), shelf)


def _ask(order: Order, ids: list[str]) -> Report:
    """Films from TMDB itself. Nobody asks twice for what was stored before an interruption."""
    tmdb, wanted = Tmdb(), _ids(ids)
    running = Running.begin(
        source=Source.TMDB, place="TMDB", fingerprint=fingerprint_of([], "live", *wanted), by=order.by, tell=order.tell
    )
    begun = running.position.get("done", 0)
    receiver = TmdbReceiver(running, order, FEW, tmdb if order.posters else None)
    return receiver.receive(_live(wanted[begun:], tmdb), begun=begun, whole=len(wanted))


def _in_files(shelf: Shelf) -> Iterator[Entry | Unusable]:
    for found in values(shelf):
        if isinstance(found, Unusable):
            yield found
        else:
            yield from films_in(found)


def _ids(ids: list[str]) -> list[str]:
    """The ids that were named, or those of all films that have one. Raises Refused."""
    if not ids:
        return list(FilmId.objects.filter(source="tmdb").order_by("film").values_list("value", flat=True))
    for one in ids:
        if whole(one, 1, 1 << 40) is None:
            raise Refused(_("“%(id)s” is no id of TMDB's: they are numbers.") % {"id": one})
    return list(dict.fromkeys(ids))


def _live(ids: Sequence[str], tmdb: Tmdb) -> Iterator[Entry | Unusable]:
    for one in ids:
        where = f"TMDB {one}"
        try:
            answer = tmdb.movie(one)
        except NoAnswer as reason:
            yield Unusable(where, str(reason))
        else:
            yield from films_in(Value(where, answer))
