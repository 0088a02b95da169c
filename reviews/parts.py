"""Which part of a member's diary or films an address asks for: what was seen in March 2024, say, or by one director."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.quoting import quoted
from films import asked
from films.choices import Choices
from films.models import Credit, Job
from films.periods import years_of
from reviews.models.owned_copy import CopyKind
from reviews.models.tags import LONGEST_TAG
from reviews.stars import label, to_half_stars
from reviews.tags import carries

OF_FILMS: Final = ("genre", "country", "language", "decade", "company", "director", "actor")
OF_RATINGS: Final = (*OF_FILMS, "stars")
OF_SHELF: Final = (*OF_FILMS, "kind")
OF_OWN_SHELF: Final = (*OF_SHELF, "lent")
OF_DIARY: Final = ("on", *OF_FILMS, "stars", "again", "tag")
# What is picked by name, with the column of the film and where what people call it is known.
NAMED: Final = {
    "genre": "film__genres__slug",
    "country": "film__countries__code",
    "language": "film__languages__code",
    "company": "film__companies__slug",
}
PEOPLE: Final = {"director": Job.DIRECTOR, "actor": Job.ACTOR}


@dataclass(frozen=True)
class Part:
    """Conditions on rows with a `film`, and each of them in words."""

    conditions: tuple[Any, ...] = ()
    said: tuple[str, ...] = ()

    def and_(self, condition: Any, said: str) -> "Part":
        return Part((*self.conditions, condition), (*self.said, said))


def part_of(query: QueryDict, names: tuple[str, ...], notices: list[str]) -> Part:
    """What of these names the address asks for; `notices` hear of what makes no sense. Two queries, or none."""
    words = {name: word for name in names if (word := query.get(name, "").replace("\0", "").strip())}
    part = _on(words["on"], notices) if "on" in words else Part()
    part = _of_kind(part, words, notices)
    part = _of_copies(part, words, notices)
    if "decade" in words:
        decade = QueryDict(mutable=True)
        decade["decade"] = words["decade"]
        first, last = years_of(decade, notices)
        if first and last:
            part = part.and_(Q(film__year__range=(first, last)), _("%(decade)ss") % {"decade": first})
    if stars := asked.stars(words.get("stars", ""), notices):
        half_stars = to_half_stars(stars) or 0
        part = part.and_(Q(half_stars=half_stars), label(half_stars))
    if "tag" in words:
        part = part.and_(carries(words["tag"]), _("tagged “%(tag)s”") % {"tag": words["tag"][:LONGEST_TAG]})
    return part.and_(Q(rewatch=True), _("seen before")) if words.get("again") == "1" else part


def _of_copies(part: Part, words: dict[str, str], notices: list[str]) -> Part:
    """What kind of copy it is, and whether somebody has it on loan."""
    kinds = {kind: str(CopyKind(kind).label) for kind in CopyKind.values}
    if kind := asked.pick(words.get("kind", ""), kinds, notices):
        part = part.and_(Q(kind=kind), kinds[kind])
    lent = {"yes": (~Q(lent_to=""), _("lent")), "no": (Q(lent_to=""), _("not lent"))}
    return part.and_(*lent[said]) if (said := asked.pick(words.get("lent", ""), lent, notices)) else part


def _on(said: str, notices: list[str]) -> Part:
    """A year, a month or a day."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", said, re.ASCII)
    year, month, day = (int(part) if part else None for part in found.groups()) if found else (None, None, None)
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        notices.append(
            _("“%(said)s” is not a year, a month or a day. Write 2024, 2024-03 or 2024-03-05.") % {"said": quoted(said)}
        )
        return Part()
    last = first if day else date(first.year, month or 12, monthrange(first.year, month or 12)[1])
    words = date_format(first, "DATE_FORMAT" if day else "YEAR_MONTH_FORMAT") if month else str(first.year)
    return Part((Q(watched_on__range=(first, last)),), (words,))


def _of_kind(part: Part, words: dict[str, str], notices: list[str]) -> Part:
    """Genres, people and whatever else has a name."""
    people = [words[name] for name in PEOPLE if name in words]
    if not people and not words.keys() & NAMED.keys():
        return part
    choices = Choices.load({"person": people, "company": [words["company"]] if "company" in words else []})
    for name, column in NAMED.items():
        if (said := words.get(name)) and (slug := asked.choose(name, said, choices, notices)):
            part = part.and_(Q(**{column: slug}), choices.names[name][slug])
    for name, job in PEOPLE.items():
        if (said := words.get(name)) and (slug := asked.choose("person", said, choices, notices)):
            credits = Credit.objects.filter(film=OuterRef("film"), job=job, person=int(choices.words["person", slug]))
            part = part.and_(Q(Exists(credits)), _by(name) % {"name": choices.names["person"][slug]})
    return part


def _by(name: str) -> str:
    return _("directed by %(name)s") if name == "director" else _("with %(name)s")
