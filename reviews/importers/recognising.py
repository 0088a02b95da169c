"""Which site a file is from, and reading it."""

from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from reviews.importers import (
    imdb,
    letterboxd,
    movary,
    movielens,
    neodb,
    neodb_archive,
    netflix,
    ours,
    simkl,
    tmdb,
    trakt,
    watcharr,
    yamtrack,
)
from reviews.importers.found import Found
from reviews.importers.opening import Part, check_number, json_in, open_upload
from reviews.models import Import, ImportRow

Source = Import.Source

# Each looks at what those before it do not know: by columns and shapes first, by names of files last.
FORMATS: Final[tuple[tuple[Source, Any], ...]] = (
    (Source.INTERMISSION, ours), (Source.IMDB, imdb), (Source.MOVARY, movary), (Source.YAMTRACK, yamtrack),
    (Source.TMDB, tmdb), (Source.MOVIELENS, movielens), (Source.NETFLIX, netflix), (Source.SIMKL, simkl),
    (Source.WATCHARR, watcharr), (Source.TRAKT, trakt), (Source.NEODB, neodb_archive), (Source.NEODB, neodb),
    (Source.LETTERBOXD, letterboxd),
)  # fmt: skip


def recognise(name: str, content: bytes) -> str:
    """Which source (an Import.Source) an upload is from. Raises ValidationError with a sentence for the person, also
    where files of several sites lie in one archive: nobody would see what became of the others.
    """
    parts = open_upload(name, content)
    for part in parts:
        check_number(part)
    if any(ours.knows(part) for part in parts):  # it holds tables as others write them, too
        known = [(Source.INTERMISSION, ours)]
    else:
        known = list(dict.fromkeys(found for part in parts if (found := _format_of(part)) is not None))
    if len({source for source, _format in known}) > 1:
        names = get_text_list([str(source.label) for source, _format in known], _("and"))
        raise ValidationError(
            _("This archive holds files of %(sites)s. Upload those of each site by themselves.") % {"sites": names},
            code="mixed",
        )
    if known:
        source, read = known[0]
        if len(parts) == 1:
            read.check(parts[0])
        return str(source)
    if len(parts) == 1:
        raise _refusal_of(parts[0])
    raise ValidationError(
        _("There is no file in this archive that we know. Upload what another site gave you, or your copy from here, "
          "as it came."),
        code="unknown",
    )  # fmt: skip


def _format_of(part: Part) -> tuple[Source, Any] | None:
    return next(((source, read) for source, read in FORMATS if read.knows(part)), None)


def _refusal_of(part: Part) -> ValidationError:
    content = part.read()
    if b"\0" in content[: 2**16]:
        return ValidationError(_("“%(name)s” is no text: it holds NUL bytes.") % {"name": part.name}, code="noise")
    if part.ending == "json" and json_in(part) is None:
        return ValidationError(
            _("“%(name)s” is no JSON, or only a part of it. Download it again from the other site.")
            % {"name": part.name},
            code="json",
        )
    if part.ending == "json":
        return ValidationError(
            _("We do not know this JSON file. We read those of Simkl and Watcharr, and of a Trakt export "
              "ratings-movies, watched-movies, watched-history, watchlist, favorites, notes-movies and the lists, "
              "under their own names."),
            code="unknown",
        )  # fmt: skip
    return ValidationError(
        _("We do not know this table. Letterboxd’s and NeoDB’s keep their file names (watched.csv, movie_mark.csv and "
          "so on); tables of other sites keep their first line, by which we know them."),
        code="columns",
    )  # fmt: skip


def read(source: str, name: str, content: bytes, found: Found) -> Iterator[ImportRow]:
    """All rows of an upload that was recognised."""
    parts = open_upload(name, content)
    formats = [read for of, read in FORMATS if of == source]
    yield from next((read for read in formats if any(map(read.knows, parts))), formats[0]).rows(parts, found)
