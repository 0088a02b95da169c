"""A disk that is full, and in what words that is told."""

import errno
from typing import Final

import psycopg

WORDS: Final = "No space left on device"  # of PostgreSQL's programs, which are asked to speak English
LACKING: Final = (
    "There is no room left on the disk. Make some where the data directory (DATA_DIR), the database and temporary "
    "files lie, and start again: nothing that was stored is lost."
)


def is_lacking(trouble: BaseException | None) -> bool:
    """Whether this, or what led to it, says that no more can be written."""
    while trouble is not None:
        if isinstance(trouble, psycopg.errors.DiskFull):
            return True
        if isinstance(trouble, OSError) and trouble.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if any(WORDS in note for note in getattr(trouble, "__notes__", ())):
            return True
        trouble = trouble.__cause__ or trouble.__context__
    return False
