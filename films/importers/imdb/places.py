"""Which of IMDb's seven files are there."""

from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from films.importers.running import Refused

# In the order in which they are read: what is wanted is known from the first ones.
FILES: Final = (
    "title.episode", "title.basics", "title.principals", "title.crew", "name.basics", "title.akas", "title.ratings",
)  # fmt: skip
ENDINGS: Final = (".tsv", ".tsv.gz")


def find(paths: list[Path]) -> dict[str, Path]:
    """The files by their names, from folders and single files. Raises Refused without title.basics."""
    there = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    by_name = {file.name: file for file in there if file.is_file()}
    found = {name: by_name[name + end] for name in FILES for end in reversed(ENDINGS) if name + end in by_name}
    if "title.basics" not in found:
        raise Refused(_("There is no title.basics.tsv or title.basics.tsv.gz."))
    return {name: found[name] for name in FILES if name in found}
