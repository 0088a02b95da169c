"""What is odd about the settings and stops no start: names that are none, which would be ignored, and a weak secret."""

import os
import re
from pathlib import Path
from typing import Final

from config import env

# What libraries read for themselves: of PostgreSQL, of buckets, of Sentry, of Python.
ELSEWHERE: Final = re.compile(r"(PG|AWS_|SENTRY_|PYTHON|SSL_|DJANGO_|LC_)\w+|(https?|no)_proxy|TZ|LANG", re.I)
LIKE_ENOUGH: Final = 70  # of a hundred
SHORTEST_SECRET: Final = 32  # characters


def settings() -> list[str]:
    """The names of all of them, as `.env.example` lists them."""
    example = env.BASE_DIR / ".env.example"
    return re.findall(r"^# ([A-Z0-9_]+)=", example.read_text("utf-8"), re.MULTILINE) if example.exists() else []


def strangers(path: Path) -> list[str]:
    """A sentence for each name in the file that is no setting, with the one that may be meant."""
    from rapidfuzz import fuzz, process  # here, since most that read settings have no use for it

    known = settings()
    if not known or not path.is_file() or path.samefile(os.devnull):
        return []
    told = []
    for line in path.read_text("utf-8").splitlines():
        name = line.partition("=")[0].strip()
        if not name or name.startswith("#") or name in known or ELSEWHERE.fullmatch(name):
            continue
        like = process.extractOne(name.upper(), known, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
        meant = f"; did you mean {like[0]}?" if like else ""
        told.append(f"{name} in {path.name} is no setting{meant or '.'}")
    return told


def weak() -> list[str]:
    """A sentence for a secret that could be found by trying. Sites that have one still start with it."""
    secret = env.text("SECRET_KEY")
    if not secret or len(secret) >= SHORTEST_SECRET:
        return []
    return [
        f"SECRET_KEY has {len(secret)} characters, and who finds it by trying can log in as anybody: "
        f"write {SHORTEST_SECRET} or more by chance, or leave it out."
    ]
