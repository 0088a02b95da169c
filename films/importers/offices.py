"""Which importer reads which source."""

from collections.abc import Callable
from typing import Final

from films.importers.ordering import Order
from films.importers.reporting import Report

OFFICES: Final[dict[str, Callable[[Order], Report]]] = {}

__all__ = ["OFFICES", "Order"]
