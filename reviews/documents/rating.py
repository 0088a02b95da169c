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
from reviews.documents.cues import MARKED
from reviews.documents.layout import Flow
from reviews.documents.marks import Written
from reviews.documents.mentions import Mention, Style
from reviews.documents.words import OUTLET

CLAUSE = re.compile(
    r"[.!?;:—()\n]|,(?!\d)| – | - |\b(?:but|while|whereas|though|although|however|yet|and (?=I\b|my\b)|"
    r"so (?=I\b)|still,?)\b",
    re.IGNORECASE,
)
RATED = r"(?:gives?|gave|giving|given|rates?|rated|awards?|awarded|scores?|scored|says?|said|thinks?|thought)"
OTHERS = re.compile(
    r"\b(?:critics?|audiences?|users?|viewers?|readers?|reviewers?|people|others|everyone|the (?:press|"
    r"average|consensus)|"
    r"average(?: rating| score)?|aggregate|consensus|(?:[Mm]y|[Oo]ur) (?:wife|husband|friends?|brother|sister|"
    r"mum|mom|mother|dad|"
    r"father|son|daughter|partner|kids?|children|girlfriend|boyfriend|colleagues?|cousin|neighbour|flatmate|"
    r"roommate|family))\b"
    rf"|\b(?:he|she|they)\s+(?:\w+\s+)?{RATED}\b"
    rf"|(?<![.!?]\s)(?<!^)\b(?!I\b|It\b|This\b)[A-Z][\w’']+\s+(?:once\s+|only\s+|even\s+|"
    rf"famously\s+)?{RATED}\s+(?:it|this|the film|the movie|"
    r"him|her)\b"
    rf"|^(?!I\b|It\b|This\b|We\b)(?:The\s+)?[A-Z][\w’']+(?:\s[A-Z][\w’']+)*\s+{RATED}\s+(?:it|this|the film|"
    rf"the movie)\b"
)
MINE = re.compile(
    r"\b(?:I|I['’](?:d|m|ve|ll)|Id|Im|[Mm]y|[Mm]ine|me|myself|[Ww]e|[Oo]ur|us|[Ii]ch|[Jj]e|[Yy]o|io)\b|"
    r"\bi['’]?(?:d|m)?\b"
)
FROM_OTHERS = re.compile(
    r"^[^.;\n]{0,30}?\b(?:by|from|according to)\s+(?:the\s+)?(?:critics|audiences?|users|viewers|[A-Z][a-z]+)|"
    r"^\s*(?:on|at|in)\s+(?:the\s+)?(?:imdb|rotten|metacritic|letterboxd)\b(?!.{0,20}\bmine\b)",
    re.IGNORECASE,
)
MINE_AFTER = re.compile(
    r"^[^.;\n]{0,25}\b(?:from me|for me|by me|in my book|in my opinion|imo|for my money)\b", re.IGNORECASE
)
DENIED = re.compile(
    r"\b(?:not|\w+n['’]?t|cannot|never|hardly|barely|almost|nearly|close to|short of|shy of|less than|"
    r"more than|below|"
    r"(?:could|would|might|should|must)(?:\s+(?:easily|almost|well|also|otherwise))?(?:\s+have|['’]ve)|"
    r"would be|could be|"
    r"expect(?:ed|ing)?|hop(?:ed|ing)|tempted|wanted|anything but|instead of|rather than|"
    r"used to|originally|initially|at first|the first time|first time (?:round|around)|previously|back then|"
    r"last time|"
    r"once (?:gave|rated)|(?:on|after) (?:my |a |the )?first (?:watch|viewing)|as a (?:kid|child|teenager)|years ago|"
    r"if|unless|(?:down|up) from|minus|too (?:generous|harsh)|far from|away from|is no|no way)\b",
    re.IGNORECASE,
)
DENIED_AFTER = re.compile(
    r"^[^.;,\n]{0,20}\b(?:as a (?:kid|child|teenager|student)|at the time|back then|at first|originally|"
    r"initially|if it)\b"
)
NOT_DENIED = re.compile(
    r"(?:n['’]?t|not|cannot|never)\s+(?:stop|keep|prevent|help|only|hesitate|resist|think twice)|"
    r"nothing (?:less|but)|"
    r"no less than|(?:can|could)(?:no|n['’]?)t (?:not|but)|not (?:give|giving) it (?:anything )?less|"
    r"if (?:you ask|i['’]m honest)|"
    r"without (?:a )?(?:doubt|hesitation)|if not",
    re.IGNORECASE,
)
NOUN = (
    r"(?:acting|story|plot|script|writing|music|soundtrack|visuals?|visual effects|cinematography|direction|"
    r"directing|"
    r"characters?|action|humou?r|comedy|pacing|effects|editing|ending|opening|(?:first|second|last|"
    r"final) (?:half|act|hour|third)|"
    r"rewatch(?:ability| value)?|sound|performances?|dialogue|fun(?: factor)?|scares?|gore|costumes?|sets?|"
    r"romance|chemistry|"
    r"production(?: design)?|originality|animation|world-?building|violence|popcorn|entertainment|technical|"
    r"cast|stunts|trailer|"
    r"cinema|screening|sound design|lore|villain|hero|vibes?|style|substance)"
)
PART_BEFORE = re.compile(
    rf"\b{NOUN}\b\s*(?:[:=–—-]|gets?|is|was|are|earns?|deserves?|rating)?\s*(?:an?\s+)?$", re.IGNORECASE
)
PART_AFTER = re.compile(
    rf"^\s*(?:for (?:the |its |his |her )?)?{NOUN}\b(?!\s+(?:alone )?(?:film|movie))", re.IGNORECASE
)
ANOTHER = re.compile(
    r"\b(?:the (?:original|sequel|prequel|remake|book|novel|series|show|trilogy|franchise|trailer|"
    r"other (?:one|film|movie)|"
    r"first (?:one|film|movie)|second (?:one|film|movie)|previous (?:one|film|movie))|last year['’]s|"
    r"part (?:one|1|i))\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?:^|[\n.!?;|*]\s*)\W*(?:(?:my|final|overall|total|our|the|personal|star|and so|so|in total)\s+)*"
    r"(?:rating|score|verdict|overall|grade|stars|final thoughts|bottom line|conclusion|total|tl;?\s?dr|"
    r"bewertung|wertung|fazit|"
    r"nota|voto|puntuación|note|result)(?:\s+(?:is|for this|for it|of))?\s*[:=–—|-]*[\s*_]*(?:an?\s+|solid\s+|"
    r"strong\s+)*$",
    re.IGNORECASE,
)
GIVES = re.compile(
    r"\b(?:giv(?:e|es|ing)|gave|gets?|got|rat(?:e|ed|ing)|scor(?:e|es|ing)|award(?:s|ing)?|earns?|deserves?|"
    r"receives?|worth|"
    r"settl(?:e|ing) (?:on|for)|land(?:s|ing) (?:on|at)|go(?:ing)? with|call it|it['’]s an?|this is an?|"
    r"a solid|an easy|a strong|"
    r"vergebe|bekommt|mérite|gebe)\b",
    re.IGNORECASE,
)
NOT_A_RATING = re.compile(
    r"^\s*(?:people|persons?|viewers|critics|scenes?|times|minutes?|films|movies|jokes|men|women|actors?|"
    r"episodes?|chapters|"
    r"of (?:the|this|that|its|it|all|them|my|those|these)\b|on the|years?|children|kids|who|reviewers)\b",
    re.IGNORECASE,
)
PEOPLE_ARE_STARS = re.compile(
    r"\b(?:the|its|these|those|both|all|our|their|his|her|film['’]s|movie['’]s|with|of|featuring)\s+$", re.IGNORECASE
)
STAR_NOUN = re.compile(
    r"^[\s,]*(?:review|rating|film|movie|picture|masterpiece|classic|experience|affair|score)\b", re.IGNORECASE
)
STARS_DO = re.compile(
    r"^\s*(?:who|shine|share|have|are|were|turn|play|appear|of (?:the|this)|and (?:the|a)|meet|fall|collide|"
    r"in (?:the|this|a))\b",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"(?:\d|[½]|\b(?:one|two|three|four|five|six|seven|eight|nine))\s?(?:-|–|to|or|/5 to|/10 to|/5 or|/10 or)\s?$",
    re.IGNORECASE,
)


MOST_RATINGS = 60
WINDOW = 160  # characters that a rating is judged by, on either side
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
    if _is_others(text, written, before, after) or _is_of_another(text, written, before, found, about):
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


def _is_of_somebody(written: Written, before: str, found: Sequence[Mention]) -> bool:
    """ "Ingrid Bergman is 5/5": one of the people, not the film."""
    name = re.search(r"(?:^|[^\w])((?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w’'-]+)\s+(?:is|was)\s+$", before)
    if name is None:
        return False
    begin = written.start - len(before) + name.start(1)
    return not any(mention.start < begin + len(name[1]) and begin < mention.end for mention in found)


def _is_of_another(text: str, written: Written, before: str, found: Sequence[Mention], about: int | None) -> bool:
    """The last film named before it in its clause is not the one the text is about."""
    begin, starts = written.start - len(before), [mention.start for mention in found]
    named = [
        mention
        for mention in found[bisect_left(starts, begin) : bisect_left(starts, written.start)]
        if not mention.is_single or mention.style > Style.PLAIN or mention.end + 2 > written.start
    ]
    if named:
        return about is not None and all(film.id != about for film in named[-1].films)
    quoted = [match for match in MARKED.finditer(before) if match[0][1:2].isupper()]
    if quoted and about is not None:
        return True
    return bool(ANOTHER.search(before))
