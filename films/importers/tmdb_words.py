"""TMDB's words for jobs, genres and kinds of release, and ours."""

from typing import Final

from films.models import Availability, Job, Release

JOBS: Final[dict[str, Job]] = {
    "director": Job.DIRECTOR, "co-director": Job.DIRECTOR,
    "writer": Job.WRITER, "screenplay": Job.WRITER, "story": Job.WRITER, "novel": Job.WRITER, "author": Job.WRITER,
    "characters": Job.WRITER, "book": Job.WRITER, "original story": Job.WRITER, "co-writer": Job.WRITER,
    "short story": Job.WRITER, "theatre play": Job.WRITER, "comic book": Job.WRITER, "dialogue": Job.WRITER,
    "adaptation": Job.WRITER, "teleplay": Job.WRITER, "scenario writer": Job.WRITER, "original concept": Job.WRITER,
    "producer": Job.PRODUCER, "co-producer": Job.PRODUCER, "associate producer": Job.PRODUCER,
    "line producer": Job.PRODUCER, "executive producer": Job.EXECUTIVE_PRODUCER,
    "co-executive producer": Job.EXECUTIVE_PRODUCER,
    "director of photography": Job.CINEMATOGRAPHER, "cinematography": Job.CINEMATOGRAPHER,
    "editor": Job.EDITOR, "co-editor": Job.EDITOR,
    "original music composer": Job.COMPOSER, "music": Job.COMPOSER, "composer": Job.COMPOSER,
    "production design": Job.PRODUCTION_DESIGNER, "production designer": Job.PRODUCTION_DESIGNER,
    "art direction": Job.ART_DIRECTOR, "supervising art director": Job.ART_DIRECTOR, "art director": Job.ART_DIRECTOR,
    "assistant art director": Job.ART_DIRECTOR, "set decoration": Job.SET_DECORATOR,
    "set decoration buyer": Job.SET_DECORATOR,
    "costume design": Job.COSTUME_DESIGNER, "costume designer": Job.COSTUME_DESIGNER,
    "costume supervisor": Job.COSTUME_DESIGNER, "assistant costume designer": Job.COSTUME_DESIGNER,
    "casting": Job.CASTING, "casting director": Job.CASTING, "casting associate": Job.CASTING,
    "choreographer": Job.CHOREOGRAPHER,
    "stunt coordinator": Job.STUNT_COORDINATOR, "stunts": Job.STUNTS, "stunt double": Job.STUNTS,
    "stunt driver": Job.STUNTS, "thanks": Job.THANKS, "special thanks": Job.THANKS, "in memory of": Job.THANKS,
    "second unit": Job.SECOND_UNIT, "second unit director": Job.SECOND_UNIT,
    "second unit cinematographer": Job.SECOND_UNIT, "second unit director of photography": Job.SECOND_UNIT,
    "second unit first assistant director": Job.SECOND_UNIT,
}  # fmt: skip
# Where the job has no name of ours, the department says where it belongs.
DEPARTMENTS: Final[dict[str, Job]] = {
    "Visual Effects": Job.VISUAL_EFFECTS,
    "Sound": Job.SOUND,
    "Writing": Job.WRITER,
}
# Jobs whose name says all: the others keep it as the detail.
PLAIN: Final = frozenset({
    "director", "writer", "producer", "executive producer", "director of photography", "cinematography", "editor",
    "original music composer", "music", "composer", "production design", "production designer", "art direction",
    "art director", "set decoration", "costume design", "costume designer", "casting", "choreographer",
    "stunt coordinator", "stunts", "thanks", "second unit", "visual effects", "animation", "sound", "other", "makeup",
})  # fmt: skip

GENRES: Final[dict[int, str]] = {
    12: "Adventure", 14: "Fantasy", 16: "Animation", 18: "Drama", 27: "Horror", 28: "Action", 35: "Comedy",
    36: "History", 37: "Western", 53: "Thriller", 80: "Crime", 99: "Documentary", 878: "Science Fiction",
    9648: "Mystery", 10402: "Music", 10749: "Romance", 10751: "Family", 10752: "War", 10770: "TV Movie",
}  # fmt: skip

RELEASES: Final[dict[int, Release.Kind]] = dict(enumerate(Release.Kind, start=1))  # TMDB counts in our order

OFFERS: Final[dict[str, Availability.Kind]] = {
    "flatrate": Availability.Kind.STREAM,
    "free": Availability.Kind.FREE,
    "ads": Availability.Kind.FREE,
    "rent": Availability.Kind.RENT,
    "buy": Availability.Kind.BUY,
}
# Codes of TMDB's own, and "no language".
LANGUAGES: Final[dict[str, str]] = {"cn": "zh", "xx": "", "sh": "sr", "mo": "ro"}


def job_of(name: str, department: str) -> tuple[Job, str]:
    """Our job and the detail of a credit of the crew."""
    plain = name.lower()
    job = JOBS.get(plain)
    if job is None and ("makeup" in plain or "make-up" in plain or "hair" in plain):
        job = Job.MAKE_UP
    if job is None and "animat" in plain:
        job = Job.ANIMATION
    if job is None and "vfx" in plain:
        job = Job.VISUAL_EFFECTS
    if job is None:
        job = DEPARTMENTS.get(department, Job.OTHER)
    return job, "" if plain in PLAIN else name
