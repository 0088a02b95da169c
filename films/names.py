"""Titles and names as keys: how they are compared, sorted and put into an address.

One rule serves every side: what is stored for search and what a member types go through
`normalise`, so neither needs to know about accents, case or punctuation.
"""

import re
import unicodedata
from collections.abc import Container

from films.variants import ARABIC_MARKS, VARIANTS

SLUG_LENGTH = 100  # of the words: the columns hold 120, so there is room for the year and a number

# Letters that look accented but that Unicode does not decompose.
LETTERS = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
    "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ə": "e",
}) | VARIANTS  # fmt: skip

# For addresses only: search keeps these scripts as they are. Accents are gone before this is used.
ROMAN = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ђ": "dj", "ј": "j",
    "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
})  # fmt: skip

# Apostrophes of every shape, and the Hebrew, Arabic and Hawaiian marks used like them.
APOSTROPHES = re.compile(r"['’‘ʼʻ`´′]")
# "J. K.", "J.K." and "JK" are one, and so are "V/H/S" and "VHS", "M*A*S*H" and "MASH".
SINGLE_LETTERS = re.compile(r"\b([a-z]) (?=[a-z]\b)")
PUNCTUATION = re.compile(r"[^a-z0-9]+")
FRACTION = re.compile(r"(?<=\d)(?=[\u00bc-\u00be\u2150-\u215e\u2189])")  # 9½ is 9 1 2, not 91 2
ACCENTS = re.compile(rf"[\u0300-\u036f{ARABIC_MARKS}]")
ASCII_WORDS = re.compile(r"[a-z0-9]+")
ARTICLE = re.compile(r"^(?:the|an|a) (?=\S)")
# The same as in migration 0003_keys.
ANY_ARTICLE = re.compile(
    r"^ ?(?:the|a|an|le|la|les|l|un|une|der|die|das|den|ein|eine|el|los|las|una|lo|il|gli|i|o|os|as|um|uma|de|het|een|"
    r"det|en|ett) (?=\S)"
)
AND = re.compile(r"(?:^| )and (?=\S)")


def normalise(text: str) -> str:
    """`text` as search compares it: no case, no accents, no punctuation, `&` as "and".

    Scripts other than Latin are kept; only the accents that Latin, Greek and Cyrillic share and those of Arabic are
    taken off, because the marks of kana, Hangul and Indic scripts are part of the letter. Letters of Han and Arabic
    that are written in several ways are put into one of these (films/variants.py).
    A title of signs alone (`!!!`) stays as it is, so that it can still be found.
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = plain_letters(FRACTION.sub(" ", plain))
    plain = APOSTROPHES.sub("", plain).replace("&", " and ")
    if plain.isascii():  # nine names in ten: worth a way of its own
        words = PUNCTUATION.sub(" ", plain).strip()
    else:
        kept = (letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in plain)
        words = " ".join("".join(kept).split())
    return SINGLE_LETTERS.sub(r"\1", words) or " ".join(text.casefold().split())


def plain_letters(text: str) -> str:
    """A casefolded `text` without accents, each letter in one form."""
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", plain).translate(LETTERS)


def sort_title(title: str) -> str:
    """What a title is sorted by: normalised, without a leading "The", "A" or "An".

    Articles of other languages stay: "Die Hard" and "La La Land" belong under D and L.
    """
    return sort_title_of(normalise(title))


def sort_title_of(plain: str) -> str:
    """As `sort_title`, of a title that is normalised already."""
    return ARTICLE.sub("", plain)


def roman(text: str) -> str:
    """`text` in lower-case ASCII letters, digits and single hyphens; empty when nothing can be spelt."""
    return spelt(normalise(text))


def spelt(plain: str) -> str:
    """As `roman`, of a text that is normalised already."""
    if not plain.isascii():
        plain = plain.translate(ROMAN).encode("ascii", "ignore").decode()
    return "-".join(ASCII_WORDS.findall(plain))


def first_free(base: str, taken: Container[str]) -> str:
    """`base`, or `base-2`, `base-3`… when it is taken."""
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def slug_for(title: str, year: int | None, taken: Container[str] = ()) -> str:
    """A film's address: `baby-driver-2017`, a namesake of the same year `baby-driver-2017-2`.

    A title in a script without letters we can spell becomes `film-1999`.
    """
    return first_free(film_base(roman(title), year), taken)


def person_slug_for(name: str, taken: Container[str] = ()) -> str:
    """A person's address: `edgar-wright`, a namesake `edgar-wright-2`."""
    return first_free(person_base(roman(name)), taken)


def film_base(words: str, year: int | None) -> str:
    """The address that a film has when it is the first of its `roman` title and year."""
    words = words[:SLUG_LENGTH].strip("-") or "film"
    return f"{words}-{year}" if year else words


def person_base(words: str) -> str:
    """The address of the first person of this `roman` name."""
    return words[:SLUG_LENGTH].strip("-") or "person"
