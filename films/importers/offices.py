"""Which importer reads which source."""

from collections.abc import Callable
from typing import Final

from films.importers.ordering import Order
from films.importers.reporting import Report
from films.importers.wikipedia import import_wikipedia

OFFICES: Final[dict[str, Callable[[Order], Report]]] = {
    "wikipedia": import_wikipedia,
}

__all__ = ["OFFICES", "Order"]
