"""Other scripts in Latin letters, so that «Сталкер» is found as “stalker”, 기생충 as “gisaengchung”.

Cyrillic, Greek, Georgian and Armenian go letter by letter, Hangul by the Revised Romanisation of each syllable, kana
after Hepburn without long vowels. Han, Hebrew, Arabic and the scripts of India do not say how they sound, or say it by
rules that a table cannot hold: titles in them are found as they are written, and by the titles beside them.
"""

from typing import Final

from films.names import ROMAN

SIGNS: Final = "ー・々"  # beside kana; the first lengthens a vowel, which is not written
KANA: Final = dict(
    zip(
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん"
        "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔぁぃぅぇぉ",
        "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu"
        " yo ra ri ru re ro wa i e o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po vu"
        " a i u e o".split(),
        strict=True,
    )
)
SMALL_Y: Final = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
SMALL_VOWELS: Final = "ぁぃぅぇぉ"
DOUBLED: Final = "っ"
KATAKANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}

GEORGIAN: Final = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split(),
        strict=True,
    )
)
ARMENIAN: Final = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        "a b g d e z e e t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev".split(),
        strict=True,
    )
)
LETTERS: Final = str.maketrans(GEORGIAN | ARMENIAN) | ROMAN

SYLLABLES: Final = range(0xAC00, 0xD7A4)
INITIALS: Final = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
VOWELS: Final = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
FINALS: Final = " k k k n n n t l k m p l l p l m p p t t ng t t k t p t".split(" ")


def romanised(plain: str) -> str:
    """A normalised text in Latin letters; empty where it is in them already, or where we cannot spell all of it."""
    if plain.isascii():
        return ""
    spelt = plain.replace("ου", "ou").replace("ու", "u").translate(LETTERS)
    if not spelt.isascii():
        spelt = "".join(_syllable(letter) for letter in _without_kana(spelt.translate(KATAKANA)))
    return spelt if spelt.isascii() and spelt.strip() else ""


def ways_to_spell(plain: str) -> tuple[str, ...]:
    """The text itself, and in Latin letters if it has others."""
    other = romanised(plain)
    return (plain, other) if other else (plain,)


def _syllable(letter: str) -> str:
    code = ord(letter) - SYLLABLES.start
    if ord(letter) not in SYLLABLES:
        return letter
    return INITIALS[code // 588] + VOWELS[code % 588 // 28] + FINALS[code % 28]


def _without_kana(text: str) -> str:
    spelt, doubled = "", False
    for letter in text:
        sound = KANA.get(letter, letter)
        if letter in SIGNS:
            continue
        if letter == DOUBLED:
            doubled = True
            continue
        if letter in SMALL_Y and spelt.endswith("i"):
            stem = spelt[:-1]
            sound, spelt = ("" if stem.endswith(("sh", "ch", "j")) else "y") + SMALL_Y[letter], stem
        elif letter in SMALL_VOWELS and spelt[-1:] in {"u", "o", "e", "i"} and len(spelt) > 1:
            spelt = spelt[:-1]  # ファ, ティ, ウォ: the small vowel takes the place of the other
        spelt += (sound[:1].replace("c", "t") if doubled else "") + sound
        doubled = False
    return spelt
