"""Whether a text is a member's review, an essay or a piece of news."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviews.documents.headings import Heading
from reviews.documents.layout import Flow


class Kind(StrEnum):
    REVIEW = "review"
    ESSAY = "essay"
    NEWS = "news"


FIRST_PERSON = re.compile(
    r"(?<![\w.])(?:I|I['’](?:d|m|ve|ll)|Im|Ive|Id|me|my|mine|myself|[Ii]ch|[Mm]ir|[Mm]ein\w*|[Jj]e|j['’]ai|"
    r"[Mm]on|[Mm]oi|[Yy]o|[Mm]i|[Mm]e)(?!\w)|\bi\b"
)
OPINION = re.compile(
    r"\b(?:love[ds]?|hate[ds]?|like[ds]?|enjoy(?:ed|able)?|amazing|awesome|brilliant|masterpiece|boring|bored|"
    r"terrible|awful|fantastic|"
    r"wonderful|great|good|bad|best|worst|perfect(?:ly)?|beautiful(?:ly)?|stunning|gorgeous|disappoint(?:ed|"
    r"ing|ment)|overrated|underrated|"
    r"recommend(?:ed)?|must[- ](?:see|watch)|worth (?:watching|seeing|it)|waste|favou?rite|funny|hilarious|"
    r"gripping|dull|mess|fun|"
    r"superb|excellent|mediocre|predictable|forgettable|unforgettable|well[- ](?:written|acted|made|cast|"
    r"directed)|shines?|steals?|flaws?|"
    r"loved it|slow|too long|drags|overlong|charming|moving|weak(?:est)?|strong(?:est)?|avoid|skip it|"
    r"watch it|see it|exquisite|impeccable|delight(?:ful)?|flawless|sublime|triumph|hypnotic|tedious|clumsy|"
    r"lifeless|poignant|powerful|clever|witty|sharp|intense|haunting|tense|touching|heartbreaking|thrilling|"
    r"riveting|uneven|clich[ée]d?|career[- ]best|"
    r"toll|großartig|langweilig|schlecht|meisterwerk|génial|magnifique|ennuyeux|chef-d['’]œuvre|excelente|"
    r"aburrid[oa]|maravillos[oa])\b",
    re.IGNORECASE,
)
REVIEW_WORDS = re.compile(
    r"\b(?:review|my rating|out of (?:5|10|five|ten)|spoiler|rewatch(?:ed)?|just (?:watched|saw|finished|"
    r"got back)|watched|saw (?:it|this)|gripe)\b",
    re.IGNORECASE,
)
NEWS = re.compile(
    r"\b(?:announc(?:ed?|es|ing|ement)|confirm(?:ed|s)|according to|sources|reported(?:ly)?|reports|statement|"
    r"spokes\w+|told (?:reporters|the|variety|deadline)|"
    r"will (?:be|leave|arrive|open|return|premiere|star|direct|begin|release|get|have|join|screen|play|host|"
    r"receive|mark)|set to|is to|are to|slated|"
    r"leav(?:es|ing)|arriv(?:es|ing)|streaming (?:on|from|platform|service)|platform|subscribers|catalogue|"
    r"catalog|box office|grossed|opening weekend|"
    r"release date|trailer|casting|production (?:begins|starts|began)|sequel is|in talks|acquired|rights|"
    r"distributor|restoration|anniversary|"
    r"this (?:week|month|friday|weekend|year)|next (?:week|month|year)|last week|yesterday|today|tickets|"
    r"starting|deal|festival|line-?up|programme)\b",
    re.IGNORECASE,
)
ESSAY = re.compile(
    r"\b(?:cinema(?:tic)?|audiences?|viewers|genre|narrative|storytelling|themes?|theme of|symbol\w*|"
    r"metaphor\w*|represents?|explor\w+|"
    r"examin\w+|technique|visual language|motif|legacy|influence[ds]?|filmmak\w+|culture|cultural|masculin\w+|"
    r"identity|modern|history|"
    r"character development|argues?|suggests?|consider|meaning|aesthetic|ideolog\w+|auteur|tradition|society|"
    r"rhythm|mise en scène|"
    r"in this (?:essay|article|piece)|conclusion|introduction|analysis|perspective|relationship between|essay)\b",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"\b(?:on|from|until|by) (?:\w+day,? )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:january|february|march|april|may|"
    r"june|july|august|september|october|november|december)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What was read in other places of the text and tells of its kind."""

    has_rating: bool
    leaves: int  # services it says a film leaves
    has_dateline: bool
    quotes_scores: bool


def decide(flow: Flow, headings: Sequence[Heading], title: str, signs: Signs) -> Kind:
    """A rating makes a review; else first person and praise, news of the day, and length and sections are weighed."""
    if signs.has_rating:
        return Kind.REVIEW
    words = max(1, len(flow.text.split()))
    per_hundred = 100 / max(words, 60)
    first_person = len(FIRST_PERSON.findall(flow.text)) * per_hundred
    review = 1.3 + 1.6 * min(first_person, 2.5) + 0.5 * min(len(OPINION.findall(flow.text)) * per_hundred, 4)
    review += 1.0 * min(len(REVIEW_WORDS.findall(flow.text)), 2) + (
        2 if re.search(r"\breview\b", title, re.IGNORECASE) else 0
    )
    news = 1.1 * min(len(NEWS.findall(flow.text)) * per_hundred, 4) + 3 * bool(signs.leaves) + 1.5 * signs.has_dateline
    news += 0.7 * min(len(WHEN.findall(flow.text)), 2) - (1.5 if words > 900 else 0)
    sections = sum(heading.level > 1 for heading in headings)
    essay = 0.8 * min(len(ESSAY.findall(flow.text)) * per_hundred, 3.5) + 0.9 * min(sections, 4)
    essay += (1.5 if words > 700 else 0.8 if words > 450 else -1.0 if words < 250 else 0) + 0.3 * signs.quotes_scores
    if first_person < 0.25:
        review -= 1.0
    news -= 0.8 * min(first_person, 2)
    scores = {Kind.REVIEW: review, Kind.NEWS: news, Kind.ESSAY: essay}
    return max(scores, key=lambda kind: scores[kind])
