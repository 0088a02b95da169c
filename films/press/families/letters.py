"""One letter, printed twice."""

import unicodedata

from films.press.fonts import Words
from films.press.lines import SMALL_WORDS, clusters
from films.press.press import Press
from films.press.sheet import Sheet


def initial(p: Press) -> None:
    """The film's first letter in two inks, the second laid over the first a little off."""
    role = p.rng.choice(("serif", "sans"))
    text = p.named(role)
    if text is None:
        return
    letter = first_letter(text.text)
    left, top, right, bottom = p.font(text, 980).getbbox(letter, anchor="ls")
    room = min(0.86 * p.w / (right - left), 0.56 * p.h / (bottom - top)) * p.scale
    font = p.font(text, 980 * room)
    x, y = p.w * 0.5 + p.w * p.rng.uniform(-0.04, 0.04), p.h * 0.645
    off = p.rng.choice((22, 34))
    first = p.accents[2] if p.dark or sum(p.accents[1]) >= 690 else p.accents[1]
    p.text(x - off, y, letter, font, first, "ms")

    def again(sheet: Sheet) -> None:
        sheet.draw.text(((x + off) * p.scale, (y - off) * p.scale), letter, font=font, fill=255, anchor="ms")

    p.ink_over(again, p.accents[0])
    p.foot(0.74, role="sans" if role == "serif" else "serif", largest=92)


def letter_of(p: Press) -> str:
    """The letter to print, empty unless it can be set in both roles."""
    texts: list[Words | None] = [p.named("serif"), p.named("sans")]
    return first_letter(texts[0].text) if all(texts) and texts[0] else ""


def first_letter(text: str) -> str:
    """The first letter of the first word that is not a small one.

    Empty where a letter alone would be wrong: in scripts whose letters join or carry marks.
    """
    found = text.split()
    for word in [word for word in found if word.lower() not in SMALL_WORDS] or found:
        for cluster in clusters(word):
            if cluster[0].isalnum():
                letter = cluster.upper()
                alone = len(letter) == 1 and unicodedata.bidirectional(letter) in ("L", "EN")
                return letter if alone else ""
    return ""
