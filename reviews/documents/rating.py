"""The writer's own rating of the film. Those of critics, sites and friends, of other films, of the music alone,
and those that the writer takes back are not it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from django.utils.translation import gettext as _

from reviews.documents import marks
from reviews.documents.claims import (
    ANOTHER,
    CLAUSE,
    DENIED,
    DENIED_AFTER,
    FROM_OTHERS,
    GIVES,
    LABEL,
    MINE,
    MINE_AFTER,
    NOT_A_RATING,
    NOT_DENIED,
    NOUN,
    OTHERS,
    PART_AFTER,
    PART_BEFORE,
    PEOPLE_ARE_STARS,
    RANGE,
    STAR_NOUN,
    STARS_DO,
)
from reviews.documents.cues import MARKED
from reviews.documents.layout import Flow
from reviews.documents.marks import Written
from reviews.documents.mentions import Mention, Style
from reviews.documents.words import OUTLET

MOST_RATINGS = 60
WINDOW = 160  # characters that a rating is judged by, on either side
WHICH = re.compile(r"\W*(?:which|that|who)\b", re.IGNORECASE)  # is what was named just before
A_YEAR = len(" (1995), ")
THREE_STARS = Fraction(3, 5)  # up to so many stars may well be actors


class Weight(IntEnum):
    """How openly a rating is given as the writer's."""

    NOT_OWN = 0
    PART = 1  # of the music, of the first half
    DOUBTFUL = 2
    STATED = 3
    GIVEN = 4  # "I give it …"
    LABELLED = 5  # "Rating: …", or alone on its line


@dataclass(frozen=True, slots=True)
class Rating:
    half_stars: int | None
    said: str = ""
    doubt: str = ""  # why there is none, where the text has something like one


def find(flow: Flow, found: Sequence[Mention], about: int | None) -> Rating:
    """`about` is the film's id, for telling its rating from those of other films named."""
    text = flow.text
    every = marks.find(text)
    if len(every) > MOST_RATINGS:
        return Rating(None, doubt=_("It holds %(count)d ratings: a list, not a review.") % {"count": len(every)})
    weighed = [(weigh(text, written, found, about), written) for written in every]
    most = max((weight for weight, _written in weighed), default=Weight.NOT_OWN)
    best = [written for weight, written in weighed if weight == most]
    if most < Weight.DOUBTFUL:
        doubt = _("It rates parts of the film, but not the whole.") if most == Weight.PART else ""
        return Rating(None, doubt=doubt)
    said = text[best[0].start : best[0].end].strip()
    if most == Weight.DOUBTFUL:
        return Rating(None, said, _("“%(said)s” may be a rating, but it is not certain.") % {"said": said})
    if len({written.half_stars for written in best}) > 1:
        several = ", ".join(text[written.start : written.end].strip() for written in best)
        return Rating(None, said, _("It states several ratings: %(several)s.") % {"several": several})
    if not 0 < best[0].share <= 1:
        return Rating(None, said, _("“%(said)s” is off its scale.") % {"said": said})
    return Rating(best[0].half_stars, said)


def weigh(text: str, written: Written, found: Sequence[Mention], about: int | None) -> Weight:
    before, after = _clause_before(text, written.start), _clause_after(text, written.end)
    lead = _lead(text, written.start)
    rest = text[written.end : written.end + WINDOW].split("\n")[0]
    labelled = not re.search(r"[^\W\d_]", lead + rest) or bool(LABEL.search(lead))
    if not labelled and _is_nothing(text, written, after):
        return Weight.NOT_OWN
    if RANGE.search(text[max(0, written.start - 12) : written.start]):
        return Weight.DOUBTFUL
    if _is_others(text, written, before, after) or _is_of_another(written, before, found, about):
        return Weight.NOT_OWN
    if not labelled and (
        PART_BEFORE.search(before) or PART_AFTER.match(after) or _is_of_somebody(written, before, found)
    ):
        return Weight.PART
    if labelled and re.search(rf"^\W*{NOUN}\W*$", lead, re.IGNORECASE):
        return Weight.PART
    if (DENIED.search(before) and not NOT_DENIED.search(before)) or DENIED_AFTER.match(after):
        return Weight.DOUBTFUL
    if written.form == "stars of unknown scale":
        return Weight.DOUBTFUL
    if labelled:
        return Weight.LABELLED
    if GIVES.search(before) or (MINE.search(before) and written.form != "percent") or MINE_AFTER.match(after):
        return Weight.GIVEN
    return Weight.STATED if written.is_plain or _ends_here(text, written) else Weight.NOT_OWN


def _lead(text: str, start: int) -> str:
    """What stands before on the same line; where that is long only its end, which does not look like a line's start."""
    begin = text.rfind("\n", 0, start) + 1
    return text[begin:start] if start - begin <= WINDOW else f"x {text[start - WINDOW : start]}"


def _clause_before(text: str, start: int) -> str:
    """What stands before in the same clause; an opening bracket belongs to the word before it."""
    begin = max(text.rfind("\n", 0, start) + 1, start - WINDOW)
    window = text[begin:start]
    if window.rstrip().endswith(("(", ":", "–", "—", "-", ",")):
        trimmed = window.rstrip().rstrip("(:–—-,").rstrip()
        last = max((match.end() for match in CLAUSE.finditer(trimmed)), default=0)
        return window[last:]
    last = max((match.end() for match in CLAUSE.finditer(window)), default=0)
    return window[last:]


def _clause_after(text: str, end: int) -> str:
    window = text[end : end + 80]
    stop = re.search(r"[.!?;\n]", window)
    return window[: stop.start()] if stop else window


def _is_nothing(text: str, written: Written, after: str) -> bool:
    """A figure of another kind: people, scenes, dates; or stars that walk and talk."""
    before = text[max(0, written.start - 30) : written.start]
    if NOT_A_RATING.match(after):
        return True
    if written.form == "stars":
        if re.search(r"\b(?:earns?|deserves?)\s+(?:its|all|every one of its)?\s*$", before):
            return False
        if not written.is_plain and (PEOPLE_ARE_STARS.search(before) or STARS_DO.match(after)):
            return True
        return not written.is_plain and written.share <= 1 and not (
            GIVES.search(before) or MINE.search(before) or _ends_here(text, written) or written.share > THREE_STARS
        )  # fmt: skip
    if written.form == "adjective":
        return not (STAR_NOUN.match(after) and (GIVES.search(before) or re.search(r"\b(?:is|a|an)\s+$", before)))
    return written.form == "glyphs" and not written.is_plain


def _ends_here(text: str, written: Written) -> bool:
    """Nothing but a full stop, a mark or the line's end follows, or "from me" and its like."""
    after = text[written.end : written.end + 12]
    return bool(re.match(r"\s*(?:[.!\n;,)|]|$|[^\w\s,]|for\b|from\b|because\b)", after))


def _is_others(text: str, written: Written, before: str, after: str) -> bool:
    """Whoever is named last before the rating gives it; failing that, whoever is named after."""
    if MINE_AFTER.match(after):
        return False
    last_other = max((match.end() for pattern in (OTHERS, OUTLET) for match in pattern.finditer(before)), default=-1)
    last_mine = max((match.end() for match in MINE.finditer(before)), default=-1)
    if re.search(r"\b(?:[Mm]y|MY)\s+(?:\w+\s+){0,2}(?:rating|score|stars)?\W*$", before) and last_mine >= 0:
        return bool(re.search(r"\b[Mm]y (?:wife|husband|friend|brother|sister|mum|mom|dad|partner)\b", before))
    if last_other >= 0 or last_mine >= 0:
        return last_other > last_mine
    begin = max(text.rfind("\n", 0, written.start), text.rfind(". ", 0, written.start)) + 1
    sentence = text[max(begin, written.start - 2 * WINDOW) : written.start]
    if written.form == "percent" or OUTLET.search(sentence[-60:]):
        return not MINE.search(sentence) or OUTLET.search(sentence) is not None
    return bool(FROM_OTHERS.match(after) or OUTLET.search(after[:30]))


def _stands_beside(mention: Mention, written: Written) -> bool:
    return mention.style is Style.PLAIN and mention.end + 2 > written.start


def _is_of_somebody(written: Written, before: str, found: Sequence[Mention]) -> bool:
    """ "Ingrid Bergman is 5/5": one of the people, not the film."""
    name = re.search(r"(?:^|[^\w])((?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w’'-]+)\s+(?:is|was)\s+$", before)
    if name is None:
        return False
    begin = written.start - len(before) + name.start(1)
    return not any(mention.start < begin + len(name[1]) and begin < mention.end for mention in found)


def _is_of_another(written: Written, before: str, found: Sequence[Mention], about: int | None) -> bool:
    """The last film named before it in its clause is not the one the text is about."""
    begin, starts = written.start - len(before), [mention.start for mention in found]
    named = [
        mention
        for mention in found[: bisect_left(starts, begin)]
        if WHICH.match(before) and 0 <= begin - mention.end <= A_YEAR
    ] or [
        mention
        for mention in found[bisect_left(starts, begin) : bisect_left(starts, written.start)]
        if mention.end <= written.start
        and (not mention.is_single or mention.style > Style.PLAIN or _stands_beside(mention, written))
    ]
    if named:
        return about is not None and all(film.id != about for film in named[-1].films)
    quoted = [match for match in MARKED.finditer(before) if match[0][1:2].isupper()]
    if quoted and about is not None:
        return True
    return bool(ANOTHER.search(before))
