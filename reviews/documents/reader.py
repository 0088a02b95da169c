"""Reading a text from end to end."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from films.models import Job
from films.names import normalise, sort_title
from reviews.documents import (
    awards,
    credits,
    dates,
    film,
    frontmatter,
    headings,
    kind,
    leaving,
    mentions,
    names,
    rating,
    scores,
    title,
)
from reviews.documents.awards import Award
from reviews.documents.catalogue import Catalogue, KnownFilm
from reviews.documents.credits import Cast, StatedCredit
from reviews.documents.evidence import FilmReading, Outcome
from reviews.documents.headings import Heading
from reviews.documents.kind import Kind, Signs
from reviews.documents.layout import Flow, Word, flow, words
from reviews.documents.leaving import Leaving
from reviews.documents.mentions import Mention
from reviews.documents.names import NamedFilm, NamedPerson
from reviews.documents.rating import Rating
from reviews.documents.scores import Score

SPOILERS = re.compile(
    r"\bspoilers?\b(?:\s+(?:alert|ahead|warning|follow|below|incoming|from here)|\s*[!:])|\b(?:contains|"
    r"full of|major|mild|with)\s+spoilers",
    re.IGNORECASE,
)
NO_SPOILERS = re.compile(
    r"\b(?:no|without|free of|avoid\w*|zero)\s+(?:\w+\s+)?spoilers|spoiler[- ]free|non-spoiler", re.IGNORECASE
)
TITLE_AND_YEAR = re.compile(r"^(?P<title>.+?)\s*[(\[]?\b(?P<year>(?:18|19|20)\d\d)[)\]]?$")


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was read. `body` is the text to the letter without its front matter; `doubts` are sentences for people."""

    name: str
    body: str
    kind: Kind
    title: str
    headings: tuple[Heading, ...]  # the sections, without the title
    film: FilmReading
    rating: Rating
    people: tuple[NamedPerson, ...]
    films: tuple[NamedFilm, ...]
    credits: tuple[StatedCredit, ...]
    leaving: tuple[Leaving, ...]
    scores: tuple[Score, ...]
    awards: tuple[Award, ...]
    spoilers: bool
    member: str
    author: str
    date: datetime.date | None
    watched_on: datetime.date | None
    tags: tuple[str, ...]
    doubts: tuple[str, ...]


def read(text: str, *, name: str, catalogue: Catalogue, today: datetime.date) -> Understanding:
    """Everything the text says, by itself; what the front matter says counts before what was read.

    Nothing is taken from `name` (the file's) but itself; `today` refuses dates of writing in the future.
    """
    front, begin = frontmatter.split(text)
    body = text[begin:]
    page = flow(body.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    found = headings.find(page)
    heading = title.find(page, found)
    lines = {each.first for each in found}
    headed = {index for index, part in enumerate(page.parts) if part.first in lines}
    word_list = words(page.text)
    mentioned, missing = mentions.find(page, word_list, catalogue)
    runs = names.runs(page.text, word_list)
    about = _film(front.film, catalogue) if front.film else film.find(
        page, word_list, mentioned, missing, headed, credits.directors(page, runs), catalogue
    )  # fmt: skip
    written = front.date or dates.written_on(page)
    base = written if written is None or written <= today else None
    stated = _stated(page, word_list, mentioned, runs, about.film, base, catalogue)
    stars = (
        Rating(front.half_stars)
        if front.states_rating
        else rating.find(page, mentioned, about.film.id if about.film else None)
    )
    signs = Signs(stars.half_stars is not None, len(stated.leaving), written is not None, bool(stated.scores))
    what = front.kind or kind.decide(page, found, front.title or heading.text, signs)
    sections = tuple(each for each in found if each is not heading.heading)
    return Understanding(
        name=name,
        body=body,
        kind=what,
        title=title.shorten(front.title) or heading.text,
        headings=sections,
        film=about,
        rating=stars if what is Kind.REVIEW else Rating(None),
        people=stated.people,
        films=stated.films,
        credits=stated.credits,
        leaving=stated.leaving,
        scores=stated.scores,
        awards=stated.awards,
        spoilers=_warns(page.text) if front.spoilers is None else front.spoilers,
        member=front.member,
        author=front.author,
        date=written,
        watched_on=front.watched_on,
        tags=front.tags,
        doubts=(*front.problems, *_doubts(stars, what, stated, written, today)),
    )


@dataclass(frozen=True, slots=True)
class Stated:
    people: tuple[NamedPerson, ...]
    films: tuple[NamedFilm, ...]
    credits: tuple[StatedCredit, ...]
    leaving: tuple[Leaving, ...]
    scores: tuple[Score, ...]
    awards: tuple[Award, ...]


def _stated(
    page: Flow,
    word_list: Sequence[Word],
    found: Sequence[Mention],
    runs: Sequence[names.Run],
    about: KnownFilm | None,
    base: datetime.date | None,
    catalogue: Catalogue,
) -> Stated:
    of_film = list(catalogue.credits_of({about.id}).get(about.id, ())) if about else []
    people = names.people(page, word_list, of_film, found, catalogue)
    others = {normalise(named.person.name): named.person for named in people}
    cast = Cast(of_film, others)
    return Stated(
        people=tuple(people),
        films=tuple(names.films(page, found, about, people, catalogue)),
        credits=tuple(credits.find(page, runs, found, about.id, cast)) if about else (),
        leaving=tuple(leaving.find(page, found, about, base)),
        scores=tuple(scores.find(page)) if about else (),
        awards=tuple(awards.find(page, found, about)) if about else (),
    )


def _film(said: str, catalogue: Catalogue) -> FilmReading:
    """The film that the front matter names: by its address, or by title and year."""
    if (by_slug := catalogue.film_at(said)) is not None:
        return FilmReading(Outcome.KNOWN, by_slug, said)
    films = list(catalogue.films_called({sort_title(said)}))
    dated = TITLE_AND_YEAR.match(said)
    if dated is not None and not films:
        called = catalogue.films_called({sort_title(dated["title"])})
        films = [each for each in called if each.year == int(dated["year"])]
        if not films:
            return FilmReading(Outcome.UNKNOWN, said=said, candidates=tuple(called)[:8])
    exact = [each for each in films if normalise(each.title) == normalise(dated["title"] if dated else said)]
    films = exact or films
    if len(films) == 1:
        return FilmReading(Outcome.KNOWN, films[0], said)
    return FilmReading(Outcome.AMBIGUOUS if films else Outcome.UNKNOWN, said=said, candidates=tuple(films)[:8])


def _warns(text: str) -> bool:
    return bool(SPOILERS.search(text)) and not NO_SPOILERS.search(text)


def _doubts(
    stars: Rating, what: Kind, stated: Stated, written: datetime.date | None, today: datetime.date
) -> list[str]:
    found = [stars.doubt] if stars.doubt and what is Kind.REVIEW else []
    if written is not None and written > today:
        found.append(_("It is dated in the future, so its days without a year are left open."))
    for leaving_ in stated.leaving:
        if leaving_.day is None:
            found.append(
                _("It leaves %(service)s on “%(said)s”: the text does not say which day that is.")
                % {"service": leaving_.service, "said": leaving_.said}
            )
    for credit in stated.credits:
        if credit.person is None:
            found.append(
                _("The catalogue has nobody called %(name)s (%(job)s).")
                % {"name": credit.name, "job": Job(credit.job).label}
            )
    return found
