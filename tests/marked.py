"""A language in which every sentence stands in brackets: what stands outside them on a page was never translated."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.test import override_settings
from django.utils import translation
from django.utils.translation import trans_real

MARKED: Final = "xx"


class Marked:
    """Stands in for a catalogue that Django has read."""

    def gettext(self, sentence: str) -> str:
        words = sentence.rpartition("\x04")[2]  # without its context
        return words if is_format(words) else f"⟦{words}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)

    def to_language(self) -> str:
        return MARKED

    language = to_language


def is_format(words: str) -> bool:
    """Whether it is of letters that Django's date filter reads."""
    return words in {"M Y", "H:i e, j F"}


@contextmanager
def speaking(language: str, **settings: object) -> Iterator[None]:
    """A site of which this is the first language. Django chooses once whether it looks words up, so it does anew."""
    chosen = {"USE_I18N": True, "LANGUAGE_CODE": language, "LANGUAGES": [(language, language), ("en-gb", "English")]}
    with override_settings(**chosen | settings):
        _ask_anew()
        trans_real._translations[MARKED] = Marked()
        try:
            with translation.override(language):
                yield
        finally:
            trans_real._translations.clear()
    _ask_anew()


def _ask_anew() -> None:
    for name in list(vars(translation._trans)):
        delattr(translation._trans, name)
