"""Which importer reads which source."""

from collections.abc import Callable
from typing import Final

from films.importers.csv_file import import_csv
from films.importers.imdb.office import import_imdb
from films.importers.ordering import Order
from films.importers.reporting import Report
from films.importers.tmdb_import import import_tmdb
from films.importers.wikidata import import_wikidata
from films.importers.wikipedia import import_wikipedia

OFFICES: Final[dict[str, Callable[[Order], Report]]] = {
    "imdb": import_imdb,
    "csv": import_csv,
    "tmdb": import_tmdb,
    "wikidata": import_wikidata,
    "wikipedia": import_wikipedia,
}

__all__ = ["OFFICES", "Order"]
