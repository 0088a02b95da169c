"""The forms in which a text writes a rating: `4/5`, "four out of five", `★★★½`, `B+`. Whose it is, `rating` decides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from reviews.documents.layout import Taken
from reviews.documents.words import NUMBERS, number

SPOKEN = "|".join(sorted((word for word in NUMBERS if len(word) > 2), key=len, reverse=True))
DIGITS = r"\d{1,3}(?:[.,]\d{1,2})?"
N = rf"(?:\d{{1,2}}\s[13]/[24]|\d{{1,2}}\s?[½¼¾⅓⅔]|[½]|{DIGITS})"
N_SPOKEN = rf"(?:{N}|(?:(?:{SPOKEN})(?:einhalb)?|half)(?:[ -](?:and[ -])?(?:a[ -])?half)?)"
STAR = r"(?:stars?|sternen?|étoiles?|etoiles?|estrellas?|stell[ae]|estrelas?)"
FULL, EMPTY = "★⭐🌟✭✮✪⭑", "☆✩✰⚝"

SLASH = re.compile(
    rf"(?<![\d/.,:$£€])(?P<n>{N})\s?/\s?(?P<of>4|5|6|10|20|100)(?![\d/]|[.,]\d|\s?%)(?:\s*-?{STAR})?", re.I
)
OUT_OF = re.compile(
    rf"(?<![\w/.,])(?P<n>{N_SPOKEN})\s+(?:{STAR}|points?|punkten?|points)?\s*"
    r"(?P<how>out of|of a possible|von|sur|su|de|of)\s+(?:a\s+possible\s+)?(?P<of>4|5|6|10|20|100|four|five|"
    r"six|ten|fünf|zehn|cinq|dix|"
    rf"cinco|diez|dieci|cinque|a hundred|one hundred)(?![\w/]|[.,]\d)(?P<stars>\s*{STAR})?",
    re.I,
)
STARS = re.compile(
    rf"(?<![\w/.,$-])(?P<n>{N_SPOKEN}|1/2|half a|zero|no)(?P<join>[\s-]*)(?P<stars>{STAR}(?!\w)|[★⭐🌟])(?P<glyph>️?)",
    re.I,
)
GLYPHS = re.compile(
    rf"(?:[{FULL}]️?[ ]?){{1,10}}(?P<half>\s?(?:½|1/2|\+|⯨|⯪|✬))?(?:\s?[{EMPTY}]️?)*|(?:[{EMPTY}]️?\s?){{3,10}}"
)
ASTERISKS = re.compile(
    r"(?<![\w*])(?P<n>\\?\*{1,5})\s?(?P<half>½|1/2)?(?:\s*(?:out of|/)\s*(?P<of>\*{4,5}|5|4|five))?(?![\w*])"
)
LETTER = r"(?P<n>[A-DF][+−–-]?)(?![\w+’'/&-])"
GRADE = re.compile(
    rf"(?:\b(?:[Gg]rade|[Rr]ating|[Ss]core|[Vv]erdict|GRADE|RATING|SCORE|VERDICT|[Oo]verall)\s*(?:is|"
    rf"of)?\s*(?:[:=–—-]\s*)?(?:a\s+|an\s+)?"
    r"|\b(?:[Gg]ets?|[Gg]ive|[Gg]iving|[Gg]ave|[Ee]arns?|[Dd]eserves?|grade(?:\s+it)?)\s+(?:it|this|this one|"
    r"the film|this film|the movie|"
    r"this movie|him|her|you)?\s*(?:an?\s+)(?:\w+\s+)?"
    rf"|\b[Aa]n?\s+(?:solid|strong|firm|easy|low|high|generous|well-earned|respectable)\s+)\**{LETTER}"
)
GRADE_LAST = re.compile(r"(?<=[.!?…] )\**(?P<n>[A-DF][+−–-])\**\.?[ \t]*$", re.MULTILINE)
GRADE_ALONE = re.compile(rf"^\W*{LETTER}\W*$")
PERCENT = re.compile(r"(?<![\w.,])(?P<n>\d{1,3}(?:[.,]\d)?)\s?(?:%|percent\b|per cent\b)", re.I)

# Half-stars; between the steps of the letters the nearest, never above the next letter.
GRADES = {
    "A+": 10, "A": 10, "A-": 9, "B+": 8, "B": 7, "B-": 6, "C+": 6, "C": 5, "C-": 4, "D+": 3, "D": 3, "D-": 2, "F": 1,
}  # fmt: skip
SCALES = {
    "four": 4, "five": 5, "six": 6, "ten": 10, "fünf": 5, "zehn": 10, "cinq": 5, "dix": 10, "cinco": 5, "diez": 10,
    "dieci": 10, "cinque": 5, "a hundred": 100, "one hundred": 100,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A rating as written. `share` is the part of the whole scale, 0 to 1 (more when somebody exaggerates)."""

    share: Fraction
    start: int
    end: int
    form: str
    is_plain: bool = True  # can hardly be anything but a rating

    @property
    def half_stars(self) -> int:
        """On this site's scale, the nearest; at least half a star for anything above nothing."""
        return max(1 if self.share else 0, int(self.share * 10 + Fraction(1, 2)))


def find(text: str) -> list[Written]:
    """Every rating in the text, from left to right; of two that overlap the one that says more."""
    found: list[Written] = []
    taken = Taken(text)
    everything = chain(_fractions(text), _stars(text), _glyphs(text), _grades(text), _last_words(text), _percents(text))
    for written in sorted(everything, key=lambda written: (written.form == "glyphs", written.start - written.end)):
        if not taken.meets(written.start - 2, written.end + 2):
            found.append(written)
            taken.take(written.start, written.end)
    return sorted(found, key=lambda written: written.start)


def _fractions(text: str) -> Iterator[Written]:
    for match in SLASH.finditer(text):
        if (value := number(match["n"])) is not None:
            scale = int(match["of"])
            yield Written(value / scale, *match.span(), "slash", scale in (5, 10, 100))
    for match in OUT_OF.finditer(text):
        value, said = number(match["n"]), match["of"].lower()
        if value is not None:
            plain = match["how"].lower() not in ("of", "de", "su") or bool(match["stars"])
            scale = int(said) if said.isdigit() else SCALES[said]
            yield Written(value / scale, *match.span(), "out of", plain)


def _stars(text: str) -> Iterator[Written]:
    for match in STARS.finditer(text):
        said = match["n"].lower()
        value = Fraction(0) if said in ("zero", "no") else number(said)
        if value is None or (said == "no" and match["stars"].lower() != "stars"):
            continue
        exact = value.denominator > 1 or match["stars"] in FULL
        adjective = "-" in match["join"] or match["stars"].lower() == "star" and value > 1
        if value <= 5:
            yield Written(value / 5, *match.span(), "adjective" if adjective else "stars", exact)
        elif value <= 10:
            yield Written(value / 5, *match.span(), "stars of unknown scale", is_plain=False)


def _glyphs(text: str) -> Iterator[Written]:
    for match in GLYPHS.finditer(text):
        full = sum(match[0].count(star) for star in FULL)
        empty = sum(match[0].count(star) for star in EMPTY)
        scale = full + empty if full + empty > 5 else 5
        value = Fraction(full) + (Fraction(1, 2) if match["half"] else 0)
        end = match.start() + len(match[0].rstrip())
        yield Written(value / max(scale, 5), match.start(), end, "glyphs", full > 2 or bool(empty or match["half"]))
    for match in ASTERISKS.finditer(text):
        line = text[max(text.rfind("\n", 0, match.start()) + 1, match.start() - 40) : match.start()]
        labelled = re.search(r"(?:rating|score|stars|verdict)\s*[:=]\s*$", line, re.I)
        if match["half"] or match["of"] or labelled:
            scale = 4 if match["of"] in ("4", "****") else 5
            value = Fraction(match["n"].count("*")) + (Fraction(1, 2) if match["half"] else 0)
            yield Written(value / scale, *match.span(), "asterisks")


def _grades(text: str) -> Iterator[Written]:
    for match in GRADE.finditer(text):
        yield _grade(match)
    start = 0
    for line in text.split("\n"):
        if (alone := GRADE_ALONE.match(line)) is not None and line.strip("*_ .") != "A":
            grade = _grade(alone)
            yield Written(grade.share, start + alone.start("n"), start + alone.end("n"), grade.form)
        start += len(line) + 1


def _last_words(text: str) -> Iterator[Written]:
    """A line that ends with a letter for a sentence: "No notes. A+"."""
    for match in GRADE_LAST.finditer(text):
        yield _grade(match)


def _grade(match: re.Match[str]) -> Written:
    letter = match["n"].replace("−", "-").replace("–", "-")
    return Written(Fraction(GRADES.get(letter, GRADES[letter[0]]), 10), *match.span("n"), "grade")


def _percents(text: str) -> Iterator[Written]:
    for match in PERCENT.finditer(text):
        if (value := number(match["n"])) is not None:
            yield Written(value / 100, *match.span(), "percent", is_plain=False)
