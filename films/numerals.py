"""Numbers in titles, which people write in three ways: Rocky II, Rocky 2, Rocky Two."""

from typing import Final

from films.names import AND, ANY_ARTICLE

ROMAN: Final = (
    "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii",
    "xix", "xx",
)  # fmt: skip
SPELT: Final = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
# "I" is a word more often than a number, so one is written in two ways only.
SAME: Final[dict[str, tuple[str, ...]]] = {"1": ("1", "one"), "one": ("one", "1")} | {
    way: ways
    for number, (roman, spelt) in enumerate(zip(ROMAN, SPELT, strict=True), start=2)
    for ways in ((str(number), roman, spelt),)
    for way in ways
}
AS_FIGURES: Final = {word: next(filter(str.isdigit, ways)) for word, ways in SAME.items()}


def in_figures(plain: str) -> str:
    """A normalised title with its numbers up to twenty in figures, so that two titles can be compared."""
    return " ".join([AS_FIGURES.get(word, word) for word in plain.split()])


def squeezed(plain: str) -> str:
    """A normalised title as a key: without an article of any language before it, "and" and spaces, in figures.

    The same as the database makes of it (migration 0003_keys), so that "Spider-Man" is "Spiderman", "Die Hard II" is
    "die hard 2" and "Romeo & Juliet" is "Romeo Juliet".
    """
    words = ANY_ARTICLE.sub("", in_figures(plain))
    return (AND.sub(" ", words) if "and " in words else words).replace(" ", "")
