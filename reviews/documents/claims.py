"""The words around a rating that say whose it is, of what, and whether it is meant."""

import re

CLAUSE = re.compile(
    r"[.!?;:—()\n]|,(?!\d)| – | - |\b(?:but|while|whereas|though|although|however|yet|and (?=I\b|my\b)|"
    r"so (?=I\b)|still,?)\b",
    re.IGNORECASE,
)
RATED = r"(?:gives?|gave|giving|given|rates?|rated|awards?|awarded|scores?|scored|says?|said|thinks?|thought)"
TITLE = r"[A-Z“\"*_‘«]"  # how one begins
OTHERS = re.compile(
    r"\b(?:critics?|audiences?|users?|viewers?|readers?|reviewers?|people|others|everyone|the (?:press|"
    r"average|consensus)|"
    r"average(?: rating| score)?|aggregate|consensus|(?:[Mm]y|[Oo]ur) (?:wife|husband|friends?|brother|sister|"
    r"mum|mom|mother|dad|"
    r"father|son|daughter|partner|kids?|children|girlfriend|boyfriend|colleagues?|cousin|neighbour|flatmate|"
    r"roommate|family))\b"
    rf"|\b(?:he|she|they)\s+(?:\w+\s+)?{RATED}\b"
    rf"|(?<![.!?]\s)(?<!^)\b(?!I\b|It\b|This\b)[A-Z][\w’']+\s+(?:once\s+|only\s+|even\s+|"
    rf"famously\s+)?{RATED}\s+(?:(?:it|this|the film|the movie|him|her)\b|{TITLE})"
    rf"|^(?!I\b|It\b|This\b|We\b)(?:The\s+)?[A-Z][\w’']+(?:\s[A-Z][\w’']+)*\s+{RATED}\s+(?:(?:it|this|the film|"
    rf"the movie)\b|{TITLE})"
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
