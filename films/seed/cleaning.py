"""Rules that make clean titles, casts and genres of the rows that people typed into an encyclopaedia.

Used by `films.seed.build` alone. Each rule stands here because the source has a row that needs it.
"""

import re
import unicodedata
from collections.abc import Iterable

CSS = re.compile(r"\s*\.mw-parser-output.*\}")
TITLE_TAILS = re.compile(
    r"\s*(?:\[\w+\]|\((?:\d{4} )?(?:film|serial)\)|\(\d{4}\)|\(UK as [^)]*\)|\(Tom and Jerry\)|\(Kites\)"
    r"|\(Canadian theatrical release\)|\baka .*)$"
)
NOT_A_FILM = re.compile(r"miniseries\)|TV_series\)|TV_special\)|\(1989_television\)|_\(film_series\)")

GENRES = {
    "Animated": "Animation",
    "Historical": "History",
    "Noir": "Film noir",
    "Sports": "Sport",
    "Suspense": "Thriller",
    "Slasher": "Horror",
    "Supernatural": "Fantasy",
    "Satire": "Comedy",
    "Disaster": "Action",
    "Legal": "Drama",
    "Political": "Drama",
    "Dance": "Music",
    "Performance": "Music",
    "Martial Arts": "Martial arts",
    "Science Fiction": "Science fiction",
    # Ways of making or selling a film, not kinds of film.
    "Independent": None,
    "Live Action": None,
    "Found Footage": None,
    "Erotic": None,
    "TV Movie": None,
}

ROLES = (
    "director|producer|writers?|screenwriters?|screenplay|acreenplay|screenpaly|teleplay|story|novel|book"
    "|original script|written"
)
CREW_MARK = re.compile(rf"^\(?(?:{ROLES})\)?$", re.I)
CREW_NAME = re.compile(rf"\((?:{ROLES})\)$", re.I)
NAME_TAILS = re.compile(r"\s*\((?:English )?(?:actor|actress|narrator|dancer|cast)\)$|\]+$")
SUFFIX = re.compile(r",?\s+(Jr|Sr)\.?$")
FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$")
NICKNAME = re.compile(r"(?:(?<= )|^)['“(]([^'“”()]+)['”)](?= )")
TOPIC = re.compile(
    r"^(?:The (?:life|politics|use of)\b|A year in|Interviews with|Hip hop music|Race identity"
    r"|(?:Archive )?[Ff]ootage of)"
)
# Lower-case words between names; any other lower-case entry tells what a documentary is about.
BETWEEN_NAMES = {
    "and", "with", "kids", "cartoon", "many cameos", "narrated by", "voices of", "produced", "case",
    "various child contestants on",
}  # fmt: skip
LOWER_CASE_NAMES = {"will.i.am", "india.arie", "muMs da Schemer", "Will.i.am"}
NOT_PEOPLE = {
    "1972 Summer Olympics", "Action", "Bart the Bear 2", "Best Actor", "Best Actress", "Britain's Got Talent",
    "Bugs Bunny", "Casper", "Crosby", "Daffy Duck", "Donald Duck", "Dragon Tales", "Franny's Feet", "George",
    "Girls Aloud", "Goofy", "Jake", "Jenny", "John", "Looney Tunes", "MacInTalk", "Merrie Melodies", "Mickey Mouse",
    "Music By", "Music by", "Musical score by", "Narrated by", "Pain Men", "Paul", "Peg Leg Pete",
    "Pete Smith Specialty", "Popeye", "Porky Pig", "Reggie", "Ringo", "Stills & Nash", "The Pool of Flame",
    "The Trans Continental Pop Festival", "Tom and Jerry", "Tweety", "Unknown", "V-Day", "Various cameos",
    "Voices of", "Willoughby", "WordWorld",
}  # fmt: skip


def clean_text(text: str) -> str:
    """`text` composed, with plain spaces and without invisible characters."""
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    return " ".join("".join(letter for letter in text if unicodedata.category(letter) != "Cf").split())


def clean_title(title: str) -> str:
    """The title alone, without footnote marks, "(film)", style sheets and second names."""
    if CSS.search(title):
        title = CSS.sub(" ", title).replace("33+1⁄3", "33⅓")
    title = clean_text(title)
    while (shorter := TITLE_TAILS.sub("", title)) != title and shorter:
        title = shorter
    return title


def is_film(wikipedia: str | None) -> bool:
    """Whether a row's page is about a film, not about a television series or a whole set of films."""
    return not NOT_A_FILM.search(wikipedia or "")


def clean_genres(genres: Iterable[str]) -> list[str]:
    """The site's own genre names, each once, in the order of the source."""
    return list(dict.fromkeys(name for genre in genres if (name := GENRES.get(genre, genre))))


def clean_name(name: str) -> str:
    """One way to write a name: `Jr.` without a comma, nicknames in double quotes, straight apostrophes."""
    name = NAME_TAILS.sub("", clean_text(name).replace("’", "'").removeprefix("and ").removeprefix(". "))
    name = SUFFIX.sub(r" \1.", FULL_STOP.sub("", name) if not SUFFIX.search(name) else name)
    return NICKNAME.sub(r'"\1"', name)


def is_person(name: str) -> bool:
    """Whether a cleaned entry of a cast can be somebody's name."""
    if name in LOWER_CASE_NAMES:
        return True
    if name in NOT_PEOPLE or not 2 <= len(name) <= 40 or re.match(r"\d{4}\b", name) or name.endswith(" MOP"):
        return False
    return bool(re.match(r'"?\d* ?[^\W\d_]', name)) and not name[0].islower() and not re.search(r"[()\[\]:]", name)


def is_topic(entry: str) -> bool:
    """Whether an entry tells what a documentary is about: then nobody in the row is in its cast."""
    lower = entry[:1].islower() and entry not in LOWER_CASE_NAMES
    return bool(TOPIC.match(entry)) or (
        lower and entry.lower() not in BETWEEN_NAMES and ")" not in entry and not entry.startswith("and ")
    )


def clean_cast(entries: Iterable[str]) -> list[str]:
    """The people of a cast in billing order, each once."""
    entries = [clean_text(entry) for entry in entries]
    if any(map(is_topic, entries)):
        return []
    names: list[str] = []
    bracket = False
    for entry in entries:
        if bracket or entry == "(":  # an award between brackets that were split
            bracket = not entry.endswith(")")
        elif entry == "Cast:" or CREW_MARK.match(entry) or CREW_NAME.search(entry):
            names.clear()  # what stands before it is the crew
        elif entry in {"Jr.", "Sr."} and names:
            names[-1] += f" {entry}"
        elif entry == "The" or entry.startswith("("):
            continue
        elif is_person(name := clean_name(entry)):
            names.append(name)
    return list(dict.fromkeys(names))
