"""The words of which titles, names and texts are made: a stock of our own, and syllables for what has no dictionary."""

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

HERE: Final = Path(__file__).parent / "words"

NUMBERS: Final = "Two Three Four Five Six Seven Eight Nine Ten Twelve Thirteen Twenty Forty Fifty Ninety".split()
ROMANS: Final = "II II II III III IV V VI VII IX".split()

# Coined names are two to four of these. Vowels of one, beginnings of another: what comes out is in no dictionary.
BEGINNINGS: Final = """b br c ch d dr f fl g gr h j k kr l m mar n p pr qu r s sh sk st t tr v w z al an ar bel cor dal
    el fen gal hal is kal lan mor nor or pel ros sal tal ul ver""".split()
VOWELS: Final = "a a a e e e i i o o u ai au ea ei ia io oa ou y".split()
MIDDLES: Final = "b c d d g k l l l m m n n nd nn nt p r r r rd rl rm rn rr rt s s sk ss st t t th v x z".split()
ENDINGS: Final = """a an ane ard aro as ay e ek el ell en er es eth i ian ich ik in ine ing is itz ley man mont o oc on
    or os ova owe ski son stad stein ton um us val ville wick worth y""".split()

CYRILLIC: Final = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстувваыз", strict=True)))
GREEK: Final = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "αβκδεφγχιζκλμνοπκρστυβωξυζ", strict=True)))
ARABIC: Final = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "ابكديفغهيجكلمنوبقرستوفوكيز", strict=True)))
HEBREW: Final = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "אבקדהפגחיזקלמנעפקרסתוווכיז", strict=True)))
KANA: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
HAN: Final = (
    "山川海月日星夜春秋雪雨風花火水木金石田村町城門道橋島森林"
    "空雲天地人子女王友心夢愛歌声影光色白黒赤青長高新古東西南北中上下"
)


@cache
def words(name: str) -> list[str]:
    """The lines of a file of the stock, or its words where they stand in rows."""
    lines = (HERE / f"{name}.txt").read_text("utf-8").splitlines()
    if name in {"sentences", "remarks", "synopses", "taglines", "lists", "bios"}:
        return [line for line in lines if line]
    return " ".join(lines).split()


def coin(rng: np.random.Generator, number: int) -> list[str]:
    """So many different made-up names, each with a capital."""
    made: dict[str, None] = {}
    while len(made) < number:
        some = number - len(made) + 100
        parts = [
            rng.integers(0, len(stock), some).tolist()
            for stock in (BEGINNINGS, VOWELS, MIDDLES, VOWELS, MIDDLES, ENDINGS)
        ]
        longs = rng.random(some).tolist()
        for one, two, three, four, five, six, long in zip(*parts, longs, strict=True):
            name = BEGINNINGS[one] + VOWELS[two] + MIDDLES[three]
            if long > 0.7:
                name += VOWELS[four] + MIDDLES[five]
            made[(name + ENDINGS[six]).capitalize()] = None
    return list(made)[:number]


def in_script(language: str, word: str, number: int) -> str:
    """A coined name as another script might have it; `number` chooses the signs where there are no letters."""
    low = word.lower()
    if language in {"ru", "uk", "bg"}:
        return low.translate(CYRILLIC).capitalize()
    if language == "el":
        return low.translate(GREEK).capitalize()
    if language in {"ar", "fa"}:
        return low.translate(ARABIC)
    if language == "he":
        return low.translate(HEBREW)
    signs = KANA if language == "ja" else HAN
    if language == "ko":
        return "".join(chr(0xAC00 + (number * 7919 + ord(letter) * 4099) % 11172) for letter in low[:3])
    return "".join(signs[(number + ord(letter) * place) % len(signs)] for place, letter in enumerate(low[:4], 1))
