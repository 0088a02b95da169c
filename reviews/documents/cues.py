"""The signs around a title: marks before and after it, and the words that make it one named in passing."""

import re

MARKED = re.compile(
    r"“([^”\n]{1,90})”|\"([^\"\n]{1,90})\"|‘([^’\n]{2,90})’(?!\w)|«\s?([^»\n]{1,90}?)\s?»|„([^“”\n]{1,90})[“”]"
    r"|『([^』\n]{1,60})』|「([^」\n]{1,60})」|《([^》\n]{1,60})》|〈([^〉\n]{1,60})〉"
    r"|(?<![\w*])\*{1,3}(?=\S)([^*\n]{1,90}?)(?<=\S)\*{1,3}(?![\w*])|"
    r"(?<!\w)_{1,2}(?=\S)([^_\n]{1,90}?)(?<=\S)_{1,2}(?!\w)"
    r"|(?<!\w)'(?=\S)([^'\n]{2,90}?)(?<=\S)'(?!\w)|<(?:i|em|cite)>([^<\n]{1,90})</(?:i|em|cite)>"
)
LABELLED = re.compile(
    r"^\W*(?:film|movie|title|film title|movie title|titel|película|titre)\s*[:=–]\s*(.+)$", re.IGNORECASE
)
YEAR_AFTER = re.compile(r"[\"'”’»*_\]]*,?\s*[(\[]\s*(?:[^()\d]{0,40}?,\s*)?((?:18|19|20)\d\d)\b[^)\]]{0,40}[)\]]")
YEAR_BEFORE = re.compile(
    r"\b((?:18|19|20)\d\d)(?:['’]s)?\s+(?:(?:film|movie|classic|drama|comedy|thriller|remake|version|"
    r"hit)s?\s+)?[\"'“‘*_]*$"
)
PASSING = re.compile(
    r"(?:\b(?:like|than|unlike|since|such as|including|reminds? (?:me|you|one|us) of|reminded (?:me|us) of|"
    r"reminiscent of|"
    r"recalls?|recalling|echo(?:es|ing)?|evok(?:es|ing)|homages? to|nods? to|references? to|"
    r"compar(?:ed|able|ison|isons|e it) (?:to|with)|similar to|"
    r"(?:pre|se)quels? to|remakes? of|spin-off of|fans? of|(?:director|creator|maker|writer|star|producer)s? of|"
    r"known for|famous for|lost to|beaten by|losing to|alongside|next to|in the vein of|a la|à la|shades of|"
    r"cross between|"
    r"borrows from|inspired by|influenced by|descendants? of|follow-up to|followed|wie|comme|como|not|isn['’]t|"
    r"with shades of|meets|while|whereas|from the makers of|(?:after|before|between) making|previous film|"
    r"debut|last film))"
    r"(?:\s+(?:the|a|an|his|her|their|earlier|previous|other|older|say|,|maybe|perhaps|also))*[\s,:–—-]*[\"'“‘«*_]*$",
    re.IGNORECASE,
)
PASSING_AFTER = re.compile(
    r"^[\"'”’»*_]*(?:['’]s)?\s*(?:[-–]style|[-–]esque|director|star|writer|meets|did (?:it|this) better|"
    r"(?:is|was) (?:still )?better)\b"
)
LISTED = re.compile(r"[\w.’'-]+\s*\([^()]*$")
AND = re.compile(r"[\"”’»*_]*(?:\s*\([^()]*\))?(?:,\s*(?:and\s+)?|\s+(?:and|or|und|et|y|&|\+)\s+)[\"“‘«*_]*")
SONG_BEFORE = re.compile(
    r"\b(?:songs?|tracks?|tunes?|single|albums?|to|number|anthem|hit)\b[\w\s,]{0,20}[\"“‘*_]+$", re.IGNORECASE
)
SONG_AFTER = re.compile(r"^[\"”’*_]*\s*(?:\([^)]*\)\s*)?by\s+(?:the\s+)?[A-Z]")
SEQUEL = re.compile(
    r"^[ :–—-]*(?:\d{1,4}\b(?!\s*(?:/|out|stars?|%|minutes|years))|(?:I{2,3}|I?V|VI{1,3}|I?X)\b(?!['’])|"
    r"Part\b|Chapter\b|Vol(?:ume)?\b|Episode\b)"
)

# Titles that are also words nobody can do without: only quotation marks, a year or a label make them a title.
FUNCTION_WORDS = frozenset(
    """a about after again alive alone all always an and another any are as at away back be before best big both but by
    can come day dead different do down each end even every everything few film first for forever friend from fun funny
    get girl go going gone good great had has have he hello help her here hero him his home hope how i if in into is it
    its just kids know last less let life like little long look love loved lost lucky man many maybe me men mine money
    more most movie movies much music my name never new night no nobody none not nothing now of off old on once one
    only open or other our out over part people perfect play please power real red remember right run sad same see
    seven she so some something special star start still stop such sure tell than that the their them then there these
    they thing things this those three time to together tonight too true two under unfortunately until up us very wait
    war was watch way we well what when where which while who why wild will with without woman women wonder work world
    wow yes yesterday you young your action comedy drama horror thriller romance western musical director actor cast
    story scene script soundtrack ending acting cinema original sequel trailer review spoiler spoilers
    netflix""".split()
)

ONLY_ABOUT = re.compile(
    r"\b(?:the|a|an|my|our|film|movie|quick|short|full|honest|spoiler|free|no|spoilers|review|reviewed|"
    r"reviewing|thoughts|"
    r"thought|on|of|about|for|some|notes|watched|watching|rewatched|rewatching|rewatch|again|first|time|revisiting|"
    r"revisited|kritik|critique|crítica|recensione|blu|ray|dvd|4k|imax)\b",
    re.IGNORECASE,
)

SMALL = {
    "of",
    "the",
    "a",
    "an",
    "and",
    "in",
    "on",
    "to",
    "with",
    "from",
    "into",
    "over",
    "upon",
    "de",
    "la",
    "vs",
    "or",
    "by",
}

# Places and papers that are also titles: in plain words they are no films.
PLACES = {
    "san francisco", "new york", "los angeles", "las vegas", "hong kong", "monte carlo", "new orleans", "buenos aires",
    "rio de janeiro", "mexico city", "new jersey", "new mexico", "south africa", "united states", "north africa",
    "st louis", "saint louis", "kansas city", "atlantic city", "santa fe", "el paso", "new zealand", "new england",
    "new delhi", "san antonio", "san diego", "cape town", "salt lake city", "north america", "south america",
    "wall street", "the hague", "hollywood", "west side", "upper west side", "world war", "the hollywood reporter",
    "rolling stone", "time out", "sight and sound", "the guardian", "the times", "new york times",
}  # fmt: skip
