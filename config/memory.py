"""How much memory there is, and what of it the embedded PostgreSQL takes for the pages of its tables."""

from pathlib import Path
from typing import Final

import psutil

# Where Linux says how much a container may have: of control groups of version 2, and of version 1.
LIMITS: Final = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
SHARE: Final = 8  # one part in so many, for pages, jobs and the system's own cache want the rest
LEAST, MOST = 128, 1024  # megabytes


def total() -> int:
    """Bytes that this machine has, or the container in which it runs."""
    found = [psutil.virtual_memory().total]
    for place in LIMITS:
        try:
            said = place.read_text().strip()
        except OSError:
            continue
        if said.isdecimal():  # else "max"
            found.append(int(said))
    return min(found)


def of_database() -> int:
    """Megabytes, 128 to 1,024. PostgreSQL takes each only when it has something to keep in it."""
    return min(MOST, max(LEAST, total() // 2**20 // SHARE))
