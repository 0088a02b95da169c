"""Which characters a font file has a glyph for, read from its `cmap` table.

FreeType draws a box for a character that a font lacks and does not say so, and Pillow does
not show the table; without it nobody could promise that no poster ever carries a box.
"""

import struct
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

type Table = tuple[int, int]  # offset, length

# Unicode subtables, the fullest first: (platform, encoding).
_WANTED = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


class Coverage:
    """The characters of one font as sorted, separate runs."""

    def __init__(self, runs: list[tuple[int, int]]) -> None:
        runs.sort()
        self._starts = [start for start, _ in runs]
        self._ends = [end for _, end in runs]

    def __contains__(self, character: str) -> bool:
        code = ord(character)
        place = bisect_right(self._starts, code) - 1
        return place >= 0 and code <= self._ends[place]

    def __len__(self) -> int:
        return sum(end - start + 1 for start, end in zip(self._starts, self._ends, strict=True))


@lru_cache(maxsize=512)
def coverage(path: Path) -> Coverage:
    """What the first face of a font file covers; nothing for a file that is not an outline font."""
    try:
        with path.open("rb") as file:
            data = file.read(12)
            start = 0
            if data[:4] == b"ttcf":
                start = struct.unpack(">I", file.read(4))[0]
                file.seek(start)
                data = file.read(12)
            tables = _tables(file.read(16 * struct.unpack(">H", data[4:6])[0]))
            if not tables.keys() & {"glyf", "CFF ", "CFF2"} or "cmap" not in tables:
                return Coverage([])
            offset, length = tables["cmap"]
            file.seek(offset)
            return Coverage(_runs(file.read(length)))
    except (OSError, struct.error, IndexError):
        return Coverage([])


def _tables(directory: bytes) -> dict[str, Table]:
    found = {}
    for at in range(0, len(directory) - 15, 16):
        tag, _, offset, length = struct.unpack(">4sIII", directory[at : at + 16])
        found[tag.decode("latin-1")] = (offset, length)
    return found


def _runs(cmap: bytes) -> list[tuple[int, int]]:
    count = struct.unpack_from(">H", cmap, 2)[0]
    subtables = {}
    for k in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * k)
        subtables[platform, encoding] = offset
    for key in _WANTED:
        if key in subtables:
            offset = subtables[key]
            form = struct.unpack_from(">H", cmap, offset)[0]
            if form == 12:
                return _segmented_32(cmap, offset)
            if form == 4:
                return _segmented_16(cmap, offset)
    return []


def _segmented_32(cmap: bytes, offset: int) -> list[tuple[int, int]]:
    """Format 12: groups of (first, last, first glyph)."""
    count = struct.unpack_from(">I", cmap, offset + 12)[0]
    runs = []
    for k in range(count):
        first, last, glyph = struct.unpack_from(">III", cmap, offset + 16 + 12 * k)
        if glyph == 0:
            first += 1
        if first <= last:
            runs.append((first, last))
    return runs


def _segmented_16(cmap: bytes, offset: int) -> list[tuple[int, int]]:
    """Format 4: segments whose characters may still point at glyph 0, the box."""
    double = struct.unpack_from(">H", cmap, offset + 6)[0]
    count = double // 2
    ends = struct.unpack_from(f">{count}H", cmap, offset + 14)
    starts = struct.unpack_from(f">{count}H", cmap, offset + 16 + double)
    deltas = struct.unpack_from(f">{count}H", cmap, offset + 16 + 2 * double)
    ranges_at = offset + 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", cmap, ranges_at)
    runs = []
    for k in range(count):
        if not ranges[k]:
            missing = -deltas[k] % 65536  # the one character of the segment that maps to glyph 0
            if starts[k] <= missing <= ends[k]:
                runs += [(starts[k], missing - 1), (missing + 1, ends[k])]
            else:
                runs.append((starts[k], ends[k]))
            continue
        base = ranges_at + 2 * k + ranges[k]
        for code in range(starts[k], min(ends[k], 0xFFFE) + 1):
            at = base + 2 * (code - starts[k])
            if at + 2 <= len(cmap) and struct.unpack_from(">H", cmap, at)[0]:
                runs.append((code, code))
    return [(start, end) for start, end in runs if start <= end]
