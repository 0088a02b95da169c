"""The share of the memory that the embedded PostgreSQL takes."""

from types import SimpleNamespace

import psutil
import pytest

from config import memory

GB = 2**30


@pytest.mark.parametrize(
    ("machine", "limits", "share"),
    [
        (24 * GB, [], 1024),
        (24 * GB, ["max"], 1024),
        (24 * GB, [str(4 * GB)], 512),
        (4 * GB, [str(24 * GB), "9223372036854771712"], 512),
        (GB, [], 128),
        (24 * GB, [str(GB // 4)], 128),
        (24 * GB, ["", "what?"], 1024),
    ],
)
def test_it_is_an_eighth_of_what_the_machine_or_its_container_has(machine, limits, share, tmp_path, monkeypatch):
    places = [tmp_path / "not there", *(tmp_path / str(number) for number in range(len(limits)))]
    for place, said in zip(places[1:], limits, strict=True):
        place.write_text(f"{said}\n")
    monkeypatch.setattr(memory, "LIMITS", places)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(total=machine))
    assert memory.of_database() == share
