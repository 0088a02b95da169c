"""The type case: which face sets which words, so that no poster ever shows a box.

The site's own faces are Source Sans and Source Serif (Latin, Greek, Cyrillic, Vietnamese).
Words in another script are set in the best font that the machine has for it, and if it has
none they are left out.
"""

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import font_source_sans_pro  # type: ignore[import-untyped]  # two constants; the package has no stubs
import font_source_serif_pro  # type: ignore[import-untyped]  # as above
from PIL import ImageFont, features

from films.press.coverage import coverage

OWN = {
    "sans": Path(font_source_sans_pro.font_directory) / "SourceSansPro-Bold.otf",
    "sans_mid": Path(font_source_sans_pro.font_directory) / "SourceSansPro-Semibold.otf",
    "serif": Path(font_source_serif_pro.font_directory) / "SourceSerifPro-Regular.otf",
}
# Scripts whose letters join, stack or run from the right: only Raqm sets them rightly.
_SHAPED = ((0x0590, 0x109F), (0x1780, 0x18AF), (0x1900, 0x1CFF), (0xA800, 0xABFF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFE))
_PROBE = 200  # pixels at which type is measured
_EMOJI = range(0x1F000, 0x20000)
_JOINERS = "\u200c\u200d"
_MOST_MARKS = 4
_LAST_RESORTS = ("lastresort", "emoji", "blank", "barcode", "keyboard", "notdef")


@dataclass(frozen=True)
class Words:
    """A text that can be set, and the font file that has every character of it."""

    text: str
    path: Path
    own: bool

    @property
    def rightward(self) -> bool:
        """Whether the text starts from the right."""
        strong = (unicodedata.bidirectional(c) for c in self.text)
        return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"

    @property
    def separable(self) -> bool:
        """Whether letters may be set one by one, in capitals, with space between them."""
        return self.own and not any(unicodedata.combining(c) for c in self.text)

    def measure(self) -> Callable[[str], float]:
        """What tells the width of a part of the text at size 1, which is the same whatever a sheet's scale."""
        probe = self.font(_PROBE)
        return cache(lambda part: probe.getlength(part) / _PROBE)

    def font(self, pixels: float) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self.path, max(4.0, pixels), layout_engine=_engine())


@lru_cache(maxsize=4096)
def words(text: str, role: str, folders: tuple[Path, ...] | None = None) -> Words | None:
    """A text cleaned of what no font can show, with a face for it; None if no font covers it.

    `role` is sans, sans_mid or serif. Emoji are dropped before a whole title changes its face
    for them, other symbols only when no font has them.
    """
    text = clean(text)
    plain = text
    if any(ord(c) in _EMOJI for c in text):
        without = clean("".join(c for c in text if ord(c) not in _EMOJI and c != "\u200d"))
        plain = without if any(c.isalnum() for c in without) else text
    bare = clean("".join(c for c in plain if unicodedata.category(c)[0] != "S"))
    for candidate in dict.fromkeys((text, plain)):
        if candidate and _covers(OWN[role], candidate):
            return Words(candidate, OWN[role], own=True)
    for candidate in dict.fromkeys((plain, bare)):
        if not candidate:
            continue
        if _covers(OWN[role], candidate):
            return Words(candidate, OWN[role], own=True)
        for path in machine_fonts(role, folders or font_folders()):
            if _covers(path, candidate) and _opens(path):
                return Words(candidate, path, own=False)
    return None


def clean(text: str) -> str:
    """Composed, with single spaces, without control and formatting characters and piles of marks."""
    kept: list[str] = []
    marks = _MOST_MARKS  # a mark needs a letter before it
    for c in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(c)[0]
        if c.isspace():
            kept.append(" ")
            marks = _MOST_MARKS
        elif kind == "M":
            marks += 1
            if marks <= _MOST_MARKS and not 0xFE00 <= ord(c) <= 0xFE0F:
                kept.append(c)
        elif c in _JOINERS or kind != "C":
            kept.append(c)
            marks = 0
    return " ".join("".join(kept).split())


def shaped(text: str) -> bool:
    """Whether a text has letters that join, stack or run from the right."""
    return any(start <= ord(c) <= end for c in text for start, end in _SHAPED)


def font_folders() -> tuple[Path, ...]:
    """Where machines keep fonts: Linux and BSD (XDG), then macOS."""
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = [Path(part) / "fonts" for part in shared.split(":") if part]
    home = os.environ.get("HOME")
    if home:
        folders += [Path(home) / ".local/share/fonts", Path(home) / ".fonts", Path(home) / "Library/Fonts"]
    return (*folders, Path("/Library/Fonts"), Path("/System/Library/Fonts"))


@lru_cache(maxsize=16)
def machine_fonts(role: str, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Every outline font in these folders, the one that suits a role best first."""
    found = {
        Path(folder) / name
        for top in folders
        for folder, _, names in os.walk(top)
        for name in names
        if name.lower().endswith((".ttf", ".otf", ".ttc")) and not any(word in name.lower() for word in _LAST_RESORTS)
    }
    return tuple(sorted(found, key=lambda path: (_distance(path.name.lower(), role), path.name, str(path))))


def _distance(name: str, role: str) -> int:
    """How far a font, judged by its file's name, is from what a role wants."""
    far = 50 * ("italic" in name or "oblique" in name) + 40 * ("unifont" in name)
    far += 30 * ("mono" in name) + 20 * ("condensed" in name or "narrow" in name)
    far += 15 * ("light" in name or "thin" in name)
    far += 10 * (("serif" in name.replace("sansserif", "sans")) != (role == "serif"))
    far += 2 * ("noto" not in name and "source" not in name)
    bold = "bold" in name or "black" in name or "heavy" in name
    return far + (4 * bold if role == "serif" else 4 * (not bold))


def _covers(path: Path, text: str) -> bool:
    if shaped(text) and _engine() is ImageFont.Layout.BASIC:
        return False
    glyphs = coverage(path)
    return all(c in glyphs for c in text if c != " " and c not in _JOINERS)


@lru_cache(maxsize=512)
def _opens(path: Path) -> bool:
    try:
        ImageFont.truetype(path, 12)
    except OSError:
        return False
    return True


@lru_cache(maxsize=1)
def _engine() -> ImageFont.Layout:
    return ImageFont.Layout.RAQM if features.check_feature("raqm") else ImageFont.Layout.BASIC
