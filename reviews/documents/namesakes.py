"""Which of the films of one title a text means."""

import re

from films.models import Job
from films.names import normalise
from reviews.documents.catalogue import KnownFilm
from reviews.documents.evidence import Evidence, FilmReading, Group, Outcome

RELEASED = re.compile(
    r"\b(?:released|came out|out|shown|premiered|opened|made|shot|from|of|dating from|back in|erschienen|sortie?)\s+"
    r"(?:in\s+|back in\s+)?(?:the\s+)?(?:(?:early|late|mid|summer of|spring of|autumn of|fall of|\w+)\s+){0,2}?"
    r"((?:18|19|20)\d\d)\b"
    r"|\b((?:18|19|20)\d\d)(?:['’]s)?\s+(?:\w+\s+){0,2}?"
    r"(?:film|movie|classic|drama|comedy|thriller|picture|western|musical|horror|remake|version|release|"
    r"masterpiece)\b",
    re.IGNORECASE,
)


def choose(group: Group, evidence: Evidence) -> FilmReading:
    """One of the namesakes, by the year beside the title, the people named, or the year of release stated."""
    said = next(iter(group.own), group.mentions[0]).said
    films = group.films
    exact = tuple(film for film in films if any(normalise(title) == normalise(said) for title in film.titles))
    films = exact or films
    beside = {mention.year for mention in group.mentions if mention.year is not None}
    if beside:
        near = tuple(film for film in films if film.year in beside) or tuple(
            film for film in films if film.year is not None and any(abs(film.year - year) == 1 for year in beside)
        )
        if not near:
            return FilmReading(Outcome.UNKNOWN, said=f"{said} ({min(beside)})", candidates=films[:8])
        films = near
    by_chance = group.own and all(mention.is_single for mention in group.own) and not beside
    denied = tuple(film for film in films if _is_denied(film, evidence) or (by_chance and _is_strange(film, evidence)))
    films = tuple(film for film in films if film not in denied)
    if not films:
        return FilmReading(Outcome.UNKNOWN, said=said, candidates=denied[:8])
    if len(films) > 1:
        films = _by_people(films, evidence)
    if len(films) > 1 or not beside:
        films = _by_year_stated(films, evidence)
    if not films:
        return FilmReading(Outcome.UNKNOWN, said=said, candidates=group.films[:8])
    if len(films) > 1:
        return FilmReading(Outcome.AMBIGUOUS, said=said, candidates=films[:8])
    return FilmReading(Outcome.KNOWN, films[0], said)


def _is_denied(film: KnownFilm, evidence: Evidence) -> bool:
    """The text names a director, and the catalogue another one."""
    known = {normalise(c.person.name) for c in evidence.credits.get(film.id, ()) if c.job == Job.DIRECTOR}
    if not known or not evidence.directors or known & evidence.directors:
        return False
    surnames = {name.split()[-1] for name in known}
    return not any(name.split()[-1] in surnames for name in evidence.directors) and not known & evidence.names


def _is_strange(film: KnownFilm, evidence: Evidence) -> bool:
    """The text names several people of the catalogue, and none of the many who made this film."""
    return (
        evidence.known_people > 1 and len(evidence.credits.get(film.id, ())) > 2 and not any(evidence.people_of(film))
    )


def _by_people(films: tuple[KnownFilm, ...], evidence: Evidence) -> tuple[KnownFilm, ...]:
    counted = [(3 * directors + others, film) for film in films for directors, others in [evidence.people_of(film)]]
    most = max(count for count, _ in counted)
    return tuple(film for count, film in counted if count == most) if most else films


def _by_year_stated(films: tuple[KnownFilm, ...], evidence: Evidence) -> tuple[KnownFilm, ...]:
    """Films of a year in which the text says the film came out; of several namesakes, of a year it names at all."""
    stated = {int(match[1] or match[2]) for match in RELEASED.finditer(evidence.flow.text)}
    if len(films) > 1:
        named = tuple(film for film in films if film.year in stated) or tuple(
            film for film in films if film.year and re.search(rf"(?<!\d){film.year}(?!\d)", evidence.flow.text)
        )
        return named or films
    year = films[0].year
    if year is None or len(stated) != 1 or any(evidence.people_of(films[0])):
        return films
    return films if abs(year - min(stated)) <= 1 else ()
