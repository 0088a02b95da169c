"""Latin letters for titles in Korean and in kana, for a machine that has no font for them.

Letter by letter, from the characters' own Unicode names: enough to know a poster by, and no
claim to be how a publisher would write it.
"""

import unicodedata

_KANA = {
    "SI": "shi",
    "TI": "chi",
    "TU": "tsu",
    "HU": "fu",
    "ZI": "ji",
    "DI": "ji",
    "DU": "zu",
    "WO": "o",
}  # Hepburn, where Unicode's names follow another system


def romanised(text: str) -> str:
    """A text in Latin letters; empty if it has a letter that this cannot write."""
    if text.isascii():
        return ""
    out: list[str] = []
    for c in unicodedata.normalize("NFC", text):
        written = _written(c, out)
        if written is None:
            return ""
        out.append(written)
    said = " ".join("".join(out).split())
    return said[:1].upper() + said[1:]


def _written(c: str, before: list[str]) -> str | None:
    name = unicodedata.name(c, "")
    if name.startswith("HANGUL SYLLABLE "):
        return name.rsplit(" ", 1)[1].lower()
    if c == "ー":
        return before[-1][-1:] if before else ""
    if name.startswith(("HIRAGANA LETTER ", "KATAKANA LETTER ")) and " SMALL " not in name:
        sound = name.rsplit(" ", 1)[1]
        return _KANA.get(sound, sound.lower())
    if c in "・·":
        return " "
    if c.isspace() or c.isascii() or unicodedata.category(c)[0] in "PN":
        return c
    return None
