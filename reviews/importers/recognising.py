"""Which site a file is from, and reading it."""

from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reviews.importers import imdb, letterboxd, neodb, ours, trakt
from reviews.importers.found import Found
from reviews.importers.opening import Part, open_upload
from reviews.models import Import, ImportRow

FORMATS: Final[dict[str, Any]] = {
    Import.Source.INTERMISSION: ours,  # first: it holds tables as others write them, too
    Import.Source.IMDB: imdb, Import.Source.TRAKT: trakt, Import.Source.NEODB: neodb,
    Import.Source.LETTERBOXD: letterboxd,
}  # fmt: skip


def recognise(name: str, content: bytes) -> str:
    """Which source (an Import.Source) an upload is from. Raises ValidationError with a sentence for the person."""
    parts = open_upload(name, content)
    for source, read in FORMATS.items():
        known = [part for part in parts if read.knows(part)]
        if known:
            if len(parts) == 1:
                read.check(known[0])
            return str(source)
    if len(parts) == 1:
        raise _refusal_of(parts[0])
    raise ValidationError(
        _(
            "There is no file in this archive that we know. Upload an export of Letterboxd, IMDb, Trakt or "
            "NeoDB (as CSV), or your "
            "copy from here, as it came."
        ),
        code="unknown",
    )


def _refusal_of(part: Part) -> ValidationError:
    content = part.read()
    if b"\0" in content[: 2**16]:
        return ValidationError(_("“%(name)s” is no text: it holds NUL bytes.") % {"name": part.name}, code="noise")
    if part.name.lower().endswith(".json"):
        return ValidationError(
            _("We do not know this JSON file. Of a Trakt export we read ratings-movies, watched-movies, "
              "watched-history, watchlist, favorites and the lists, under their own names."),
            code="unknown",
        )  # fmt: skip
    return ValidationError(
        _("We do not know this table. Letterboxd’s have the columns Name and Year and keep their file names "
          "(watched.csv, ratings.csv, diary.csv and so on); IMDb’s have the column Const."),
        code="columns",
    )  # fmt: skip


def read(source: str, name: str, content: bytes, found: Found) -> Iterator[ImportRow]:
    """All rows of an upload that was recognised."""
    yield from FORMATS[source].rows(open_upload(name, content), found)
