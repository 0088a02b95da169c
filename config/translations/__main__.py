"""`make translate TO=de`: gathers all that the site says for a language's translators, and tells what is left to do.

A new sentence stands in the file without words, one that changed with those of its old form and the mark `fuzzy`.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

import django
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.management import call_command
from django.utils.translation import to_locale

from config.translations import HERE, CannotBeRead, read
from config.translations.faults import faults

NOT_SAID: Final = ["tests", "bench", ".venv", ".data", ".cache"]  # folders, wherever they lie


def gather(language: str) -> Path:
    """The language's file, with all sentences of today."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    settings.LOCALE_PATHS = [HERE]  # what translators write, not what is made of it
    locale = to_locale(language)
    call_command(
        "makemessages", locale=[locale], ignore_patterns=NOT_SAID, add_location="file", no_obsolete=True, verbosity=0
    )
    return HERE / locale / "LC_MESSAGES" / "django.po"


def main(said: list[str]) -> str:
    """What went wrong, or nothing."""
    if len(said) != 1 or (language := said[0].lower()) not in LANG_INFO:
        return "Name one language by its code: make translate TO=de"
    if not shutil.which("xgettext"):
        return "This needs gettext's tools: apt install gettext, brew install gettext, or what your system has for it."
    path = gather(language)
    try:
        catalogue = read(path)
    except CannotBeRead as trouble:
        return str(trouble)
    done = sum(message.is_done for message in catalogue.messages)
    fuzzy = sum(message.fuzzy for message in catalogue.messages)
    print(
        f"{path.relative_to(Path.cwd())}: {done} of {len(catalogue.messages)} sentences, {fuzzy} to be looked at again."
    )
    return "\n".join(f"{path.name}, {fault}" for fault in faults(catalogue))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or 0)
