"""Which languages the site speaks: `LANGUAGES` of the environment, the site's own first."""

from pathlib import Path
from typing import Final

from django.conf.locale import LANG_INFO

from config import env, translations

WRITTEN_IN: Final = "en-gb"  # what the code says


def spoken() -> list[tuple[str, str]]:
    """Code and name of each, in its own tongue. Raises BadSetting for one that Django does not know."""
    codes = list(dict.fromkeys(code.lower() for code in env.words("LANGUAGES"))) or [WRITTEN_IN]
    for code in codes:
        if "name_local" not in LANG_INFO.get(code, {}):
            raise env.BadSetting(f"LANGUAGES has {code!r}: write codes such as de, he, ja or en-gb, with commas")
    return [(code, str(LANG_INFO[code]["name_local"])) for code in codes]


def catalogues(languages: list[tuple[str, str]], data_dir: Path) -> list[Path]:
    """Where Django finds their words: nowhere, if the site says no more than what the code says."""
    if not are_looked_up(languages):
        return []
    try:
        return [translations.make_ready(data_dir / "locale")]
    except translations.CannotBeRead as trouble:
        raise env.BadSetting(str(trouble)) from None


def are_looked_up(languages: list[tuple[str, str]]) -> bool:
    """Whether sentences are looked up at all: a tenth of what a page costs, spared where English alone is spoken."""
    return len(languages) > 1 or languages[0][0] != WRITTEN_IN
