"""The site in other languages: from `config/locale/<language>/LC_MESSAGES/django.po`, as translators write it.

What Django reads is made of these files in the data directory, when the site starts in a language that needs it. So a
translation needs no program but an editor, and a machine that runs the site needs no gettext.
"""

import os
import secrets
from pathlib import Path
from typing import Final

from config.translations.mo import compiled
from config.translations.po import CannotBeRead, read

HERE: Final = Path(__file__).resolve().parent.parent / "locale"
WITHIN: Final = Path("LC_MESSAGES")


def make_ready(into: Path, of: Path = HERE) -> Path:
    """A folder that Django can read, made anew of whatever changed since the last time.

    Raises CannotBeRead for a file that is not a catalogue.
    """
    sources = sorted(of.glob("*/LC_MESSAGES/django.po"))
    for made in into.glob("*/LC_MESSAGES/django.mo"):
        if made.parent.parent.name not in {source.parent.parent.name for source in sources}:
            made.unlink(missing_ok=True)
    for source in sources:
        made = into / source.parent.parent.name / WITHIN / "django.mo"
        changed = source.stat().st_mtime
        if made.exists() and made.stat().st_mtime == changed:
            continue
        made.parent.mkdir(parents=True, exist_ok=True)
        unfinished = made.with_suffix(f".{secrets.token_hex(4)}")
        unfinished.write_bytes(compiled(read(source)))
        os.utime(unfinished, (changed, changed))
        unfinished.replace(made)  # whole or not at all: other processes start at the same time
    return into


__all__ = ["HERE", "CannotBeRead", "make_ready", "read"]
