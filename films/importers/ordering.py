"""What somebody asks of an importer."""

from dataclasses import dataclass, field
from pathlib import Path

from accounts.models import User
from films.importers.reporting import Tell, silent
from films.importers.running import Progress


@dataclass(frozen=True)
class Order:
    """Which files, for whom, and the wishes that only some sources know."""

    paths: list[Path]
    by: User | None = None
    tell: Tell = silent
    progress: Progress = field(default_factory=lambda: Progress(quiet=True))
    all_titles: bool = False  # imdb
    adult: bool = False  # imdb
    posters: bool = False  # tmdb
    ids: list[str] | None = None  # tmdb, live
