"""How far an import is, told while it runs."""

import gzip
import io
import json
from pathlib import Path

import pytest

from films.importers.json_files import values
from films.importers.ordering import Order
from films.importers.running import Progress
from films.importers.shelf import Shelf
from films.importers.wikipedia import import_wikipedia

ROWS = [{"title": f"Reel {number}", "year": 1999, "cast": ["Ann Lee"], "genres": ["Drama"]} for number in range(900)]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(place: Path, rows: list) -> Path:
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    place.write_bytes(gzip.compress(lines) if place.suffix == ".gz" else lines)
    return place


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz"])
def test_the_bytes_that_were_read_grow_to_all_there_are(tmp_path, ending):
    shelf = Shelf([written(tmp_path / f"{name}.{ending}", ROWS * 4) for name in ("a", "b")])
    seen = [shelf.read for _value in values(shelf)]
    assert seen == sorted(seen) and len(set(seen)) >= 2
    assert 0 < seen[0] < shelf.size and shelf.read == shelf.size == sum(path.stat().st_size for path in shelf.paths)


@pytest.mark.django_db
def test_a_terminal_sees_a_bar_and_a_pipe_nothing(tmp_path):
    path, terminal, pipe = written(tmp_path / "films.jsonl", ROWS), Terminal(), io.StringIO()
    import_wikipedia(Order(paths=[path], progress=Progress(terminal)))
    assert "█" in terminal.getvalue() and "%" in terminal.getvalue()
    import_wikipedia(Order(paths=[path], progress=Progress(pipe)))
    assert pipe.getvalue() == ""
