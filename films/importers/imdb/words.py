"""IMDb's words for jobs, genres, countries and languages in ours."""

import json
from functools import lru_cache
from typing import Final

from films.models import Job

FILM: Final = frozenset({"movie"})
# What is imported when somebody asks for all: never single episodes, and nothing that one plays instead of watching.
ALL: Final = FILM | {"tvMovie", "short", "tvShort", "video", "tvSpecial", "tvMiniSeries", "tvSeries", "tvPilot"}

JOBS: Final[dict[str, Job]] = {
    "actor": Job.ACTOR,
    "actress": Job.ACTOR,
    "self": Job.ACTOR,
    "director": Job.DIRECTOR,
    "writer": Job.WRITER,
    "producer": Job.PRODUCER,
    "cinematographer": Job.CINEMATOGRAPHER,
    "composer": Job.COMPOSER,
    "editor": Job.EDITOR,
    "production_designer": Job.PRODUCTION_DESIGNER,
    "casting_director": Job.CASTING,
    "archive_footage": Job.OTHER,
    "archive_sound": Job.OTHER,
}
# What says no more than the job itself, in small letters, so that nothing is "\\n".
NO_DETAIL: Final = frozenset({
    "\\n", "", "actor", "actress", "self", "director", "directed by", "writer", "written by", "producer",
    "produced by", "executive producer", "cinematographer", "director of photography", "composer", "music by",
    "editor", "production_designer", "production designer", "casting_director", "casting director",
})  # fmt: skip

GENRES: Final = {
    "Sci-Fi": "Science fiction",
    "Film-Noir": "Film noir",
    "Reality-TV": "Reality",
    "Talk-Show": "Talk show",
    "Game-Show": "Game show",
}

# Codes of IMDb's own for countries that are no more.
COUNTRIES: Final = {
    "SUHH": "SU", "CSHH": "XC", "CSXX": "CS", "YUCS": "YU", "XYU": "YU", "DDDE": "XG", "XWG": "DE", "ANHH": "AN",
}  # fmt: skip
# Its codes for larger parts of the world: a title there belongs to no one country.
REGIONS: Final = frozenset({"XWW", "XEU", "XAS", "XNA", "XSA", "XAU", "XAF", "XSI", "XKO", "XPI"})
LANGUAGES: Final = {"cmn": "zh", "qbn": "nl", "qbo": "fr", "qbp": "en", "qal": "en", "iw": "he", "in": "id"}


@lru_cache(maxsize=4096)
def job_of(category: str, words: str) -> tuple[str, str]:
    """The job, as a value of Job, and what more is said of it."""
    job = JOBS.get(category)
    if job is Job.PRODUCER and words == "executive producer":
        return Job.EXECUTIVE_PRODUCER.value, ""
    if job is None or job is Job.OTHER:
        return Job.OTHER.value, category.replace("_", " ")[:100]
    return job.value, "" if words.lower() in NO_DETAIL else " ".join(words.split())[:100]


def characters_of(text: str) -> str:
    """The list of characters as one line: `["Buddy","The Kid"]` is "Buddy / The Kid". It may hold raw quotes."""
    if text == "\\N":
        return ""
    inner = text[2:-2] if text[:2] == '["' and text[-2:] == '"]' else text
    if '"' in inner or "\\" in inner:
        try:
            names = json.loads(text)
        except ValueError:
            names = inner.split('","')
        names = names if isinstance(names, list) else [names]
        inner = " / ".join(dict.fromkeys(str(name) for name in names)).encode("utf-8", "replace").decode()
    if "\0" in inner:
        return ""
    return inner if inner.isascii() and inner.isprintable() and "  " not in inner else " ".join(inner.split())
